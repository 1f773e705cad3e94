#pragma once

#include "core/features/order_history.h"
#include "core/value/holdout_check.h"
#include "core/value/value_prediction.h"

#include <memory>
#include <span>
#include <vector>

namespace perennial {

/// What a fit is laid beside when its parameters are moved by hand: read once, then only computed
/// with. Nothing of it is ever stored.
struct WhatIfBase {
    ValueOptions options; ///< `until` filled in
    CustomerSummary customers;
    ModelFit frequency; ///< usable
    ModelFit spend;     ///< without parameters where the observed mean spend is used
    int mostOrders = 10;
    /// Customers with 0, 1, … mostOrders repeat orders, and in the last entry with more.
    std::vector<double> observedHistogram;
    RepeatTracking tracking; ///< up to t₀ + H, expected by the fit
};

struct WhatIfOutcome {
    std::vector<double> histogram; ///< expected, beside `observedHistogram`
    std::vector<double> repeats;   ///< expected cumulative, beside `tracking.day`
    double predictedTotal = 0.0, expectedOrders = 0.0, meanPAlive = 0.0;
};

/// @param parameters of `base.frequency.reportedModel`, natural scale. @param spendParameters of the
/// spend model; empty = the observed mean spend.
/// @error InvalidArgument (where: the parameter) for one that is not finite or not > 0, or another
/// number of them; NotFinite where the outcome is not; Cancelled.
Result<WhatIfOutcome> computeWhatIf(const WhatIfBase &base, std::span<const double> parameters,
                                    std::span<const double> spendParameters, const Task &task);

/// Customers by repeat orders: 0 … mostOrders, then more.
std::vector<double> repeatHistogram(const CustomerSummary &customers, int mostOrders);

} // namespace perennial
