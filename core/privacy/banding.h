#pragma once

#include "core/base/dates.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace perennial {

/// What becomes of an attribute that is marked personal when it is imported.
enum class PersonalPolicy { Keep, Drop, Band };
std::string_view personalPolicyName(PersonalPolicy policy) noexcept; // "keep", "drop", "band"

enum class DateBand { Month, Quarter, Year };
std::string_view dateBandName(DateBand band) noexcept; // "month", "quarter", "year"

/// The band of whole numbers that holds `value`: width 10 puts 34 and 39.5 into "30-39", −1 into
/// "-10..-1". @param width >= 1; 1 gives the whole number itself.
/// @error InvalidArgument (detail: width or value) for a width below 1 and for what is not within
/// ±2^53.
Result<std::string> banded(double value, std::int64_t width);

/// "2024-03", "2024-Q1" or "2024".
std::string banded(Day day, DateBand band);

/// A policy with what banding needs.
struct PersonalRule {
    PersonalPolicy policy = PersonalPolicy::Keep;
    std::int64_t width = 10;             ///< of numbers
    DateBand dates = DateBand::Year;     ///< of dates
    bool operator==(const PersonalRule &) const = default;
};
/// "keep", "drop", "band" (by tens, by years), "band:5", "band:quarter".
/// @error InvalidArgument, detail: the text.
Result<PersonalRule> personalRuleFromText(std::string_view text);
std::string personalRuleText(const PersonalRule &rule);

using PersonalValue = std::variant<std::string, double, Day>;
/// What of a value may be kept: nothing of a dropped one, the band's name of a banded one.
/// @error InvalidArgument for a text that is to be banded: text has no bands, drop it.
Result<std::optional<PersonalValue>> appliedRule(const PersonalRule &rule,
                                                 const PersonalValue &value);

} // namespace perennial
