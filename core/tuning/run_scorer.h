#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/ranking/ranking_test.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace perennial {

/// The last day that each run has seen, in their order: what may judge them comes after it.
/// @error NotTrained (detail: the run) where one is no trained run of "behavior".
Result<std::vector<Day>> lastDaysSeen(const Project &project, std::span<const std::int64_t> runs);

/// A trained run as a row of a ranking test: its chance that each item is the user's next one, from
/// his events up to the cut.
/// @error NotTrained; InvalidArgument (where: "run", detail: the last day it has seen) where that is
/// after the cut: neither its weights nor the epoch they were taken from may know the window; Damaged;
/// Cancelled.
Result<std::unique_ptr<const UserScorer>> runScorer(const Project &project, std::int64_t run,
                                                    Day cut, const Task &task);

} // namespace perennial
