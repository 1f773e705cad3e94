#pragma once

#include "core/base/money.h"

namespace perennial {

/// The largest amount of a row: a million million units either way.
inline constexpr Money kMaxRowAmount = Money{1'000'000'000'000} * kMoneyUnit;

} // namespace perennial
