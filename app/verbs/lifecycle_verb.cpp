#include "app/verbs/arguments.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/lifecycle/lifecycle.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LifecycleVerb", text);
}

nlohmann::ordered_json jsonOf(const LifecycleResult &result)
{
    using nlohmann::ordered_json;
    ordered_json stages = ordered_json::object();
    for (const Stage stage : kStages) {
        stages[std::string(stageName(stage))] = result.counts[static_cast<std::size_t>(stage)];
    }
    ordered_json flows = ordered_json::array();
    for (const FlowRow &row : result.flows) {
        flows.push_back({{"period", formatDate(row.start)},
                         {"new", row.fresh},
                         {"current", row.current},
                         {"resurrected", row.resurrected},
                         {"dormant", row.dormant},
                         {"active", row.active},
                         {"complete", row.complete}});
    }
    ordered_json json;
    json["at"] = formatDate(result.at);
    json["users"] = result.users.size();
    json["not_known_yet"] = result.notKnownYet;
    json["stages"] = std::move(stages);
    json["churned_after_days"] = result.churnedAfter.days;
    json["churned_after_source"] = churnDaysSourceName(result.churnedAfter.source);
    json["horizon_days"] = result.horizonDays;
    json["period"] = periodName(result.period);
    json["flows"] = std::move(flows);
    return json;
}

QString sourceText(ChurnDaysSource source)
{
    switch (source) {
    case ChurnDaysSource::Setting: return tr("as set in the project");
    case ChurnDaysSource::Estimated: return tr("from the gaps in the data");
    case ChurnDaysSource::Default: return tr("the default: the data can't say");
    }
    return {};
}

QString textOf(const LifecycleResult &result)
{
    QStringList lines;
    lines << tr("%1 known on %2")
                 .arg(usersText(static_cast<qint64>(result.users.size())), dayText(result.at));
    for (const Stage stage : kStages) {
        const auto count = result.counts[static_cast<std::size_t>(stage)];
        lines << QStringLiteral("  %1 %2").arg(stageText(stage), -12).arg(countText(count), 12);
    }
    lines << tr("churned after %1 without any activity (%2)")
                 .arg(daysText(result.churnedAfter.days), sourceText(result.churnedAfter.source));
    constexpr std::size_t kRowsShown = 12;
    lines << QStringLiteral("%1 %2 %3 %4 %5 %6")
                 .arg(periodText(result.period), -12)
                 .arg(tr("new"), 10)
                 .arg(tr("current"), 10)
                 .arg(tr("resurrected"), 12)
                 .arg(tr("dormant"), 10)
                 .arg(tr("active"), 10);
    const std::size_t rows = result.flows.size();
    for (std::size_t i = rows - std::min(rows, kRowsShown); i < rows; ++i) {
        const FlowRow &row = result.flows[i];
        lines << QStringLiteral("%1 %2 %3 %4 %5 %6%7")
                     .arg(dayText(row.start), -12)
                     .arg(countText(row.fresh), 10)
                     .arg(countText(row.current), 10)
                     .arg(countText(row.resurrected), 12)
                     .arg(countText(row.dormant), 10)
                     .arg(countText(row.active), 10)
                     .arg(row.complete ? QString() : QStringLiteral("  ") + tr("(not over yet)"));
    }
    return lines.join(u'\n');
}

class LifecycleVerb final : public Verb {
public:
    std::string name() const override { return "lifecycle"; }
    QString summary() const override
    {
        return tr("Where every user stands, and how the active users changed");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "at                     the snapshot day\n"
            "users                  known on that day; the stages sum to it\n"
            "not_known_yet          listed users without an event or sign-up by then\n"
            "stages                 {acquired, active, retained, converted, loyal, dormant,\n"
            "                       churned: users}\n"
            "churned_after_days     the silence after which a user counts as churned\n"
            "churned_after_source   setting | estimated | default (the data can't say)\n"
            "horizon_days           horizon of that estimate\n"
            "period                 of the flows: day | week | month\n"
            "flows                  [{period: its first day, new, current, resurrected, dormant,\n"
            "                       active, complete}]; active = active of the period before\n"
            "                       + new + resurrected - dormant");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("--at", m_at, "snapshot day, YYYY-MM-DD");
        command.add_option("--period", m_period, "of the flows: day, week or month");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const auto project = openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto options = readOptions(*project);
        if (!options) {
            return options.error();
        }
        const auto result = computeLifecycle(*project, *options, task);
        if (!result) {
            return result.error();
        }
        VerbOutput output;
        output.json = jsonOf(**result);
        output.text = textOf(**result);
        return output;
    }

private:
    Result<LifecycleOptions> readOptions(const Project &project) const
    {
        const auto settings = readSettings(project);
        if (!settings) {
            return settings.error();
        }
        LifecycleOptions options = lifecycleOptionsFrom(*settings);
        const auto at = dayArgument(m_at, "--at");
        if (!at) {
            return at.error();
        }
        const auto period = periodArgument(m_period, "--period");
        if (!period) {
            return period.error();
        }
        options.at = *at ? *at : options.at;
        options.period = period->value_or(options.period);
        return options;
    }

    std::string m_path, m_at, m_period;
};

} // namespace

std::unique_ptr<Verb> makeLifecycleVerb()
{
    return std::make_unique<LifecycleVerb>();
}

} // namespace perennial
