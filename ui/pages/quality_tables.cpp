#include "ui/pages/quality_tables.h"

#include "ui/wording/cleaning_words.h"
#include "ui/wording/format.h"
#include "ui/wording/quality_words.h"

#include <QCoreApplication>

namespace perennial {

namespace {

using Kind = TableColumn::Kind;
using Line = ImportTotals::Line;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(QualityTables)
};

QVariant countCell(std::int64_t count)
{
    return QVariant::fromValue<qint64>(count);
}

QString findingState(const QualityFinding &finding)
{
    if (!finding.ignoredBecause.empty()) {
        return Words::tr("– ignored");
    }
    if (finding.activeRule != 0) {
        return Words::tr("✓ taken care of");
    }
    switch (finding.severity) {
    case QualityFinding::Severity::Info:
        return Words::tr("i %1").arg(severityText(finding.severity));
    case QualityFinding::Severity::Warning:
        return Words::tr("! %1").arg(severityText(finding.severity));
    case QualityFinding::Severity::Bad:
        return Words::tr("✕ %1").arg(severityText(finding.severity));
    }
    return {};
}

TableModel::Row totalRow(const QString &step, const Line &change, const Line &after, bool start)
{
    return {step, start ? QVariant() : QVariant(-static_cast<double>(change.rows)),
            start ? QVariant() : QVariant(-toUnits(change.amount)), countCell(after.rows),
            toUnits(after.amount)};
}

Line minus(const Line &a, const Line &b)
{
    return {a.rows - b.rows, a.amount - b.amount};
}

} // namespace

std::vector<TableColumn> findingColumns()
{
    return {{Words::tr("State"), Kind::Text},
            {Words::tr("Finding"), Kind::Text},
            {Words::tr("Events"), Kind::Count},
            {Words::tr("Share"), Kind::Percent},
            {Words::tr("What it means"), Kind::Text}};
}

TableModel::Row findingRow(const QualityFinding &finding)
{
    const bool ignored = !finding.ignoredBecause.empty();
    return {findingState(finding), findingTitle(finding), countCell(finding.count), finding.share,
            ignored ? Words::tr("Ignored: %1").arg(QString::fromStdString(finding.ignoredBecause))
                    : findingText(finding)};
}

std::vector<TableColumn> ruleColumns(const QString &currency)
{
    return {{Words::tr("State"), Kind::Text},
            {Words::tr("No."), Kind::Count},
            {Words::tr("Rule"), Kind::Text},
            {Words::tr("Events found"), Kind::Count},
            {Words::tr("By no other rule"), Kind::Count},
            {Words::tr("Amount found, %1").arg(currency), Kind::Number, 2}};
}

TableModel::Row ruleRow(const CleaningRuleRecord &record)
{
    QString text = cleaningRuleText(record.rule);
    if (record.bounds.high) {
        text += Words::tr(" · up to %1").arg(fullText(toUnits(*record.bounds.high)));
    }
    if (record.bounds.low) {
        text += Words::tr(" · from %1").arg(fullText(toUnits(*record.bounds.low)));
    }
    if (!record.reason.empty()) {
        text += Words::tr(" · because: %1").arg(QString::fromStdString(record.reason));
    }
    return {record.active ? Words::tr("✓ on") : Words::tr("– off"),
            countCell(record.id),
            text,
            record.active ? countCell(record.found.rows) : QVariant(),
            record.active ? countCell(record.foundAlone.rows) : QVariant(),
            record.active ? QVariant(toUnits(record.found.amount)) : QVariant()};
}

std::vector<TableColumn> totalColumns(const QString &currency)
{
    return {{Words::tr("Step"), Kind::Text},
            {Words::tr("Rows"), Kind::Number, 0},
            {Words::tr("Amount, %1").arg(currency), Kind::Number, 2},
            {Words::tr("Rows after"), Kind::Count},
            {Words::tr("Amount after, %1").arg(currency), Kind::Number, 2}};
}

std::vector<TableModel::Row> totalRows(const CleaningTotals &totals,
                                       const std::vector<CleaningRuleRecord> &rules)
{
    const ImportTotals &imported = totals.imported;
    Line left = imported.read;
    std::vector<TableModel::Row> rows{totalRow(Words::tr("Read from the files"), {}, left, true)};
    const auto leave = [&](const QString &step, const Line &change) {
        left = minus(left, change);
        rows.push_back(totalRow(step, change, left, false));
    };
    leave(Words::tr("Duplicate in a file"), imported.duplicate);
    leave(Words::tr("Rejected"), imported.rejected);
    leave(Words::tr("Excluded by the profile"), imported.excluded);
    if (imported.erased.rows > 0) {
        leave(Words::tr("Erased with their users"), imported.erased);
    }
    for (const CleaningTotals::Step &step : totals.steps) {
        QString name =
            Words::tr("Rule %1: %2").arg(step.rule).arg(cleaningKindText(rules, step.rule));
        if (step.capped > 0) {
            name += Words::tr(" (%1 capped)").arg(countText(step.capped));
        }
        leave(name, {step.setAside.rows, -step.change});
    }
    rows.push_back(totalRow(Words::tr("In the figures"), {}, totals.kept, true));
    return rows;
}

QString totalsCaption(const CleaningTotals &totals)
{
    const QString agree = totals.balanced()
                              ? Words::tr("✓ The totals agree: nothing was lost")
                              : Words::tr("✕ The totals do not agree: verify the project");
    return totals.steps.empty()
               ? agree + QStringLiteral(" · ") + Words::tr("No cleaning rule is active")
               : agree;
}

} // namespace perennial
