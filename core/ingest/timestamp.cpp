#include "core/ingest/timestamp.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2200;
constexpr std::array<std::string_view, 12> kMonths{"january",   "february", "march",    "april",
                                                   "may",       "june",     "july",     "august",
                                                   "september", "october",  "november", "december"};

bool isDigit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

/// Takes between `least` and `most` digits. @return -1 where there are fewer.
int takeNumber(std::string_view &rest, std::size_t least, std::size_t most) noexcept
{
    int value = 0;
    std::size_t count = 0;
    while (count < most && count < rest.size() && isDigit(rest[count])) {
        value = value * 10 + (rest[count] - '0');
        ++count;
    }
    if (count < least) {
        return -1;
    }
    rest.remove_prefix(count);
    return value;
}

bool takeMark(std::string_view &rest, char mark) noexcept
{
    if (rest.empty() || rest.front() != mark) {
        return false;
    }
    rest.remove_prefix(1);
    return true;
}

void takeDigits(std::string_view &rest) noexcept
{
    while (!rest.empty() && isDigit(rest.front())) {
        rest.remove_prefix(1);
    }
}

/// "Z", "+02", "+02:00" or "+0200" as seconds east of UTC.
std::optional<int> takeOffset(std::string_view &rest) noexcept
{
    if (takeMark(rest, 'Z') || takeMark(rest, 'z')) {
        return 0;
    }
    if (rest.empty() || (rest.front() != '+' && rest.front() != '-')) {
        return std::nullopt;
    }
    const int sign = rest.front() == '-' ? -1 : 1;
    rest.remove_prefix(1);
    const int hours = takeNumber(rest, 2, 2);
    int minutes = 0;
    if (takeMark(rest, ':') || (!rest.empty() && isDigit(rest.front()))) {
        minutes = takeNumber(rest, 2, 2);
    }
    if (hours < 0 || hours > 15 || minutes < 0 || minutes > 59) {
        return std::nullopt;
    }
    return sign * (hours * 3600 + minutes * 60);
}

char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::size_t runLength(std::string_view text) noexcept
{
    std::size_t run = 1;
    while (run < text.size() && lower(text[run]) == lower(text.front())) {
        ++run;
    }
    return run;
}

/// An English month by its whole name or its beginning ("Sep", "Sept"), but not by a word that only
/// begins so ("Marble"). @return 0 where it is none.
int takeMonthName(std::string_view &rest) noexcept
{
    std::array<char, 9> word{};
    std::size_t letters = 0;
    while (letters < rest.size() && lower(rest[letters]) >= 'a' && lower(rest[letters]) <= 'z') {
        if (letters == word.size()) {
            return 0;
        }
        word[letters] = lower(rest[letters]);
        ++letters;
    }
    const std::string_view name(word.data(), letters);
    const auto found = std::ranges::find_if(
        kMonths, [name](std::string_view month) { return month.starts_with(name); });
    if (letters < 3 || found == kMonths.end()) {
        return 0;
    }
    rest.remove_prefix(letters);
    return static_cast<int>(found - kMonths.begin()) + 1;
}

} // namespace

struct DateFormat::Parts {
    CivilDate date{0, 0, 0};
    int hour = 0, minute = 0, second = 0, offset = 0;
    int halfDay = -1; ///< 0 AM, 1 PM
    bool timed = false, zoned = false;

    std::optional<UtcSecond> seconds() const noexcept
    {
        int hours = hour;
        if (halfDay >= 0) {
            if (hour < 1 || hour > 12) {
                return std::nullopt;
            }
            hours = hour % 12 + 12 * halfDay;
        }
        if (date.year < kFirstYear || date.year > kLastYear || !isValidDate(date) || hours < 0 ||
            hours > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
            return std::nullopt;
        }
        return startOf(dayFromCivil(date)) + hours * 3600 + minute * 60 + second - offset;
    }

    std::optional<ReadTime> time() const noexcept
    {
        const auto at = seconds();
        return at ? std::optional(ReadTime{*at, timed && !zoned}) : std::nullopt;
    }
};

