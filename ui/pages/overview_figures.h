#pragma once

#include "core/base/task.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/user_state_store.h"
#include "core/scoring/score_users.h"
#include "core/scoring/user_figures.h"
#include "core/segment/segment_choice.h"
#include "ui/models/table_model.h"

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
    /// All users at the scoring before: the newest of an earlier snapshot; none of the first.
    std::optional<ScoreReport> before;
    std::optional<ScoreReport> now; ///< with which it is compared
};
/// @param chosen those of the segment.
OverviewFigures overviewFigures(const std::vector<UserState> &all,
                                const std::vector<UserState> &chosen);
/// @error NotScored, Cancelled.
Result<OverviewFigures> readOverviewFigures(const Project &project, const Segment &segment,
                                            const Task &task);

/// Users who are neither dormant nor churned.
std::int64_t activeUsers(const std::array<std::int64_t, kStageCount> &stages);

/// Then, now and the difference of all users, one row a figure; figures of another window or source
/// are not compared.
std::vector<TableModel::Row> changeRows(const ScoreReport &before, const ScoreReport &now);

} // namespace perennial
