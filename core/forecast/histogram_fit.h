#pragma once

#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"

#include <optional>

namespace perennial {

/// Pearson's χ² of the customers by repeat orders, on the fit's own clock, against the frequency
/// model's expectation; neighbouring classes are pooled until each expects 5 customers (Cochran
/// 1954).
struct HistogramFit {
    double chiSquared = 0;
    int degrees = 0; ///< classes − 1 − parameters, at least 1
    double p = 1;
};
/// None where the fit is not usable, or there is nothing to compare.
std::optional<HistogramFit> histogramFit(const ModelFit &fit, const CustomerSummary &customers);

} // namespace perennial
