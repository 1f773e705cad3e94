#pragma once

#include "core/lifecycle/lifecycle.h"

#include <array>
#include <cstdint>
#include <vector>

namespace perennial {

/// What the ladder asks of each user known at t₀, for a slider: other thresholds are counted from
/// here without another pass over the events. Days are counted back from t₀.
struct LadderTable {
    Day at = 0;
    std::vector<std::int32_t> silence;    ///< since any activity, or since the sign-up
    std::vector<std::int32_t> known;      ///< since the sign-up or the first event
    std::vector<std::int32_t> orders;     ///< order days up to t₀
    std::vector<std::int32_t> sinceOrder; ///< −1 where there is none
    /// Active days of user i, ascending: [offsets[i], offsets[i + 1]).
    std::vector<std::size_t> offsets;
    std::vector<Day> activeDay;

    std::size_t size() const noexcept { return silence.size(); }
};
/// @param days sorted by user, then day. @param users in id order. Cost O(rows).
LadderTable ladderTable(const std::vector<ActiveDay> &days, const std::vector<UserRecord> &users,
                        Day at);

using StageCounts = std::array<std::int64_t, kStageCount>; ///< by Stage

/// What computeLifecycle counts with these thresholds and this τc. @param churnedAfterDays τc; does
/// not depend on the other thresholds (churnDaysOf).  Cost O(users): 1 M in some 20 ms.
StageCounts recountStages(const LadderTable &table, const StageThresholds &thresholds,
                          int churnedAfterDays) noexcept;

/// Stages that nobody can be in, whatever he does, because another one above them on the ladder
/// takes all: dormant where τc <= dormantAfterDays, acquired where that lasts no day, active where
/// more active days are asked for than the window has, retained where every user who isn't silent
/// counts as active or acquired. The ladder stays exclusive and exhaustive.
std::vector<Stage> emptyStages(const StageThresholds &thresholds, int churnedAfterDays);

} // namespace perennial
