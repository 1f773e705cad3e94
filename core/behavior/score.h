#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/project/event_store.h"
#include "core/project/project.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// What the behaviour model says of one user at a day, for the horizon H its run was trained for.
struct BehaviorScore {
    std::int64_t user = 0;
    std::optional<double> pChurn;        ///< P(no purchase in (at, at+H]), in [0, 1]
    std::optional<double> expectedValue; ///< E[net revenue in (at, at+H]], >= 0, currency units:
                                         ///< neither margin nor discount applied
    std::optional<double> pPurchase;     ///< P(a purchase in (at, at+H]) = 1 − P(no purchase): told
                                         ///< by the same head, also of who never bought
    std::optional<double> pClick;        ///< P(an event that isClick there), splits.h
    std::optional<double> pReturn;       ///< P(an event that shows interest there), a purchase or a
                                         ///< click, from the time to return below
    std::optional<double> medianReturnDays;   ///< whole days until then; empty past 100 years too
    std::optional<double> expectedReturnDays; ///< E[min(days until then, H)], in [1, H]
    bool operator==(const BehaviorScore &) const = default;
};

/// Scores every user with at least one event up to `at`, in id order. Fields are empty where the
/// run did not train that head.
/// @param run a Done run of the model "behavior"; 0 = the champion.
/// @error NotTrained; NoEvents; Damaged; Cancelled.  Reads all events up to `at`.
Result<std::vector<BehaviorScore>> scoreBehavior(const Project &project, std::int64_t run, Day at,
                                                 const Task &task);

struct ScoreBlocks {
    std::int64_t users = 8192; ///< ids 1 … users are a block, and so on; >= 1
    std::int64_t after = 0;    ///< last user of a block that was handed out before; 0 = none was
};
struct ScoreBlock {
    UserRange users;
    std::vector<BehaviorScore> scores; ///< of those with an event, in id order
};
/// The same block by block, in order, for as many users as there are: events are read a part at a
/// time, at most 2 M of them or a sixteenth of all (about 60 bytes each). What is said of a user
/// depends, to the bit, on nobody outside of his block; blocks without events are left out.
/// @param each its error ends the scoring. @error as scoreBehavior; InvalidArgument.
Status scoreBehaviorBlocks(const Project &project, std::int64_t run, Day at,
                           const ScoreBlocks &blocks,
                           const std::function<Status(const ScoreBlock &)> &each, const Task &task);

/// Scores as bytes, for a scoring that stops and goes on, and back to the bit. @error Damaged.
std::vector<std::byte> bytesOf(std::span<const BehaviorScore> scores);
Result<std::vector<BehaviorScore>> scoresFrom(std::span<const std::byte> bytes);

} // namespace perennial