namespace {

/// Four-digit year, month and day, with dashes or without. @return false where it is none.
bool takeIsoDate(std::string_view &rest, CivilDate &date) noexcept
{
    date.year = takeNumber(rest, 4, 4);
    const bool dashes = takeMark(rest, '-');
    date.month = takeNumber(rest, 2, 2);
    if (dashes && !takeMark(rest, '-')) {
        return false;
    }
    date.day = takeNumber(rest, 2, 2);
    return date.year > 0 && date.month > 0 && date.day > 0;
}

/// "12:05", "12:05:00.25" or "120500". @return false where it is none.
bool takeIsoTime(std::string_view &rest, int &hour, int &minute, int &second) noexcept
{
    hour = takeNumber(rest, 2, 2);
    const bool colons = takeMark(rest, ':');
    minute = takeNumber(rest, 2, 2);
    if (hour < 0 || minute < 0) {
        return false;
    }
    const bool more = colons ? takeMark(rest, ':') : !rest.empty() && isDigit(rest.front());
    if (more) {
        second = takeNumber(rest, 2, 2);
        if (second < 0) {
            return false;
        }
        if (takeMark(rest, '.') || takeMark(rest, ',')) {
            if (rest.empty() || !isDigit(rest.front())) {
                return false;
            }
            takeDigits(rest);
        }
    }
    return true;
}

std::optional<UtcSecond> parseUnix(std::string_view text, std::int64_t perSecond) noexcept
{
    const bool negative = takeMark(text, '-');
    if (text.empty() || text.size() > 16 || !std::ranges::all_of(text, isDigit)) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (const char c : text) {
        value = value * 10 + (c - '0');
    }
    value = negative ? -value : value;
    const UtcSecond at = value / perSecond - (value % perSecond < 0 ? 1 : 0);
    static const UtcSecond first = startOf(dayFromCivil({kFirstYear, 1, 1}));
    static const UtcSecond last = startOf(dayFromCivil({kLastYear + 1, 1, 1})) - 1;
    return at < first || at > last ? std::nullopt : std::optional(at);
}

} // namespace

Result<DateFormat> DateFormat::compile(const std::string &pattern)
{
    DateFormat format;
    format.m_pattern = pattern;
    if (pattern.empty() || pattern == "iso") {
        return format;
    }
    if (pattern == "unix" || pattern == "unix_ms") {
        format.m_kind = pattern == "unix" ? Kind::UnixSeconds : Kind::UnixMilliseconds;
        return format;
    }
    format.m_kind = Kind::Pattern;
    Field previous = Field::Mark; // the last field that is no mark
    for (std::string_view rest = pattern; !rest.empty();) {
        const std::string_view run = rest.substr(0, runLength(rest));
        const auto token = tokenOf(run, previous);
        if (!token) {
            return fail(ErrorCode::BadMapping, "date_format: " + pattern);
        }
        previous = token->field == Field::Mark ? previous : token->field;
        format.m_tokens.push_back(*token);
        rest.remove_prefix(token->field == Field::Mark ? 1 : run.size());
    }
    if (!isComplete(format.m_tokens)) {
        return fail(ErrorCode::BadMapping, "date_format: " + pattern);
    }
    const auto isNumber = [&](std::size_t k) {
        return k < format.m_tokens.size() && format.m_tokens[k].field <= Field::Second;
    };
    for (std::size_t k = 0; k < format.m_tokens.size(); ++k) {
        format.m_tokens[k].fixedWidth = isNumber(k + 1) || (k > 0 && isNumber(k - 1));
    }
    return format;
}

std::optional<DateFormat::Token> DateFormat::tokenOf(std::string_view run, Field previous) noexcept
{
    const char letter = lower(run.front());
    const auto only = [&run](Field field, std::size_t least, std::size_t most) {
        return run.size() >= least && run.size() <= most ? std::optional(Token{field})
                                                         : std::nullopt;
    };
    switch (letter) {
    case 'y':
        return only(Field::Year, 4, 4);
    case 'd':
        return only(Field::DayOfMonth, 1, 2);
    case 'h':
        return only(Field::Hour, 1, 2);
    case 's':
        return only(Field::Second, 1, 2);
    case 'f':
        return only(Field::Fraction, 1, 9);
    case 'a':
        return only(Field::HalfDay, 1, 1);
    case 'z':
        return only(Field::Offset, 1, 1);
    case 'm':
        return run.size() == 3           ? only(Field::MonthName, 3, 3)
               : previous == Field::Hour ? only(Field::Minute, 1, 2)
                                         : only(Field::Month, 1, 2);
    default:
        break;
    }
    if ((letter >= 'a' && letter <= 'z' && letter != 't') || isDigit(letter)) {
        return std::nullopt;
    }
    return Token{Field::Mark, run.front()};
}

