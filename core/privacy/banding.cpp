#include "core/privacy/banding.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace perennial {

namespace {

constexpr double kLargest = 9007199254740992.0; // 2^53: whole numbers are exact up to here

std::optional<DateBand> dateBandFromName(std::string_view name)
{
    for (const DateBand band : {DateBand::Month, DateBand::Quarter, DateBand::Year}) {
        if (dateBandName(band) == name) {
            return band;
        }
    }
    return std::nullopt;
}

std::string yearText(int year)
{
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%04d", year);
    return text.data();
}

} // namespace

std::string_view personalPolicyName(PersonalPolicy policy) noexcept
{
    switch (policy) {
    case PersonalPolicy::Keep: return "keep";
    case PersonalPolicy::Drop: return "drop";
    case PersonalPolicy::Band: return "band";
    }
    return "drop";
}

std::string_view dateBandName(DateBand band) noexcept
{
    switch (band) {
    case DateBand::Month: return "month";
    case DateBand::Quarter: return "quarter";
    case DateBand::Year: return "year";
    }
    return "year";
}

Result<std::string> banded(double value, std::int64_t width)
{
    if (width < 1 || width > static_cast<std::int64_t>(kLargest)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(width));
    }
    if (!(std::abs(value) <= kLargest)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(value));
    }
    const auto whole = static_cast<std::int64_t>(std::floor(value));
    const std::int64_t beyond = ((whole % width) + width) % width; // also below zero
    const std::int64_t first = whole - beyond;
    if (width == 1) {
        return std::to_string(first);
    }
    // With a sign a hyphen would read as another one.
    return std::to_string(first) + (first < 0 ? ".." : "-") + std::to_string(first + width - 1);
}

std::string banded(Day day, DateBand band)
{
    const CivilDate date = civilFromDay(day);
    const std::string year = yearText(date.year);
    switch (band) {
    case DateBand::Month:
        return year + (date.month < 10 ? "-0" : "-") + std::to_string(date.month);
    case DateBand::Quarter: return year + "-Q" + std::to_string((date.month - 1) / 3 + 1);
    case DateBand::Year: return year;
    }
    return year;
}

Result<PersonalRule> personalRuleFromText(std::string_view text)
{
    const Error invalid = fail(ErrorCode::InvalidArgument, std::string(text));
    const std::size_t colon = text.find(':');
    const std::string_view name = text.substr(0, colon);
    const bool plain = colon == std::string_view::npos;
    PersonalRule rule;
    if (name == "keep" || name == "drop") {
        rule.policy = name == "keep" ? PersonalPolicy::Keep : PersonalPolicy::Drop;
        return plain ? Result<PersonalRule>(rule) : invalid;
    }
    if (name != "band") {
        return invalid;
    }
    rule.policy = PersonalPolicy::Band;
    if (plain) {
        return rule;
    }
    const std::string_view how = text.substr(colon + 1);
    if (const auto dates = dateBandFromName(how)) {
        rule.dates = *dates;
        return rule;
    }
    const auto [end, error] = std::from_chars(how.data(), how.data() + how.size(), rule.width);
    const bool whole = error == std::errc() && end == how.data() + how.size();
    return whole && rule.width >= 1 ? Result<PersonalRule>(rule) : invalid;
}

std::string personalRuleText(const PersonalRule &rule)
{
    const std::string name(personalPolicyName(rule.policy));
    const PersonalRule usual;
    if (rule.policy != PersonalPolicy::Band) {
        return name;
    }
    if (rule.width != usual.width) {
        return name + ":" + std::to_string(rule.width);
    }
    return rule.dates == usual.dates ? name : name + ":" + std::string(dateBandName(rule.dates));
}

Result<std::optional<PersonalValue>> appliedRule(const PersonalRule &rule,
                                                 const PersonalValue &value)
{
    if (rule.policy == PersonalPolicy::Keep) {
        return std::optional(value);
    }
    if (rule.policy == PersonalPolicy::Drop) {
        return std::optional<PersonalValue>();
    }
    if (const auto *day = std::get_if<Day>(&value)) {
        return std::optional<PersonalValue>(banded(*day, rule.dates));
    }
    if (const auto *number = std::get_if<double>(&value)) {
        const auto band = banded(*number, rule.width);
        return band ? Result<std::optional<PersonalValue>>(PersonalValue(*band)) : band.error();
    }
    return fail(ErrorCode::InvalidArgument, std::get<std::string>(value));
}

} // namespace perennial
