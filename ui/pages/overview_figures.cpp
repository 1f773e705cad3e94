#include "ui/pages/overview_figures.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr int kRiskBins = 20;

} // namespace

OverviewFigures overviewFigures(const std::vector<UserState> &states, std::optional<Stage> segment)
{
    OverviewFigures figures;
    figures.segment = segment;
    figures.stages = stageFigures(states);
    std::vector<UserState> chosen;
    std::ranges::copy_if(states, std::back_inserter(chosen), [&](const UserState &state) {
        return !segment || state.stage == *segment;
    });
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

Result<OverviewFigures> readOverviewFigures(const Project &project, std::optional<Stage> segment,
                                            const Task &task)
{
    const Result<UserStateLabel> label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    const Result<std::vector<UserState>> states = readUserStates(project, std::nullopt);
    if (!states) {
        return states.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    OverviewFigures figures = overviewFigures(*states, segment);
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
