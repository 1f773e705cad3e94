#pragma once

#include "core/forecast/forecaster.h"

namespace perennial {

/// Learned from the past only (prospective.h): features up to an anchor, what came after it as labels.

/// "boosted-trees": order days by Poisson, net value (below 0 counts as 0, and the mean of what is
/// below 0 is added to all) by Tweedie deviance.
const Forecaster &boostedTreesForecaster();
/// "ziln": a zero-inflated lognormal network of value, with its distribution; it forecasts no orders.
const Forecaster &zilnForecaster();
/// "stack": the weighted sum of the other methods with the smallest Tweedie deviance on the label
/// window, weights >= 0, each method having been fitted before that window.
const Forecaster &stackForecaster();

} // namespace perennial
