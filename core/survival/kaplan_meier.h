#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// One step of a survival curve.
struct SurvivalStep {
    double time = 0.0;
    double survival = 1.0;          ///< P(duration > time)
    double lower = 1.0, upper = 1.0; ///< pointwise interval, log(-log) transformed
    double atRisk = 0.0;            ///< just before `time`
    double events = 0.0, censored = 0.0; ///< at `time`
};

/// Product-limit estimate. Steps at every distinct duration in rising order; before the first, S = 1.
struct SurvivalCurve {
    std::vector<SurvivalStep> steps;
    double confidence = 0.95;

    /// P(duration > time). Empty past the last duration unless the curve has reached 0 there.
    std::optional<double> at(double time) const;
    /// Smallest time with S <= 1 - q; empty where the curve never falls that far.
    std::optional<double> quantile(double q) const;
    std::optional<double> median() const { return quantile(0.5); }
    /// Ends of the median's interval: where the band's lower and upper limit fall to 1/2.
    std::optional<double> medianLower() const;
    std::optional<double> medianUpper() const;
};

/// What stands below a drawn curve.
struct AtRiskRow {
    double time = 0.0;
    double atRisk = 0.0;                 ///< just before `time`
    double events = 0.0, censored = 0.0; ///< up to and at `time`
};
/// @param times any, in any order. Cost O(steps × times).
std::vector<AtRiskRow> atRiskTable(const SurvivalCurve &curve, std::span<const double> times);

/// 0 and on in even steps of 1, 2 or 5 × 10ᵏ, none past `longest`. @param most of them, >= 2.
std::vector<double> evenTimes(double longest, int most);

/// @param durations finite, >= 0. @param observed 1 = event, 0 = right censored; same length.
/// @param weights   empty = 1 each; otherwise >= 0, same length.
/// Events at a time come before censorings at the same time.
/// @error InvalidArgument for lengths, values or a confidence outside (0, 1). Cost O(n).
/// Source: Kaplan & Meier (1958); variance of Greenwood (1926); log(-log) limits, Kalbfleisch &
/// Prentice (1980).
Result<SurvivalCurve> kaplanMeier(std::span<const double> durations,
                                  std::span<const std::int8_t> observed,
                                  std::span<const double> weights = {}, double confidence = 0.95);

} // namespace perennial
