#pragma once

#include "core/lifecycle/lifecycle.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace perennial {

/// From the end of period `from` on, up to the next spell of the same user.
struct StageSpell {
    std::uint32_t from = 0; ///< index into StageHistory::ends
    Stage stage = Stage::Acquired;
};

/// Where every user stood at each of some days, by the same ladder and one τc. A user is in it from
/// the first of them on which he is known, and then at every later one.
struct StageHistory {
    std::vector<Day> ends; ///< rising
    StageThresholds thresholds;
    int churnedAfterDays = 0; ///< τc
    std::vector<std::array<std::int64_t, kStageCount>> counts; ///< by end, then Stage
    std::vector<std::int64_t> user;   ///< in id order
    std::vector<std::size_t> offsets; ///< spells of user i: [offsets[i], offsets[i + 1])
    std::vector<StageSpell> spells;

    /// None where the user is not known yet. @param i index into `user`.
    std::optional<Stage> stageAt(std::size_t i, std::size_t end) const noexcept;
};

/// Who was in a stage at one of the days, in id order; with none, who was not known yet but is at the
/// last. @param end index into `ends`.  Cost O(users).
std::vector<std::int64_t> stageUsers(const StageHistory &history, std::size_t end,
                                     std::optional<Stage> stage);

/// The last days of the periods up to t₀'s, whose end is t₀ itself; the newest `most` of them.
/// @param from a day in the first period; after t₀ = t₀'s period alone.
std::vector<Day> periodEnds(Day from, Day at, Period period, std::size_t most);

/// All users in one pass over the rows. The counts are those that computeLifecycle has at each day
/// with this τc. @param ends rising. @param days sorted by user, then day. @param users in id
/// order.
/// @error InvalidArgument (where: "dates") where `ends` is empty or does not rise, or of a
/// threshold; Cancelled.  Cost O(rows + users × ends), memory a spell per change.
Result<StageHistory> stageHistory(const std::vector<ActiveDay> &days,
                                  const std::vector<UserRecord> &users,
                                  const std::vector<Day> &ends, const StageThresholds &thresholds,
                                  int churnedAfterDays, const Task &task);

/// One user's stage at each of the days, none before he is known. Cost: his events.
/// @error UnknownUser; as stageHistory.
Result<std::vector<std::optional<Stage>>>
stageHistoryOf(const Project &project, std::int64_t user, const std::vector<Day> &ends,
               const StageThresholds &thresholds, int churnedAfterDays);

} // namespace perennial
