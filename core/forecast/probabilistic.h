#pragma once

#include "core/forecast/forecaster.h"

namespace perennial {

/// One of core/value's frequency models with the Gamma-Gamma: fitted at the cut on all customers,
/// expected orders × expected spend an order day × net share of gross.
/// @param model a registered frequency model; the forecaster has its name.
std::unique_ptr<const Forecaster> probabilisticForecaster(std::string_view model);

} // namespace perennial
