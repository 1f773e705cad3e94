#pragma once

#include "core/value/frequency_model.h"

#include <span>

namespace perennial {

/// δ of e^(−δs), per period, of an effective annual discount rate: ln(1 + rate) / 365 a day.
/// @param ratePerYear in [0, 1).
double discountForce(double ratePerYear, Period period) noexcept;

/// ∫ e^(−δs) dE[orders in (T, T + s] | active at T] over (0, horizon], discounted to T.
/// @param force δ >= 0 per period; with 0 it is expectedWhileAlive itself. @param horizon > 0.
double discountedWhileAlive(const FrequencyModel &model, std::span<const double> parameters,
                            const RepeatHistory &h, double horizon, double force);

/// DERT, discounted expected residual transactions: the same without an end, times P(alive).
/// @param force δ > 0 per period.
/// Source: Fader, Hardie & Lee (2005), Journal of Marketing Research 42(4), eq. 6 ff.; here for any
/// model as δ ∫ e^(−δs) E(s) ds by double-exponential quadrature (Takahasi & Mori
/// 1974).
double discountedResidualOrders(const FrequencyModel &model, std::span<const double> parameters,
                                const RepeatHistory &h, double force);

} // namespace perennial
