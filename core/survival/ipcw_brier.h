#pragma once

#include "core/base/result.h"
#include "core/survival/kaplan_meier.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// What rows stand for where others were censored before it could be seen how they ended: 1 / P(not
/// censored so far), by Kaplan–Meier of the censorings. An event comes before a censoring at one
/// time.
struct CensoringWeights {
    std::vector<double> atOwnEnd; ///< by row, 1 / G(its time −); only events are read
    SurvivalCurve curve;          ///< G
    /// 1 / G(time) of a row that lasts longer, finite as long as somebody does.
    double at(double time) const;
};
/// @param durations finite, >= 0. @param observed 1 = event, 0 = right censored.
/// @error InvalidArgument. Cost O(n).
Result<CensoringWeights> censoringWeights(std::span<const double> durations,
                                          std::span<const std::int8_t> observed);

/// Mean squared error of predicted survival at one time, censored rows made up for by their
/// weights: 0 = known, 0.25 = always 1/2. Rows censored before the time say nothing by themselves.
/// @param survival predicted P(T > time) by row, in [0, 1].
/// @error InvalidArgument (where: "lengths", "survival", "time"); TooLittleData without a row.
/// Source: Graf, Schmoor, Sauerbrei & Schumacher (1999), Statistics in Medicine 18, 2529–2545;
/// weights just before an event as in Gerds & Schumacher (2006), Biometrical Journal 48, 1029–1040.
Result<double> ipcwBrier(std::span<const double> durations, std::span<const std::int8_t> observed,
                         std::span<const double> survival, double time,
                         const CensoringWeights &weights);

/// Mean of scores over their span of time, by trapezoids; the score itself where there is one;
/// empty of none. @param times rising. @param scores as long.
std::optional<double> integratedBrier(std::span<const double> times,
                                      std::span<const double> scores);

} // namespace perennial