bool DateFormat::isComplete(const std::vector<Token> &tokens)
{
    std::array<int, 11> seen{};
    for (const Token &token : tokens) {
        ++seen[static_cast<std::size_t>(token.field)];
    }
    const auto count = [&seen](Field field) { return seen[static_cast<std::size_t>(field)]; };
    const bool twice = std::any_of(seen.begin(), seen.end() - 1, [](int n) { return n > 1; });
    return !twice && count(Field::Year) == 1 && count(Field::DayOfMonth) == 1 &&
           count(Field::Month) + count(Field::MonthName) == 1;
}

bool DateFormat::readToken(const Token &token, std::string_view &rest, Parts &parts) noexcept
{
    const std::size_t least = token.fixedWidth ? 2 : 1;
    switch (token.field) {
    case Field::Year:
        return (parts.date.year = takeNumber(rest, 4, 4)) > 0;
    case Field::Month:
        return (parts.date.month = takeNumber(rest, least, 2)) > 0;
    case Field::MonthName:
        return (parts.date.month = takeMonthName(rest)) > 0;
    case Field::DayOfMonth:
        return (parts.date.day = takeNumber(rest, least, 2)) > 0;
    case Field::Hour:
        parts.timed = true;
        return (parts.hour = takeNumber(rest, least, 2)) >= 0;
    case Field::Minute:
        return (parts.minute = takeNumber(rest, 2, 2)) >= 0;
    case Field::Second:
        return (parts.second = takeNumber(rest, 2, 2)) >= 0;
    case Field::Fraction:
        if (rest.empty() || !isDigit(rest.front())) {
            return false;
        }
        takeDigits(rest);
        return true;
    case Field::HalfDay:
        if (rest.size() < 2 || lower(rest[1]) != 'm' ||
            (lower(rest[0]) != 'a' && lower(rest[0]) != 'p')) {
            return false;
        }
        parts.halfDay = lower(rest[0]) == 'p' ? 1 : 0;
        rest.remove_prefix(2);
        return true;
    case Field::Offset: {
        const auto offset = takeOffset(rest);
        parts.offset = offset.value_or(0);
        parts.zoned = true;
        return offset.has_value();
    }
    case Field::Mark:
        break;
    }
    if (!takeMark(rest, token.mark)) {
        return false;
    }
    while (token.mark == ' ' && takeMark(rest, ' ')) {
    }
    return true;
}

std::optional<ReadTime> DateFormat::readPattern(std::string_view text) const noexcept
{
    Parts parts;
    for (const Token &token : m_tokens) {
        if (!readToken(token, text, parts)) {
            return std::nullopt;
        }
    }
    return text.empty() ? parts.time() : std::nullopt;
}

std::optional<UtcSecond> DateFormat::parse(std::string_view text) const noexcept
{
    const auto time = read(text);
    return time ? std::optional(time->at) : std::nullopt;
}

std::optional<ReadTime> DateFormat::read(std::string_view text) const noexcept
{
    text = trimmed(text);
    if (m_kind == Kind::Pattern) {
        return readPattern(text);
    }
    if (m_kind != Kind::Iso) {
        const auto at = parseUnix(text, m_kind == Kind::UnixSeconds ? 1 : 1000);
        return at ? std::optional(ReadTime{*at, false}) : std::nullopt;
    }
    Parts parts;
    if (!takeIsoDate(text, parts.date)) {
        return std::nullopt;
    }
    if (takeMark(text, 'T') || takeMark(text, 't') || takeMark(text, ' ')) {
        parts.timed = true;
        if (!takeIsoTime(text, parts.hour, parts.minute, parts.second)) {
            return std::nullopt;
        }
        takeMark(text, ' ');
        if (text == "UTC") {
            text = "Z";
        }
        if (!text.empty()) {
            const auto offset = takeOffset(text);
            if (!offset) {
                return std::nullopt;
            }
            parts.offset = *offset;
            parts.zoned = true;
        }
    }
    return text.empty() ? parts.time() : std::nullopt;
}

} // namespace perennial
