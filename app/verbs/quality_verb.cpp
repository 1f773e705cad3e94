#include "app/verbs/cleaning_output.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/quality/quality.h"
#include "ui/wording/format.h"
#include "ui/wording/quality_words.h"
#include "ui/wording/words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>
#include <QStringList>

#include <algorithm>

namespace perennial {

namespace {

using Json = nlohmann::ordered_json;

QString tr(const char *text)
{
    return QCoreApplication::translate("Quality", text);
}

Json readinessJson(const std::vector<ReadyCheck> &checks)
{
    Json json = Json::object();
    for (const ReadyModel model : kReadyModels) {
        Json list = Json::array();
        for (const ReadyCheck &check : checks) {
            if (check.model == model) {
                list.push_back({{"check", readyFigureName(check.figure)},
                                {"value", check.value},
                                {"pass_from", check.passFrom},
                                {"fail_below", check.failBelow},
                                {"level", readyLevelName(check.level)}});
            }
        }
        json[std::string(readyModelName(model))] = {
            {"level", readyLevelName(levelOf(checks, model))}, {"checks", std::move(list)}};
    }
    return json;
}

Json findingsJson(const std::vector<QualityFinding> &findings)
{
    Json json = Json::array();
    for (const QualityFinding &finding : findings) {
        Json figures = Json::object();
        for (const auto &[name, value] : finding.figures) {
            figures[name] = value;
        }
        json.push_back({{"code", finding.code},
                        {"severity", severityName(finding.severity)},
                        {"count", finding.count},
                        {"share", finding.share},
                        {"active_rule", finding.activeRule},
                        {"figures", std::move(figures)},
                        {"ignored_because",
                         finding.ignoredBecause.empty() ? Json() : Json(finding.ignoredBecause)}});
    }
    return json;
}

Json missingJson(const MissingByField &counts)
{
    Json json = Json::object();
    for (const EventField field : kEventFields) {
        const MissingCount &count = counts[static_cast<std::size_t>(field)];
        if (count.events > 0) {
            json[std::string(eventFieldName(field))] = {{"events", count.events},
                                                        {"missing", count.missing}};
        }
    }
    return json;
}

Json missingMapJson(const DataProfile &profile)
{
    Json json;
    json["by_kind"] = Json::object();
    for (const auto &[kind, counts] : profile.missingByKind) {
        json["by_kind"][std::string(eventKindName(kind))] = missingJson(counts);
    }
    json["by_month"] = Json::array();
    for (const MonthProfile &month : profile.months) {
        json["by_month"].push_back(
            {{"month", formatDate(month.start)}, {"fields", missingJson(month.missing)}});
    }
    return json;
}

Json densityJson(const DataProfile &profile)
{
    Json json;
    json["weekday_hour"] = profile.weekHours;
    json["months"] = Json::array();
    for (const MonthProfile &month : profile.months) {
        json["months"].push_back({{"month", formatDate(month.start)},
                                  {"events", month.events},
                                  {"active_users", month.activeUsers}});
    }
    return json;
}

Json sparsityJson(const QualityReport &report)
{
    const Sparsity &s = report.profile.sparsity;
    return {{"users", s.users},
            {"items", s.items},
            {"pairs", s.pairs},
            {"density", s.density},
            {"median_items_per_user", s.medianItemsPerUser},
            {"median_users_per_item", s.medianUsersPerItem},
            {"users_below_5_share", s.usersBelow5},
            {"items_below_5_share", s.itemsBelow5},
            {"advice", sparsityAdviceName(report.advice)}};
}

Json coldJson(const ColdStart &cold)
{
    return {{"users_with_one_event", cold.usersWithOneEvent},
            {"items_below_5_buyers", cold.items},
            {"events_on_them", cold.events},
            {"money_on_them", toUnits(cold.money)},
            {"money_share", cold.allMoney != 0 ? Json(static_cast<double>(cold.money) /
                                                      static_cast<double>(cold.allMoney))
                                               : Json()}};
}

Json breaksJson(const EventBreaks &breaks)
{
    Json json;
    json["gaps"] = Json::array();
    for (const EventGap &gap : breaks.gaps) {
        json["gaps"].push_back({{"first", formatDate(gap.first)},
                                {"last", formatDate(gap.last)},
                                {"expected_events", gap.expected}});
    }
    json["level_changes"] = Json::array();
    for (const LevelChange &change : breaks.changes) {
        json["level_changes"].push_back(
            {{"from", formatDate(change.from)}, {"factor", change.factor}});
    }
    json["dispersion"] = breaks.dispersion;
    return json;
}

Json spanJson(const DataProfile &profile)
{
    const TimeSpan &span = profile.span;
    return {{"first_day", profile.events > 0 ? Json(formatDate(span.first)) : Json()},
            {"last_day", profile.events > 0 ? Json(formatDate(span.last)) : Json()},
            {"events_before", span.before},
            {"events_after", span.after}};
}

Json toJson(const QualityReport &report)
{
    const DataProfile &profile = report.profile;
    Json json;
    json["events"] = profile.events;
    json["users"] = profile.users;
    json["first_day"] = profile.events > 0 ? Json(formatDate(profile.firstEvent)) : Json();
    json["last_day"] = profile.events > 0 ? Json(formatDate(profile.lastEvent)) : Json();
    json["span"] = spanJson(profile);
    json["readiness"] = readinessJson(report.readiness);
    json["findings"] = findingsJson(report.findings);
    json["missing"] = missingMapJson(profile);
    json["density"] = densityJson(profile);
    json["sparsity"] = sparsityJson(report);
    json["cold_start"] = coldJson(profile.cold);
    json["over_time"] = breaksJson(report.breaks);
    json["rules"] = Json::array();
    for (const CleaningRuleRecord &record : report.rules) {
        json["rules"].push_back(cleaningRuleJson(record));
    }
    json["totals"] = cleaningTotalsJson(report.totals);
    return json;
}

QString toText(const QualityReport &report)
{
    QStringList lines;
    for (const ReadyModel model : kReadyModels) {
        lines << QStringLiteral("%1 %2")
                     .arg(readyModelText(model), -32)
                     .arg(readyLevelText(levelOf(report.readiness, model)));
        for (const ReadyCheck &check : report.readiness) {
            if (check.model == model && check.level != ReadyLevel::Pass) {
                lines << QStringLiteral("    ") + readyCheckText(check);
            }
        }
    }
    if (const QString strays = strayText(report.profile); !strays.isEmpty()) {
        lines << QString() << strays;
    }
    lines << QString();
    for (const QualityFinding &finding : report.findings) {
        lines << QStringLiteral("%1  %2  %3")
                     .arg(finding.ignoredBecause.empty() ? severityText(finding.severity)
                                                         : tr("ignored"),
                          -8)
                     .arg(findingTitle(finding), -34)
                     .arg(countText(finding.count), 12)
              << QStringLiteral("    ") + (finding.ignoredBecause.empty()
                                               ? findingText(finding)
                                               : QString::fromStdString(finding.ignoredBecause));
    }
    const Sparsity &sparsity = report.profile.sparsity;
    lines << QString()
          << tr("%1 × %2, %3 % of the pairs occur. %4")
                 .arg(usersText(sparsity.users), itemsText(sparsity.items),
                      shortText(100 * sparsity.density), sparsityAdviceText(report.advice))
          << QString() << cleaningTotalsText(report.totals, report.rules);
    return lines.join(u'\n');
}

class QualityVerb final : public Verb {
public:
    std::string name() const override { return "quality"; }
    QString summary() const override
    {
        return tr("What the data are good for, and what is wrong with them");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
                   "events, users, first_day, last_day   of the events in the figures\n"
                   "span       {first_day, last_day, events_before, events_after}: the days that\n"
                   "           hold the events but for a few far outside; by_month, months,\n"
                   "           over_time and the readiness of history and recent orders are of it\n"
                   "readiness  {model: {level: pass | warn | fail, checks [{check, value, "
                   "pass_from,\n"
                   "           fail_below, level}]}} for bg-nbd, gamma-gamma, behavior, churn,\n"
                   "           recommendations\n"
                   "findings   [{code, severity: info | warning | bad, count (events), share,\n"
                   "           active_rule, figures {}, ignored_because}]\n"
                   "missing    {by_kind {kind: {field: {events, missing}}},\n"
                   "           by_month [{month, fields {field: {events, missing}}}]}\n"
                   "density    {weekday_hour: 7 × 24 events (Monday first, UTC),\n"
                   "           months [{month, events, active_users}]}\n"
                   "sparsity   {users, items, pairs, density, median_items_per_user,\n"
                   "           median_users_per_item, users_below_5_share, items_below_5_share,\n"
                   "           advice: none | dense | reduce_dimensions | content_features}\n"
                   "cold_start {users_with_one_event, items_below_5_buyers, events_on_them,\n"
                   "           money_on_them, money_share}\n"
                   "over_time  {gaps [{first, last, expected_events}],\n"
                   "           level_changes [{from, factor}], dispersion}\n"
                   "rules      as of perennial clean\n"
                   "totals     rows and money from the files to the figures:\n") +
               cleaningTotalsHelp();
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--ignore", m_ignore, "code of a finding to ignore, with --reason");
        command.add_option("--reason", m_reason, "why it is ignored");
        command.add_option("--heed", m_heed, "code of a finding to ignore no longer");
    }
    Result<VerbOutput> run(const Task &task) override;

private:
    Status change(Project &project) const;

    std::string m_path, m_ignore, m_reason, m_heed;
};

Status QualityVerb::change(Project &project) const
{
    if (!m_ignore.empty()) {
        if (auto ignored = ignoreFinding(project, m_ignore, m_reason); !ignored) {
            return ignored;
        }
    }
    return m_heed.empty() ? Status(Done{}) : heedFinding(project, m_heed);
}

Result<VerbOutput> QualityVerb::run(const Task &task)
{
    const bool changes = !m_ignore.empty() || !m_heed.empty();
    auto project =
        changes ? Project::open(m_path, Project::Access::ReadWrite) : openToRead(m_path);
    if (!project) {
        return project.error();
    }
    if (changes) {
        if (const auto changed = change(*project); !changed) {
            return changed.error();
        }
    }
    const auto report = assessQuality(*project, task);
    if (!report) {
        return report.error();
    }
    return VerbOutput{toJson(**report), toText(**report)};
}

} // namespace

std::unique_ptr<Verb> makeQualityVerb()
{
    return std::make_unique<QualityVerb>();
}

} // namespace perennial
