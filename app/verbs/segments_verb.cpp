#include "app/verbs/error_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/export/tables.h"
#include "core/project/segment_store.h"
#include "core/segment/segment_file.h"
#include "core/segment/segment_study.h"
#include "core/segment/segment_users.h"
#include "ui/wording/format.h"
#include "ui/wording/segment_words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Segments", text);
}

Json problemJson(const Error &error)
{
    Json json = errorJson(error);
    json["message"] = segmentErrorText(error).toStdString();
    return json;
}

template <class T>
Json orNull(const std::optional<T> &value)
{
    return value ? Json(*value) : Json();
}

/// A saved segment with its rule, or why that can't be read.
struct Named {
    SegmentRecord record;
    Result<SegmentRule> rule;
};

Json rowJson(const Named &segment, const SegmentStudy *study, std::size_t k)
{
    const SegmentFigures *figures = study && segment.rule ? &study->segments[k] : nullptr;
    const bool told = figures && !figures->error;
    const Json nothing;
    Json row;
    row["name"] = segment.record.name;
    row["rule"] = segment.rule ? Json::parse(segment.record.definition) : nothing;
    row["words"] = segment.rule ? Json(segmentText(*segment.rule).toStdString()) : nothing;
    row["users"] = told ? Json(figures->users) : nothing;
    row["share"] =
        told && study->scored > 0
            ? Json(static_cast<double>(figures->users) / static_cast<double>(study->scored))
            : nothing;
    row["realised_value"] = told ? Json(figures->realised) : nothing;
    row["predicted_value"] = told ? orNull(figures->predicted) : nothing;
    row["mean_churn_risk"] = told ? orNull(figures->churnRisk) : nothing;
    row["saved_at"] = formatTimestamp(segment.record.savedAt);
    row["error"] = !segment.rule               ? problemJson(segment.rule.error())
                   : figures && figures->error ? problemJson(*figures->error)
                                               : nothing;
    return row;
}

QString rowText(const Named &segment, const SegmentStudy *study, std::size_t k)
{
    const QString name = QString::fromStdString(segment.record.name);
    if (!segment.rule || (study && study->segments[k].error)) {
        const Error &error = segment.rule ? *study->segments[k].error : segment.rule.error();
        return QStringLiteral("%1  %2").arg(name, -24).arg(segmentErrorText(error));
    }
    const bool counted = study && study->scored > 0;
    return QStringLiteral("%1 %2 %3  %4")
        .arg(name, -24)
        .arg(study ? countText(study->segments[k].users) : kMissing, 10)
        .arg(counted ? percentText(static_cast<double>(study->segments[k].users) /
                                   static_cast<double>(study->scored))
                     : kMissing,
             8)
        .arg(segmentText(*segment.rule));
}

