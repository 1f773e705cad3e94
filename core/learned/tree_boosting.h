#pragma once

// Private to core/learned: libxgboost behind plain structs.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/learned/boosted_trees.h"

#include <cstddef>
#include <vector>

namespace perennial {

/// Rows as libxgboost takes them: labels scaled, all numbers finite.
struct BoostingRows {
    std::size_t columns = 0;
    std::vector<float> values; ///< row-major
    std::vector<float> labels;
    std::size_t size() const noexcept { return labels.size(); }
};

struct BoostingOutcome {
    Forest forest;
    std::vector<double> gain; ///< summed over the splits of each column
    int bestRounds = 0;       ///< trees with the lowest loss on the held-out rows; without any, all
};

/// @param start the margin before the first tree. @param heldOut may be empty: no early end then.
/// @error Internal (where: "xgboost", detail: its words), OutOfMemory, Cancelled.
Result<BoostingOutcome> boostTrees(const BoostingRows &rows, const BoostingRows &heldOut,
                                   double start, int rounds, const BoostedTreesOptions &options,
                                   const Task &task);

} // namespace perennial
