#pragma once

#include "core/base/money.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace perennial {

/// How numbers are written. Never taken from a locale.
struct NumberFormat {
    char decimalMark = '.';
    std::string thousandsMark; ///< empty = none allowed
};

/// A decimal number: mantissa / 10^scale, at most 18 significant digits.
struct Decimal {
    std::int64_t mantissa = 0;
    int scale = 0;    ///< >= 0
    bool cut = false; ///< fraction digits past the 18th significant one were dropped
};

/// Plain decimal notation with an optional sign: "-1234.50", ".5". With a thousands mark, groups of
/// exactly three. Blanks around it are allowed; exponents, hex, NaN and currency signs are not.
/// @return empty for anything else, and for more than 18 digits before the decimal mark.
std::optional<Decimal> parseDecimal(std::string_view text, const NumberFormat &format) noexcept;

double toDouble(const Decimal &value) noexcept;

/// The largest amount of a row, in 1/10 000: a million million units either way.
inline constexpr Money kMaxRowAmount = Money{1'000'000'000'000} * kMoneyUnit;

struct ExactMoney {
    Money amount = 0;
    bool rounded = false; ///< had more than four decimals: half away from zero
};
/// @return empty past kMaxRowAmount.
std::optional<ExactMoney> moneyFromDecimal(const Decimal &value) noexcept;
/// The exact product, rounded once. @return empty past kMaxRowAmount.
std::optional<ExactMoney> moneyFromProduct(const Decimal &quantity, const Decimal &price) noexcept;

} // namespace perennial
