#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// Expected calibration error: rows are cut into at most 10 bins of equal size by their probability
/// (equal ones are never parted), and it is Σ over bins of their share × |mean probability − share
/// that happened|, in [0, 1]. Empty for no row.
/// @param happened as long as `probabilities`.  Cost O(n log n).
/// Source: Naeini, Cooper & Hauskrecht (2015), "Obtaining well calibrated probabilities using
/// Bayesian binning", with bins of equal mass.
std::optional<double> calibrationError(std::span<const double> probabilities,
                                       const std::vector<bool> &happened);

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
