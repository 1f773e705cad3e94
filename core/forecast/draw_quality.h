#pragma once

#include "core/base/result.h"
#include "core/forecast/backtest.h"

namespace perennial {

/// What the drawn futures of one forecast say of one window's truth; `totals` and `totalCovered` have
/// one entry. None where the forecast gives no draws. @error Cancelled and what drawing says.
Result<std::optional<DrawQuality>> drawQuality(const Forecast &forecast, const WindowTruth &truth,
                                               const Task &task);

/// Of one customer, from sorted draws. Source: Gneiting & Raftery (2007), JASA 102(477), eq. 20, with
/// the empirical distribution of the draws.
double crpsOfSorted(std::span<const double> sorted, double actual);
/// How much of [F(y−), F(y)] lies in [.05, .95]: the chance that the randomised PIT does.
double randomisedCoverage(std::span<const double> sorted, double actual);

} // namespace perennial
