#pragma once

#include "core/behavior/train.h"

#include <cstdint>
#include <optional>

namespace perennial {

/// What a training does not see and is judged by.
struct HoldOut {
    /// Users: those of one fold of so many, told by their ids and the seed alone; 0 = no users. They are
    /// judged on the window after the cut, of which the training knows nobody's events but those of
    /// the others, for its choice of the epoch.
    int folds = 0;
    int fold = 0; ///< in [0, folds)
    std::uint64_t seed = 1;
    /// Time: everybody is judged on the labelDays after config.until, to which the training goes, its
    /// refit included; empty = not by time. Events up to here are read to judge.
    std::optional<Day> judgedUntil;
};
bool isHeldOut(const HoldOut &holdOut, std::int64_t user) noexcept;

struct FoldOutcome {
    TrainReport report;   ///< run 0; metrics are those of `judged`
    ValidationSet judged; ///< who was held out; its split says when
};

/// Trains as trainBehaviorModel does, but stores nothing: no run, no champion. What is held out is
/// neither learned from nor has it any part in vocabularies, prices, bounds or the choice of the epoch.
/// @param hooks onEpoch alone is called.
/// @error as trainBehaviorModel; InvalidArgument (where: "folds"); TooLittleData (where: "held_out")
/// where there is nobody to judge.
Result<FoldOutcome> trainFold(Project &project, const BehaviorConfig &config, const HoldOut &holdOut,
                              const TrainHooks &hooks, const Task &task);

} // namespace perennial
