#pragma once

#include "core/base/task.h"

#include <span>
#include <vector>

namespace perennial {

/// Weights w >= 0 of several predictions with the smallest Tweedie deviance (power 1.5) of Σ w p from
/// what happened: it takes both the many zeros and the few large values seriously, where squared
/// error listens to the largest customer alone.
/// @param predictions one vector per method, all as long as `actual`; what is below 0 counts as 0,
/// in `actual` too. @return one weight per method, finite; all equal, adding up to 1, where nothing
/// came or nothing was predicted. Cost O(rows × methods × iterations).
/// Source: Jørgensen (1987) for the deviance; Wolpert (1992), "Stacked generalization".
std::vector<double> stackWeights(const std::vector<std::vector<double>> &predictions,
                                 std::span<const double> actual, const Task &task);

} // namespace perennial
