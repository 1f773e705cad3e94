#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// Cases of like probability: sums by weight.
struct CalibrationBin {
    std::int64_t cases = 0;
    double mass = 0;      ///< Σ weight, > 0
    double predicted = 0; ///< Σ weight × probability
    double happened = 0;  ///< Σ weight of those that happened
};

/// At most `bins` bins of equal mass. Equal probabilities are never parted: they stand where the middle
/// of their mass lies.
/// @param probabilities ascending. @param happened as long, in [0, 1].
/// @param weight as long, >= 0; empty = 1 each.
std::vector<CalibrationBin> calibrationBins(std::span<const double> probabilities,
                                            std::span<const double> happened,
                                            std::span<const double> weight, int bins);

/// Expected calibration error: Σ over bins of their share × |mean probability − share that happened|,
/// in [0, 1]; 0 of none.
/// Source: Naeini, Cooper & Hauskrecht (2015), "Obtaining well calibrated probabilities using
/// Bayesian binning"; bins of equal mass as in Nixon et al. (2019), "Measuring calibration in deep
/// learning".
double calibrationError(std::span<const CalibrationBin> bins);

/// The same over ten bins. Empty for no row. Cost O(n log n).
/// @param probabilities in any order. @param happened as long.
std::optional<double> calibrationError(std::span<const double> probabilities,
                                       const std::vector<bool> &happened);

/// Places of the values from the least to the largest, equal ones as they stand.
std::vector<std::size_t> orderedBy(std::span<const double> values);

} // namespace perennial
