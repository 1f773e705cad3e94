#pragma once

#include "core/base/row_amount.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// How numbers are written. Never taken from a locale.
struct NumberFormat {
    char decimalMark = '.';
    /// Empty = none allowed. " " stands for any blank that is used so (also the narrow and the
    /// unbreakable ones), "'" for the typographic apostrophe too.
    std::string thousandsMark;
    bool operator==(const NumberFormat &) const = default;
};

/// A decimal number: mantissa / 10^scale, at most 18 significant digits.
struct Decimal {
    std::int64_t mantissa = 0;
    int scale = 0;    ///< 0 to 18
    bool cut = false; ///< fraction digits past the 18th significant one were dropped
    bool operator==(const Decimal &) const = default;
};

/// A number in decimal notation: "-1234.50", ".5", "1e3". Negative by a minus in front or behind, a
/// minus sign (U+2212), or by parentheses, as accountants write it. With a thousands mark, groups
/// of exactly three, the first of which has no leading zero: "0,435" is never 435. Blanks around it
/// are allowed; hex, NaN and currency signs are not.
/// @return empty for anything else, and for more than 18 digits before the decimal mark.
std::optional<Decimal> parseDecimal(std::string_view text, const NumberFormat &format) noexcept;

/// Whether two numbers are the same, however many zeros they are written with.
bool sameValue(const Decimal &a, const Decimal &b) noexcept;

double toDouble(const Decimal &value) noexcept;

struct ExactMoney {
    Money amount = 0;
    bool rounded = false; ///< had more than four decimals: half away from zero
};
/// @return empty past kMaxRowAmount.
std::optional<ExactMoney> moneyFromDecimal(const Decimal &value) noexcept;
/// The exact product, rounded once. @return empty past kMaxRowAmount.
std::optional<ExactMoney> moneyFromProduct(const Decimal &quantity, const Decimal &price) noexcept;

} // namespace perennial
