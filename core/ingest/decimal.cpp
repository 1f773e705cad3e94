#include "core/ingest/decimal.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

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

/// A thousands mark at the beginning of a text, in any of the ways it is written.
/// @return its bytes, 0 where there is none.
std::size_t thousandsAt(std::string_view text, const std::string &mark) noexcept
{
    static constexpr std::array<std::string_view, 4> kBlanks{" ", "\u00A0", "\u202F", "\u2009"};
    static constexpr std::array<std::string_view, 2> kApostrophes{"'", "\u2019"};
    const auto among = [text](const auto &marks) {
        for (const std::string_view one : marks) {
            if (text.starts_with(one)) {
                return one.size();
            }
        }
        return std::size_t{0};
    };
    if (mark == " ") {
        return among(kBlanks);
    }
    if (mark == "'") {
        return among(kApostrophes);
    }
    return !mark.empty() && text.starts_with(mark) ? mark.size() : 0;
}

/// The whole part from `at` on. @return the position after it, or npos where it is malformed.
std::size_t readWhole(std::string_view text, std::size_t at, const std::string &mark,
                      Digits &digits) noexcept
{
    const std::size_t start = at;
    bool grouped = false;
    int inGroup = 0;
    while (at < text.size()) {
        if (isDigit(text[at])) {
            if (!digits.addWhole(text[at])) {
                return std::string_view::npos;
            }
            ++inGroup;
            ++at;
        } else if (const std::size_t size = thousandsAt(text.substr(at), mark); size > 0) {
            const bool wrong = grouped ? inGroup != 3 : inGroup < 1 || inGroup > 3;
            if (wrong || text[start] == '0') {
                return std::string_view::npos;
            }
            grouped = true;
            inGroup = 0;
            at += size;
        } else {
            break;
        }
    }
    return grouped && inGroup != 3 ? std::string_view::npos : at;
}

/// Takes the sign off. @return whether it makes the number negative.
bool readSign(std::string_view &text) noexcept
{
    static constexpr std::string_view kMinus = "\u2212";
    if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
        text = trimmed(text.substr(1, text.size() - 2)); // a sign in it is no digit
        return true;
    }
    if (text.starts_with(kMinus)) {
        text.remove_prefix(kMinus.size());
        return true;
    }
    if (text.starts_with('-') || text.starts_with('+')) {
        const bool negative = text.front() == '-';
        text.remove_prefix(1);
        return negative;
    }
    if (text.ends_with('-')) {
        text.remove_suffix(1);
        return true;
    }
    return false;
}

/// "e3", "E-2" and nothing after it. @return empty for anything else; 0 for no exponent.
std::optional<int> readExponent(std::string_view text) noexcept
{
    if (text.empty()) {
        return 0;
    }
    if (text.front() != 'e' && text.front() != 'E') {
        return std::nullopt;
    }
    text.remove_prefix(1);
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+')) {
        text.remove_prefix(1);
    }
    if (text.empty() || text.size() > 3 || !std::ranges::all_of(text, isDigit)) {
        return std::nullopt;
    }
    int value = 0;
    for (const char c : text) {
        value = value * 10 + (c - '0');
    }
    return negative ? -value : value;
}

/// value × 10^exponent. @return empty where it takes more than 18 digits before the point.
std::optional<Decimal> shifted(Decimal value, int exponent) noexcept
{
    constexpr std::int64_t kLimit = 1'000'000'000'000'000'000; // 10^18
    if (value.mantissa == 0) {
        return Decimal{0, 0, value.cut};
    }
    int scale = value.scale - exponent;
    for (; scale < 0; ++scale) {
        if (value.mantissa >= kLimit / 10) {
            return std::nullopt;
        }
        value.mantissa *= 10;
    }
    for (; scale > kMaxDigits; --scale) {
        value.cut = value.cut || value.mantissa % 10 != 0;
        value.mantissa /= 10;
    }
    value.scale = scale;
    return value;
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
    const bool negative = readSign(text);
    Digits digits;
    std::size_t at = readWhole(text, 0, format.thousandsMark, digits);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    bool any = at > 0;
    if (at < text.size() && text[at] == format.decimalMark) {
        for (++at; at < text.size() && isDigit(text[at]); ++at) {
            digits.addFraction(text[at]);
            any = true;
        }
    }
    const auto exponent = readExponent(text.substr(at));
    if (!any || !exponent) {
        return std::nullopt;
    }
    auto value = *exponent == 0 ? std::optional(digits.value) : shifted(digits.value, *exponent);
    if (value && negative) {
        value->mantissa = -value->mantissa;
    }
    return value;
}

bool sameValue(const Decimal &a, const Decimal &b) noexcept
{
    const auto brought = [](const Decimal &value, int scale) {
        Wide wide = value.mantissa;
        for (int k = value.scale; k < scale; ++k) {
            wide *= 10;
        }
        return wide;
    };
    const int scale = std::max(a.scale, b.scale);
    return brought(a, scale) == brought(b, scale);
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
