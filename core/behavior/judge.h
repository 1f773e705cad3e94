#pragma once

#include "core/behavior/train.h"

namespace perennial {

/// A finished run asked at the cut of a split that is not its own, and measured as a training on
/// that split is: the same users, the same window, ranks among the same items. Its chances and
/// value are carried to the window of the split at a constant rate.
struct JudgedRun {
    BehaviorMetrics metrics;
    /// Days of the window (cut, until] that the run has learned from itself; above 0 its figures
    /// are flattered.
    int daysSeen = 0;
};

/// @error NotTrained; Damaged; Cancelled; OutOfMemory.  Reads all events up to split.until.
Result<JudgedRun> judgeRun(const Project &project, std::int64_t run, const TrainSplit &split,
                           const Task &task);

} // namespace perennial
