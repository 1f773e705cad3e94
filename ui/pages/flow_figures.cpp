#include "ui/pages/flow_figures.h"

#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <array>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FlowFigures)
};

/// As the series of flowsChart.
constexpr std::array kKinds{FlowKind::Fresh, FlowKind::Current, FlowKind::Resurrected,
                            FlowKind::Dormant};

QString flowText(FlowKind kind)
{
    switch (kind) {
    case FlowKind::Fresh:
        return Words::tr("New");
    case FlowKind::Current:
        return Words::tr("Current");
    case FlowKind::Resurrected:
        return Words::tr("Resurrected");
    case FlowKind::Dormant:
        break;
    }
    return Words::tr("Dormant");
}

} // namespace

Result<FlowsFigures> readFlowsFigures(const Project &project, const LifecycleAccess &access,
                                      const Task &task)
{
    const auto rows = access.rows(project, task);
    if (!rows) {
        return rows.error();
    }
    FlowsFigures figures;
    figures.period = access.options.period;
    figures.at = (*rows)->at;
    figures.rows = computeFlows((*rows)->days, (*rows)->at, figures.period);
    if (figures.rows.size() > kMostFlowPeriods) {
        figures.rows.erase(figures.rows.begin(), figures.rows.end() - kMostFlowPeriods);
    }
    return figures;
}

LastFlows lastFlows(const FlowsFigures &figures)
{
    LastFlows flows;
    for (const FlowRow &row : figures.rows) {
        if (row.complete) {
            flows = {&row, flows.last};
        }
    }
    return flows;
}

QString flowsCaption(const FlowsFigures &figures)
{
    QStringList captions;
    if (!figures.rows.empty() && !figures.rows.back().complete) {
        const Day complete = nextPeriodStart(figures.rows.back().start, figures.period) - 1;
        captions << Words::tr("Hatched: the last %1 is complete on %2.")
                        .arg(periodText(figures.period), dayText(complete));
    }
    if (figures.rows.size() == kMostFlowPeriods) {
        captions << Words::tr("The last %1 periods.").arg(kMostFlowPeriods);
    }
    return captions.join(QLatin1Char(' '));
}

UsersBehind usersOfFlow(const LifecycleAccess &access, const FlowsFigures &figures, int series,
                        int index)
{
    const auto kind = static_cast<std::size_t>(series), row = static_cast<std::size_t>(index);
    if (kind >= kKinds.size() || row >= figures.rows.size()) {
        return std::nullopt;
    }
    const Day start = figures.rows[row].start;
    LifecycleAccess asked = access;
    asked.options.period = figures.period;
    return UsersBehind(Words::tr("%1 in the %2 from %3")
                           .arg(flowText(kKinds[kind]), periodText(figures.period), dayText(start)),
                       [asked, start, kind = kKinds[kind]](Project &project,
                                                           const Task &task) -> Result<UserIds> {
                           const auto rows = asked.rows(project, task);
                           if (!rows) {
                               return rows.error();
                           }
                           return std::make_shared<const std::vector<std::int64_t>>(
                               flowUsers((*rows)->days, (*rows)->at, asked.options.period, start,
                                         kind));
                       });
}

} // namespace perennial
