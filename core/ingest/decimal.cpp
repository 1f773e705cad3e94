#include "core/ingest/decimal.h"

#include "core/base/text.h"

#include <array>
#include <cmath>

namespace perennial {

namespace {

__extension__ using Wide = __int128;

constexpr int kMaxDigits = 18;
constexpr int kMoneyScale = 4;

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// Digits as they come: leading zeros count for nothing, a fraction is cut where it is too long.
struct Digits {
    Decimal value;
    int significant = 0;

    bool addWhole(char c) noexcept
    {
        if (significant == kMaxDigits) {
            return false;
        }
        value.mantissa = value.mantissa * 10 + (c - '0');
        significant += significant > 0 || c != '0' ? 1 : 0;
        return true;
    }

    void addFraction(char c) noexcept
    {
        if (significant == kMaxDigits || value.scale == kMaxDigits) {
            value.cut = value.cut || c != '0';
            return;
        }
        value.mantissa = value.mantissa * 10 + (c - '0');
        ++value.scale;
        significant += significant > 0 || c != '0' ? 1 : 0;
    }
};

/// The whole part from `at` on. @return the position after it, or npos where it is malformed.
std::size_t readWhole(std::string_view text, std::size_t at, const std::string &mark,
                      Digits &digits) noexcept
{
    bool grouped = false;
    int inGroup = 0;
    while (at < text.size()) {
        if (isDigit(text[at])) {
            if (!digits.addWhole(text[at])) {
                return std::string_view::npos;
            }
            ++inGroup;
            ++at;
        } else if (!mark.empty() && text.compare(at, mark.size(), mark) == 0) {
            if (grouped ? inGroup != 3 : (inGroup < 1 || inGroup > 3)) {
                return std::string_view::npos;
            }
            grouped = true;
            inGroup = 0;
            at += mark.size();
        } else {
            break;
        }
    }
    return grouped && inGroup != 3 ? std::string_view::npos : at;
}

/// value / 10^scale as money, half away from zero.
std::optional<ExactMoney> scaled(Wide value, int scale) noexcept
{
    const bool negative = value < 0;
    Wide magnitude = negative ? -value : value;
    bool rounded = false;
    for (; scale < kMoneyScale && magnitude <= kMaxRowAmount; ++scale) {
        magnitude *= 10;
    }
    if (scale > kMoneyScale) {
        Wide divisor = 1;
        for (; scale > kMoneyScale; --scale) {
            divisor *= 10;
        }
        const Wide rest = magnitude % divisor;
        magnitude = magnitude / divisor + (rest * 2 >= divisor ? 1 : 0);
        rounded = rest != 0;
    }
    if (magnitude > kMaxRowAmount) {
        return std::nullopt;
    }
    const auto amount = static_cast<Money>(magnitude);
    return ExactMoney{negative ? -amount : amount, rounded};
}

} // namespace

std::optional<Decimal> parseDecimal(std::string_view text, const NumberFormat &format) noexcept
{
    text = trimmed(text);
    if (text.empty()) {
        return std::nullopt;
    }
    const bool negative = text.front() == '-';
    const std::size_t start = negative || text.front() == '+' ? 1 : 0;
    Digits digits;
    std::size_t at = readWhole(text, start, format.thousandsMark, digits);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    bool any = at > start;
    if (at < text.size() && text[at] == format.decimalMark) {
        for (++at; at < text.size() && isDigit(text[at]); ++at) {
            digits.addFraction(text[at]);
            any = true;
        }
    }
    if (!any || at != text.size()) {
        return std::nullopt;
    }
    if (negative) {
        digits.value.mantissa = -digits.value.mantissa;
    }
    return digits.value;
}

double toDouble(const Decimal &value) noexcept
{
    static constexpr std::array<double, kMaxDigits + 1> kPowers{
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8, 1e9,
        1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18};
    return static_cast<double>(value.mantissa) / kPowers[static_cast<std::size_t>(value.scale)];
}

std::optional<ExactMoney> moneyFromDecimal(const Decimal &value) noexcept
{
    auto money = scaled(value.mantissa, value.scale);
    if (money) {
        money->rounded = money->rounded || value.cut;
    }
    return money;
}

std::optional<ExactMoney> moneyFromProduct(const Decimal &quantity, const Decimal &price) noexcept
{
    auto money = scaled(Wide{quantity.mantissa} * price.mantissa, quantity.scale + price.scale);
    if (money) {
        money->rounded = money->rounded || quantity.cut || price.cut;
    }
    return money;
}

} // namespace perennial
