#pragma once

#include "core/forecast/backtest.h"

namespace perennial {

/// Pearson's χ² of the customers by repeat orders against the frequency model's expectation; classes
/// are pooled from the right until each expects 5 customers (Cochran 1954).
/// @param fits the frequency fit first; none where there is no usable one, or nothing to compare.
std::optional<HistogramFit> histogramFit(const std::vector<ModelFit> &fits,
                                         const CustomerSummary &customers);

} // namespace perennial
