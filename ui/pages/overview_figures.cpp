#include "ui/pages/overview_figures.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr int kRiskBins = 20;

} // namespace

OverviewFigures overviewFigures(const std::vector<UserState> &all,
                                const std::vector<UserState> &chosen)
{
    OverviewFigures figures;
    figures.stages = stageFigures(all);
    figures.users = static_cast<std::int64_t>(chosen.size());
    for (const UserState &state : chosen) {
        figures.active += state.stage != Stage::Dormant && state.stage != Stage::Churned ? 1 : 0;
        figures.realised += state.realised;
        figures.predicted += state.predictedValue.value_or(0.0);
        figures.predictedUsers += state.predictedValue ? 1 : 0;
    }
    figures.atRisk = atRisk(chosen);
    figures.risk = churnRiskDistribution(chosen, kRiskBins);
    figures.predictedValues = valueDistribution(chosen, ValueKind::Predicted);
    return figures;
}

Result<OverviewFigures> readOverviewFigures(const Project &project, const Segment &segment,
                                            const Task &task)
{
    const Result<UserStateLabel> label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const Result<std::vector<UserState>> states = readUserStates(project);
    if (!states) {
        return states.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    const Result<UserIds> members = segment->users(project, task);
    if (!members) {
        return members.error();
    }
    std::vector<UserState> chosen;
    std::ranges::copy_if(*states, std::back_inserter(chosen), [&](const UserState &state) {
        return *members && std::ranges::binary_search(**members, state.user);
    });
    OverviewFigures figures = overviewFigures(*states, *members ? chosen : *states);
    figures.label = *label;
    return figures;
}

Result<OverviewFlows> readOverviewFlows(const Project &project, Period period, const Task &task)
{
    const Result<UserStateLabel> label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const Result<std::vector<ActiveDay>> days = readActiveDays(project, label->snapshot);
    if (!days) {
        return days.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    return OverviewFlows{computeFlows(*days, label->snapshot, period), period};
}

} // namespace perennial
