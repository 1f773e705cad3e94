#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// A date or time as a text says it.
struct ReadTime {
    UtcSecond at = 0;
    bool local = false; ///< a time of day without an offset, `at` being as if it were UTC
};

/// How a file writes its dates: never guessed where two readings are possible.
///
/// The empty pattern reads what can mean only one thing: "2010-06-30", "2010-06-30 12:05",
/// "2010-06-30T12:05:00.25+02:00", "20100630", "20100630T120500Z". A pattern is made of yyyy, mm,
/// mmm (English month name), dd, HH, MM (minutes: an m after the hours), SS, f (fraction), a
/// (AM/PM), z (Z or an offset) and literal marks; case does not matter otherwise. One-digit days,
/// months and hours are accepted where a mark follows. "unix" and "unix_ms" count from 1970.
/// Fractions of a second are cut; a time without an offset is local somewhere (time_zone.h); a date
/// alone is its midnight in UTC, so that it stays the day it is. Years outside 1900–2200 are refused.
class DateFormat {
public:
    /// @error BadMapping, detail "date_format: PATTERN", for a pattern that isn't one.
    static Result<DateFormat> compile(const std::string &pattern);

    std::optional<ReadTime> read(std::string_view text) const noexcept;
    /// The same with local times taken as UTC.
    std::optional<UtcSecond> parse(std::string_view text) const noexcept;
    const std::string &pattern() const noexcept { return m_pattern; }

private:
    enum class Field {
        Year,
        Month,
        DayOfMonth,
        Hour,
        Minute,
        Second, // numbers
        MonthName,
        Fraction,
        HalfDay,
        Offset,
        Mark,
    };
    struct Token {
        Field field = Field::Mark;
        char mark = 0;
        bool fixedWidth = false; ///< a number without a mark between it and the next
    };
    struct Parts;

    static std::optional<Token> tokenOf(std::string_view run, Field previous) noexcept;
    static bool isComplete(const std::vector<Token> &tokens);

    std::optional<ReadTime> readPattern(std::string_view text) const noexcept;
    static bool readToken(const Token &token, std::string_view &rest, Parts &parts) noexcept;

    enum class Kind { Iso, Pattern, UnixSeconds, UnixMilliseconds };
    Kind m_kind = Kind::Iso;
    std::string m_pattern;
    std::vector<Token> m_tokens;
};

/// Usual patterns that read the most of these texts. The empty one alone where it does; more than
/// one means that the texts don't tell which: several read as many, or one that reads fewer reads
/// some that the best does not, and others as other times.
std::vector<std::string> fittingDateFormats(const std::vector<std::string> &texts);

} // namespace perennial
