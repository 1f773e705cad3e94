#pragma once

#include "core/features/order_history.h"
#include "core/numeric/bootstrap.h"

#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// How far the totals of past windows lay from what was predicted of them: what drawn futures do not
/// hold, for they take the model as true.
struct TotalError {
    int windows = 0; ///< k, one horizon apart, so that none overlaps another
    double rms = 0;  ///< √ mean log(actual / predicted)²: around 0, so a lasting bias is part of it
};
/// @param predicted, actual one entry a window.
/// @return none for fewer than two windows, or where a total is not positive.
std::optional<TotalError> totalErrorOf(std::span<const double> predicted,
                                       std::span<const double> actual);

/// The level of every interval of a total.
inline constexpr double kTotalLevel = 0.9;

/// Central predictive interval of a total: predicted × exp(±t rms), t the quantile of Student's
/// distribution with k degrees of freedom, as log(actual / predicted) is taken as normal around 0
/// with the one unknown spread that the windows tell. Luck and parameters are in those errors too.
/// @param predicted any sign; the interval then surrounds it by the same factors.
/// @param level in (0, 1).
/// Source: Geisser (1993), Predictive Inference, §2: the predictive distribution of a normal
/// observation with known mean is t with k degrees of freedom.
Interval totalInterval(double predicted, const TotalError &error, double level = kTotalLevel);

/// Each window judged by the errors of the others; nothing where there are fewer than three.
std::vector<Interval> totalsByOtherWindows(std::span<const double> predicted,
                                           std::span<const double> actual,
                                           double level = kTotalLevel);
/// How many of the intervals hold what came. @param actual one for each.
int countInside(std::span<const Interval> intervals, std::span<const double> actual);

/// The cuts of past windows that end at `known` or before, the newest first, one horizon apart:
/// those that leave at least half a horizon of history and 30 customers before them.
/// @param most at most so many.
std::vector<Day> pastCuts(const OrderHistory &history, Day known, int horizonDays, int most);

} // namespace perennial
