// Numbers in any notation.

#include "tests/fuzz/fuzz_support.h"

#include "core/base/text.h"
#include "core/ingest/number_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>

using namespace perennial;
using fuzz::require;

namespace {

constexpr std::int64_t kLimit = 1'000'000'000'000'000'000; // 10^18

NumberFormat chosenFormat(fuzz::Input &input)
{
    static const std::vector<std::string> kMarks{"",  ",",      ".",      " ",      "'",
                                                 "_", "\u00A0", "\u202F", "\u2009", "\u2019"};
    NumberFormat format;
    format.decimalMark = input.flag() ? '.' : ',';
    format.thousandsMark = kMarks[input.below(kMarks.size())];
    if (format.thousandsMark == std::string(1, format.decimalMark)) {
        format.thousandsMark.clear();
    }
    return format;
}

/// A value's digits, plainly.
std::string printed(const Decimal &value, const NumberFormat &format, bool grouped)
{
    std::string digits = std::to_string(std::abs(value.mantissa));
    const auto scale = static_cast<std::size_t>(value.scale);
    if (digits.size() <= scale) {
        digits.insert(0, scale + 1 - digits.size(), '0');
    }
    const std::string whole = digits.substr(0, digits.size() - scale);
    std::string text = value.mantissa < 0 ? "-" : "";
    for (std::size_t k = 0; k < whole.size(); ++k) {
        if (grouped && k > 0 && (whole.size() - k) % 3 == 0) {
            text += format.thousandsMark;
        }
        text += whole[k];
    }
    return scale == 0 ? text : text + format.decimalMark + digits.substr(digits.size() - scale);
}

void checkSign(std::string_view text, const Decimal &value, const NumberFormat &format)
{
    const std::string_view bare = trimmed(text);
    const bool digitFirst = bare.front() >= '0' && bare.front() <= '9';
    if (!digitFirst || bare.ends_with('-')) {
        return;
    }
    Decimal negative = value;
    negative.mantissa = -negative.mantissa;
    for (const std::string &signedText : {"-" + std::string(bare), "(" + std::string(bare) + ")",
                                          "\u2212" + std::string(bare), std::string(bare) + "-"}) {
        const auto read = parseDecimal(signedText, format);
        require(read && *read == negative, "a sign only turns the number around");
    }
}

void checkMoney(const Decimal &value)
{
    const auto money = moneyFromDecimal(value);
    require(std::isfinite(toDouble(value)), "a number is finite");
    if (!money) {
        require(std::abs(toDouble(value)) > 0.999e12, "only large amounts are refused");
        return;
    }
    require(std::abs(money->amount) <= kMaxRowAmount, "an amount is within its limit");
    require(std::abs(toUnits(money->amount) - toDouble(value)) <=
                0.5001e-4 + std::abs(toDouble(value)) * 1e-12,
            "an amount is the number to half of its last digit");
    const auto back = parseDecimal(formatMoney(money->amount), {});
    require(back && moneyFromDecimal(*back)->amount == money->amount, "an amount reads back");
    const auto once = moneyFromProduct(value, Decimal{1, 0, false});
    require(once && once->amount == money->amount && once->rounded == money->rounded,
            "once a price is the price");
}

void checkProduct(const Decimal &a, const Decimal &b)
{
    const auto one = moneyFromProduct(a, b);
    const auto other = moneyFromProduct(b, a);
    require(one.has_value() == other.has_value() && (!one || one->amount == other->amount),
            "a product does not depend on its order");
    const double product = toDouble(a) * toDouble(b);
    require(!one || std::abs(toUnits(one->amount) - product) <= 1e-4 + std::abs(product) * 1e-12,
            "a product is the product");
    require(one || std::abs(product) > 0.999e12, "only large products are refused");
}

std::optional<Decimal> checkNumber(std::string_view text, const NumberFormat &format)
{
    const auto value = parseDecimal(text, format);
    if (!value) {
        return std::nullopt;
    }
    require(value->scale >= 0 && value->scale <= 18, "a scale is 0 to 18");
    require(std::abs(value->mantissa) < kLimit, "a number has at most 18 digits");
    for (const bool grouped : {false, true}) {
        const auto back = parseDecimal(printed(*value, format, grouped), format);
        require(back && sameValue(*back, *value), "a number reads back as it is printed");
    }
    checkSign(text, *value, format);
    checkMoney(*value);
    return value;
}

void checkEvidence(std::vector<std::string> texts)
{
    const NumberEvidence evidence = numberEvidence(texts);
    std::ranges::reverse(texts);
    const NumberEvidence reversed = numberEvidence(texts);
    require(reversed.format == evidence.format && reversed.settled == evidence.settled &&
                reversed.ambiguous.empty() == evidence.ambiguous.empty(),
            "evidence does not depend on the order of texts");
    const bool ambiguous = !evidence.ambiguous.empty();
    require(!ambiguous || std::ranges::any_of(texts,
                                              [&](const std::string &text) {
                                                  return trimmed(text) == evidence.ambiguous;
                                              }),
            "what is ambiguous is one of the texts");
    require(!(ambiguous && evidence.settled) ||
                !isAmbiguousNumber(evidence.ambiguous, evidence.format),
            "what reads by point and by comma does not settle the mark");
    const auto reads = [](const std::string &text, char mark) {
        return std::ranges::any_of(std::array{"", ",", ".", " ", "'"}, [&](const char *thousands) {
            return *thousands != mark && parseDecimal(text, {mark, thousands}).has_value();
        });
    };
    const char other = evidence.format.decimalMark == '.' ? ',' : '.';
    for (const std::string &text : texts) {
        require(!evidence.settled || !reads(text, other) ||
                    reads(text, evidence.format.decimalMark),
                "a settled mark is contradicted by none of the texts");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const NumberFormat format = chosenFormat(input);
    std::vector<std::string> texts;
    std::optional<Decimal> previous;
    while (!input.atEnd() && texts.size() < 50) {
        texts.push_back(input.line());
        // Any byte may be asked for as a mark; the text must still not break it.
        parseDecimal(texts.back(), {static_cast<char>(data[0]), texts.front()});
        const auto value = checkNumber(texts.back(), format);
        if (value && previous) {
            checkProduct(*value, *previous);
        }
        previous = value ? value : previous;
    }
    checkEvidence(texts);
    return 0;
}
