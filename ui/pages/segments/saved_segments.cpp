#include "ui/pages/segments/saved_segments.h"

#include "core/scenario/scenario.h"
#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("SavedSegments", text);
}

QVariant orNothing(const std::optional<double> &value)
{
    return value ? QVariant(*value) : QVariant();
}

TableModel::Row rowOf(const SavedSegment &segment, const SegmentStudy *study, std::size_t k)
{
    const std::optional<Error> problem =
        segment.unreadable || !study ? segment.unreadable : study->segments[k].error;
    TableModel::Row row{segment.name};
    if (problem) {
        const QString why = segmentErrorText(*problem);
        row.push_back(QVariant::fromValue(
            MarkedCell{tr("can't be told: %1").arg(why), why, MarkedCell::Tone::Quiet, why}));
        row.resize(6);
    } else {
        row.push_back(segmentShortText(segment.rule));
        if (study) {
            const SegmentFigures &figures = study->segments[k];
            row.push_back(static_cast<qint64>(figures.users));
            row.push_back(study->scored > 0 ? QVariant(static_cast<double>(figures.users) /
                                                       static_cast<double>(study->scored))
                                            : QVariant());
            row.push_back(orNothing(figures.predicted));
            row.push_back(orNothing(figures.churnRisk));
        } else {
            row.resize(6);
        }
    }
    row.push_back(static_cast<qint64>(segment.savedAt));
    return row;
}

bool contains(const SegmentRule &rule, const SegmentRule &part)
{
    return asList(rule) == part ||
           (rule.parts() && std::ranges::any_of(*rule.parts(), [&](const SegmentRule &inner) {
                return contains(inner, part);
            }));
}

/// Whether a part of the filter, or all of it, is this rule.
bool isShown(const SegmentRule &shown, const SegmentRule &list)
{
    const auto &parts = *list.parts();
    return !parts.empty() && std::ranges::all_of(parts, [&](const SegmentRule &part) {
        return std::ranges::find(*shown.parts(), part) != shown.parts()->end();
    });
}

bool aimsAt(const ScenarioRecord &record, Stage stage)
{
    const auto scenario = scenarioFromJson(record.definition);
    return scenario && std::ranges::any_of(scenario->levers, [&](const LeverSpec &lever) {
               return lever.stage == stage;
           });
}

} // namespace

std::vector<SavedSegment> savedSegments(const std::vector<SegmentRecord> &records)
{
    std::vector<SavedSegment> segments;
    for (const SegmentRecord &record : records) {
        auto rule = segmentFromJson(record.definition);
        SavedSegment segment{QString::fromStdString(record.name), anyOf({}), {}, record.savedAt};
        if (rule) {
            segment.rule = *std::move(rule);
        } else {
            segment.unreadable = rule.error();
        }
        segments.push_back(std::move(segment));
    }
    return segments;
}

std::vector<SegmentRule> rulesOf(const std::vector<SavedSegment> &segments)
{
    std::vector<SegmentRule> rules;
    for (const SavedSegment &segment : segments) {
        rules.push_back(segment.rule);
    }
    return rules;
}

std::vector<TableColumn> savedColumns(const QString &currency)
{
    using Kind = TableColumn::Kind;
    return {{tr("Segment"), Kind::Text},
            {tr("Rule"), Kind::Text},
            {tr("Users"), Kind::Count},
            {tr("Share"), Kind::Percent},
            {tr("Predicted value, %1").arg(currency), Kind::Number, 0},
            {tr("Mean churn risk"), Kind::Percent},
            {tr("Saved, UTC"), Kind::Time}};
}

std::vector<TableModel::Row> savedRows(const std::vector<SavedSegment> &segments,
                                       const SegmentStudy *study)
{
    std::vector<TableModel::Row> rows;
    for (std::size_t k = 0; k < segments.size(); ++k) {
        rows.push_back(rowOf(segments[k], study, k));
    }
    return rows;
}

QStringList segmentUses(const SavedSegment &segment, const std::vector<SavedSegment> &all,
                        const SegmentRule &shown, const std::vector<ScenarioRecord> &scenarios)
{
    QStringList uses;
    const SegmentRule list = asList(segment.rule);
    if (segment.unreadable || list.parts()->empty()) {
        return uses;
    }
    if (shown == list) {
        uses << tr("The filter: every page and report shows these users now.");
    } else if (isShown(shown, list)) {
        uses << tr("The filter: its rule is part of it.");
    }
    for (const SavedSegment &other : all) {
        if (other.name != segment.name && contains(other.rule, list)) {
            uses << tr("Segment “%1”: its rule is part of it.").arg(other.name);
        }
    }
    if (const auto stage = stageIn(list); stage && list.parts()->size() == 1) {
        for (const ScenarioRecord &record : scenarios) {
            if (aimsAt(record, *stage)) {
                uses << tr("Scenario “%1”: a lever aims at the stage %2.")
                            .arg(QString::fromStdString(record.name), stageText(*stage));
            }
        }
    }
    return uses;
}

} // namespace perennial