class SegmentsVerb final : public Verb {
public:
    std::string name() const override { return "segments"; }
    QString summary() const override
    {
        return tr("List the saved segments; import, export or remove one, or write its users");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "scored      users that were scored: all who can belong; null where none are yet, and\n"
            "            with it all figures below\n"
            "segments    [{name, rule {}, words, users, share (of the scored), realised_value,\n"
            "            predicted_value (null where nobody has one), mean_churn_risk (over who "
            "has\n"
            "            one), saved_at, error {code, message}: why this project can't tell it, "
            "or\n"
            "            null}], by name\n"
            "rule        {\"all\": [rule]} or {\"any\": [rule]}, or one condition, each with "
            "\"not\":\n"
            "            true for everybody else:\n"
            "            {\"stage\": [acquired | active | retained | converted | loyal | dormant "
            "|\n"
            "            churned]}\n"
            "            {\"figure\": F, \"from\": N, \"to\": N, \"or_missing\": true}: from <= F "
            "< to;\n"
            "            F: orders, days_since_order, days_since_activity, realised, p_alive,\n"
            "            churn_risk, expected_orders, predicted_value, ltv, behavior_value\n"
            "            {\"percentile\": F, \"from\": 0…100, \"to\": 0…100}: rank among the "
            "scored\n"
            "            {\"attribute\": NAME, \"is\": [text] or \"from\", \"to\" (numbers or "
            "dates),\n"
            "            \"or_missing\": true}\n"
            "            {\"events\": KIND, \"days\": N, \"category\": NAME, \"at_least\": N, "
            "\"at_most\":\n"
            "            N}: in the last N days, the snapshot's being the last\n"
            "            {\"cohort\": first_event | first_order, \"from\": DATE, \"to\": DATE}\n"
            "            {\"campaign\": KEY}   {\"users\": [key]}\n"
            "with --import, --export, --remove   name; with --import and --export also rule, with\n"
            "            --export out\n"
            "with --users   name, out, rows, bytes, logged: as perennial export P users");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        auto *importing =
            command.add_option("--import", m_import, "JSON file of a rule to be saved");
        command.add_option("--name", m_name, "its name (the file's, without ending)")
            ->needs(importing);
        command.add_flag("--replace", m_replace, "in place of the segment that has the name")
            ->needs(importing);
        auto *exporting =
            command.add_option("--export", m_export, "name of a segment whose rule is written");
        auto *users = command.add_option("--users", m_users,
                                         "name of a segment whose users are written as CSV");
        command.add_option("--out", m_out, "file to write");
        auto *removal = command.add_option("--remove", m_remove, "name of a segment to remove");
        const std::vector<CLI::Option *> actions{importing, exporting, users, removal};
        for (CLI::Option *one : actions) {
            for (CLI::Option *other : actions) {
                if (one != other) {
                    one->excludes(other);
                }
            }
        }
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const bool writesFile = !m_export.empty() || !m_users.empty();
        if (writesFile == m_out.empty()) {
            return fail(ErrorCode::InvalidArgument, m_out, "--out");
        }
        const bool changes = !m_import.empty() || !m_remove.empty();
        auto project = changes            ? Project::open(m_path, Project::Access::ReadWrite)
                       : !m_users.empty() ? openWritableIfPossible(m_path)
                                          : openToRead(m_path);
        if (!project) {
            return project.error();
        }
        return !m_import.empty()   ? importRule(*project)
               : !m_export.empty() ? exportRule(*project)
               : !m_users.empty()  ? writeUsers(*project, task)
               : !m_remove.empty() ? removeNamed(*project)
                                   : list(*project, task);
    }

