#pragma once

#include "core/base/task.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/user_state_store.h"
#include "core/scoring/user_figures.h"
#include "core/segment/segment_choice.h"

#include <array>
#include <optional>
#include <vector>

namespace perennial {

/// What the overview shows of the scored users. Runs on a worker: it reads all of them.
struct OverviewFigures {
    UserStateLabel label;
    std::array<StageFigures, kStageCount> stages; ///< of all users, whatever the segment
    // of the segment
    std::int64_t users = 0;
    std::int64_t active = 0; ///< neither dormant nor churned
    double realised = 0, predicted = 0;
    std::int64_t predictedUsers = 0; ///< with a prediction
    AtRisk atRisk;
    ShareDistribution risk;
    ValueDistribution predictedValues;
};
/// @param chosen those of the segment.
OverviewFigures overviewFigures(const std::vector<UserState> &all,
                                const std::vector<UserState> &chosen);
/// @error NotScored, Cancelled.
Result<OverviewFigures> readOverviewFigures(const Project &project, const Segment &segment,
                                            const Task &task);

struct OverviewFlows {
    std::vector<FlowRow> rows;
    Period period = Period::Week;
};
/// All users' flows up to the day they were scored at. @error NotScored, Cancelled.
Result<OverviewFlows> readOverviewFlows(const Project &project, Period period, const Task &task);

} // namespace perennial
