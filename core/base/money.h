#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <string>

namespace perennial {

/// An amount in integer 1/10 000 of the project's currency: sums are exact.
using Money = std::int64_t;

inline constexpr Money kMoneyUnit = 10000;

constexpr double toUnits(Money amount) noexcept
{
    return static_cast<double>(amount) / static_cast<double>(kMoneyUnit);
}
/// Nearest 1/10 000, halves away from zero; saturates at the ends of Money; 0 for NaN.
Money moneyFromUnits(double units) noexcept;
/// Plain decimal, exact, without thousands marks: "-12.5", "1234.0001", "0".
std::string formatMoney(Money amount);

} // namespace perennial