private:
    static Result<std::vector<Named>> readAll(const Project &project)
    {
        const auto records = readSegments(project);
        if (!records) {
            return records.error();
        }
        std::vector<Named> all;
        for (const SegmentRecord &record : *records) {
            all.push_back({record, segmentFromJson(record.definition)});
        }
        return all;
    }

    /// @error InvalidArgument where there is none, or its rule can't be read.
    static Result<Named> find(const Project &project, const std::string &name, const char *option)
    {
        const auto all = readAll(project);
        if (!all) {
            return all.error();
        }
        for (const Named &segment : *all) {
            if (segment.record.name == name) {
                return segment;
            }
        }
        return fail(ErrorCode::InvalidArgument,
                    tr("no segment has the name %1").arg(QString::fromStdString(name)).toStdString(),
                    option);
    }

    static Result<VerbOutput> list(const Project &project, const Task &task)
    {
        const auto all = readAll(project);
        if (!all) {
            return all.error();
        }
        std::vector<SegmentRule> rules;
        for (const Named &segment : *all) {
            rules.push_back(segment.rule ? *segment.rule : anyOf({}));
        }
        const auto study = studySegments(project, rules, task);
        if (!study && study.error().code != ErrorCode::NotScored) {
            return study.error();
        }
        const SegmentStudy *figures = study ? &*study : nullptr;
        VerbOutput output;
        output.json = {{"scored", figures ? Json(figures->scored) : Json()},
                       {"segments", Json::array()}};
        QStringList lines;
        for (std::size_t k = 0; k < all->size(); ++k) {
            output.json["segments"].push_back(rowJson((*all)[k], figures, k));
            lines << rowText((*all)[k], figures, k);
        }
        if (lines.empty()) {
            lines << tr("No segment is saved.");
        } else if (!figures) {
            lines << tr("The users are not scored yet: perennial score tells who belongs.");
        }
        output.text = lines.join(u'\n');
        return output;
    }

    Result<VerbOutput> importRule(Project &project) const
    {
        const std::filesystem::path file(m_import);
        const auto rule = readSegmentFile(file);
        if (!rule) {
            Error error = rule.error();
            if (error.code == ErrorCode::InvalidArgument || error.code == ErrorCode::BadData) {
                error.code = ErrorCode::BadData; // the file's fault, not the command's
                error.detail = segmentProblemText(error.detail).toStdString();
            }
            return error;
        }
        const std::string segment = m_name.empty() ? file.stem().string() : m_name;
        const auto there = find(project, segment, "--import");
        if (there && !m_replace) {
            return fail(ErrorCode::InvalidArgument,
                        tr("a segment has the name %1 already: give another, or --replace")
                            .arg(QString::fromStdString(segment))
                            .toStdString(),
                        "--name");
        }
        const auto saved =
            saveSegment(project, {there ? there->record.id : 0, segment, segmentJson(*rule), 0});
        if (!saved) {
            return saved.error();
        }
        VerbOutput output;
        output.json = {{"name", segment}, {"rule", Json::parse(segmentJson(*rule))}};
        output.text =
            tr("Saved as %1: %2").arg(QString::fromStdString(segment), segmentText(*rule));
        return output;
    }

    Result<VerbOutput> exportRule(const Project &project) const
    {
        const auto segment = find(project, m_export, "--export");
        if (!segment) {
            return segment.error();
        }
        if (!segment->rule) {
            return segment->rule.error();
        }
        if (const Status written = writeSegmentFile(m_out, *segment->rule); !written) {
            return written.error();
        }
        VerbOutput output;
        output.json = {
            {"name", m_export}, {"rule", Json::parse(segmentJson(*segment->rule))}, {"out", m_out}};
        output.text =
            tr("%1 in %2").arg(QString::fromStdString(m_export), QString::fromStdString(m_out));
        return output;
    }

    Result<VerbOutput> writeUsers(Project &project, const Task &task) const
    {
        const auto segment = find(project, m_users, "--users");
        if (!segment) {
            return segment.error();
        }
        if (!segment->rule) {
            return segment->rule.error();
        }
        ExportRequest request;
        request.table = "users";
        request.out = m_out;
        request.segment = segmentOf(*segment->rule);
        const auto report = exportTableLogged(project, request, task);
        if (!report) {
            return report.error();
        }
        VerbOutput output;
        output.json = {{"name", m_users},
                       {"out", m_out},
                       {"rows", report->rows},
                       {"bytes", report->bytes},
                       {"logged", report->logged}};
        output.text = tr("%1 in %2").arg(usersText(report->rows), QString::fromStdString(m_out)) +
                      unloggedText(report->logged);
        return output;
    }

    Result<VerbOutput> removeNamed(Project &project) const
    {
        const auto segment = find(project, m_remove, "--remove");
        if (!segment) {
            return segment.error();
        }
        if (const Status removed = removeSegment(project, segment->record.id); !removed) {
            return removed.error();
        }
        VerbOutput output;
        output.json = {{"name", m_remove}};
        output.text = tr("Removed: %1").arg(QString::fromStdString(m_remove));
        return output;
    }

    std::string m_path, m_import, m_name, m_export, m_users, m_out, m_remove;
    bool m_replace = false;
};

} // namespace

std::unique_ptr<Verb> makeSegmentsVerb()
{
    return std::make_unique<SegmentsVerb>();
}

} // namespace perennial
