#pragma once

#include "core/lifecycle/drivers.h"
#include "core/lifecycle/stage_history.h"
#include "core/lifecycle/user_labels.h"
#include "core/project/activity_store.h"

#include <bitset>
#include <memory>

namespace perennial {

using StageSet = std::bitset<kStageCount>; ///< by Stage

/// The way up, for moves: churned, dormant, acquired, retained, active, converted, loyal.
int stageRank(Stage stage) noexcept;
StageSet stagesBelow(Stage stage) noexcept;
StageSet stagesFrom(Stage stage) noexcept; ///< it and those above

/// What is asked of the users of a stage between two days of a history.
struct DriverQuestion {
    std::size_t from = 0, to = 0; ///< indices into StageHistory::ends, from < to
    Stage stage = Stage::Active;  ///< at `from`
    StageSet outcome;             ///< their stage at `to` that counts as "it happened"
    StageSet compared;            ///< the stages compared with; others take no part
};

/// The users of the stage, what they had done by the first day, and whether it happened.
struct DriverUsers {
    std::vector<std::int64_t> user; ///< in id order
    DriverRows rows; ///< no texts yet
};
/// Numbers: orders, active_days, active_days_30 (of the last 30), recency_days and
/// order_recency_days (since the last activity, order), known_days (since the first event), spend
/// (net) and mean_order (spend per order), all by the first day.
/// @param activity of the calendar. @error InvalidArgument (where: "dates"; "outcomes" where a
/// stage is in both sets or one set is empty; "clock").
Result<DriverUsers> driverUsers(const StageHistory &history, const ActivityTable &activity,
                                const DriverQuestion &question);

/// The same with everything else that is known of users (userLabelNames; what depends on purchases
/// as of the first day); one named as a number above is "attribute:" and its name. @error as
/// driverUsers; Cancelled.
Result<DriverUsers> readDriverUsers(const Project &project, const StageHistory &history,
                                    const ActivityTable &activity, const DriverQuestion &question,
                                    const Task &task);
/// Those whom Driver::with counts, in id order. @param driver found in their rows.
std::vector<std::int64_t> usersWith(const DriverUsers &users, const Driver &driver);

/// What of all that goes with the outcome. @error as readDriverUsers and findDrivers.
Result<std::shared_ptr<const DriverList>>
findDrivers(const Project &project, const StageHistory &history, const ActivityTable &activity,
            const DriverQuestion &question, const DriverOptions &options, const Task &task);

} // namespace perennial
