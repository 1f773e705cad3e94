#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/judge.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// What came into a project between two days t₀.
struct DataChange {
    Day before = 0, after = 0;                     ///< t₀ of the older and the newer run
    std::int64_t events = 0, users = 0, items = 0; ///< up to `after`: events, users with one, items
                                                   ///< with one
    std::int64_t newEvents = 0;                    ///< after `before`
    std::int64_t newUsers = 0, newItems = 0;       ///< whose first event is after `before`
    std::int64_t activeUsers = 0;                  ///< with an event after `before`
    /// Users with an event up to `before` as the older run counted them, and as they stand today:
    /// where the two differ older events were imported, changed or erased since.
    std::int64_t usersThen = 0, usersNow = 0;
};

/// A user both runs were asked about, at the same day with the same history.
struct ScoreMove {
    std::int64_t user = 0;
    std::string key;
    std::optional<double> churnBefore, churnAfter; ///< P(no order), in [0, 1]
    std::optional<double> valueBefore, valueAfter; ///< currency units
};

/// A newer run of the behaviour model beside the one it is to take the place of.
struct RunDifference {
    std::int64_t older = 0, newer = 0;
    DataChange data;
    BehaviorMetrics newMetrics; ///< of the newer run, on its validation window
    /// The older run on the same window and users; empty where it can't be asked (why: `oldError`).
    std::optional<JudgedRun> oldJudged;
    std::optional<Error> oldError;
    std::int64_t scored = 0; ///< users that both were asked about
    /// Rank correlation of all users' answers: 1 = the same order.
    std::optional<double> churnAgreement, valueAgreement;
    double meanChurnMove = 0, meanValueMove = 0;   ///< mean |after − before|
    std::vector<ScoreMove> churnMoves, valueMoves; ///< the largest, largest first
};

/// @param moves at most so many of each kind.
/// @error NotTrained where one of the two is no finished run of the behaviour model; NoEvents;
/// Damaged; Cancelled.
Result<RunDifference> differenceOf(const Project &project, std::int64_t older, std::int64_t newer,
                                   std::size_t moves, const Task &task);

} // namespace perennial
