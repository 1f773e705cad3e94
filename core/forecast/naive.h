#pragma once

#include "core/forecast/forecaster.h"

namespace perennial {

/// What a careful person does without a model; on Online Retail II it ranks as well as any.

/// "past-window": net spend and order days × H / the days of the whole history, the same for all.
const Forecaster &pastOverWindow();
/// "past-tenure": net spend and order days × H / the customer's own days, at least a week.
const Forecaster &pastOverTenure();
/// "past-recent": net spend and order days of the last H days.
const Forecaster &pastRecent();

} // namespace perennial
