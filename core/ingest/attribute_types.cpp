#include "core/ingest/attribute_types.h"

#include "core/ingest/number_evidence.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::ptrdiff_t kMostDigits = 15; // that a double holds exactly

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

bool looksLikeCode(std::string_view text)
{
    const auto first = std::ranges::find_if(text, isDigit);
    const bool leadingZero = first != text.end() && *first == '0' &&
                             std::next(first) != text.end() && isDigit(*std::next(first));
    return leadingZero || std::ranges::count_if(text, isDigit) > kMostDigits;
}

std::optional<double> numberOf(const ImportPlan &plan, std::string_view text)
{
    const auto value = parseDecimal(text, plan.numbers);
    if (!value || (!plan.numbersSettled && isAmbiguousNumber(text, plan.numbers))) {
        return std::nullopt;
    }
    return toDouble(*value);
}

/// A day, not a moment: what has a time of day stays text.
std::optional<Day> dayOfText(const ImportPlan &plan, std::string_view text)
{
    const auto at = plan.dates.parse(text);
    const bool compact = std::ranges::all_of(text, isDigit); // 20100630 is as well a number
    if (!at || *at % 86400 != 0 || text.find(':') != std::string_view::npos ||
        (compact && plan.dates.pattern().empty())) {
        return std::nullopt;
    }
    return dayOf(*at);
}

} // namespace

void AttributeTypeFinder::add(std::string_view text)
{
    m_any = true;
    m_numbers = m_numbers && !looksLikeCode(text) && numberOf(m_plan, text);
    m_dates = m_dates && dayOfText(m_plan, text);
}

AttributeType AttributeTypeFinder::type() const noexcept
{
    if (!m_any) {
        return AttributeType::Text;
    }
    return m_numbers ? AttributeType::Number : m_dates ? AttributeType::Date : AttributeType::Text;
}

std::optional<AttributeValue> attributeValue(const ImportPlan &plan, std::string_view text,
                                             AttributeType type)
{
    switch (type) {
    case AttributeType::Number:
        if (const auto number = numberOf(plan, text)) {
            return AttributeValue(*number);
        }
        return std::nullopt;
    case AttributeType::Date:
        if (const auto day = dayOfText(plan, text)) {
            return AttributeValue(*day);
        }
        return std::nullopt;
    case AttributeType::Text:
        break;
    }
    return AttributeValue(std::string(text));
}

std::optional<AttributeValue> bandedValue(const ImportPlan &plan, std::string_view text,
                                          AttributeType type, const Banding &banding)
{
    const auto value = attributeValue(plan, text, type);
    if (!value) {
        return std::nullopt;
    }
    if (const auto *number = std::get_if<double>(&*value)) {
        const auto band = banded(*number, banding);
        return band ? std::optional<AttributeValue>(*band) : std::nullopt;
    }
    if (const auto *day = std::get_if<Day>(&*value)) {
        return AttributeValue(banded(*day, banding));
    }
    return std::nullopt; // a text has no bands
}

} // namespace perennial
