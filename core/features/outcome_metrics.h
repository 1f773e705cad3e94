#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// Harrell's concordance: among the pairs of which is known who came first, the share where who
/// came first was expected first; equal expectations count half, in [0, 1]. A pair is known where one
/// came on a day and the other on a later one or was watched in vain at least as long. Empty where
/// there is no such pair.
/// @param expected time of each. @param days until it happened or until the end of watching.
/// @param happened false = censored.  Cost O(n log n).
/// Source: Harrell, Califf, Pryor, Lee & Rosati (1982), "Evaluating the yield of medical tests",
/// JAMA 247(18).
std::optional<double> concordance(std::span<const double> expected, std::span<const double> days,
                                  const std::vector<bool> &happened);

} // namespace perennial
