#include "core/base/dates.h"

#include <array>
#include <charconv>
#include <cstdio>
#include <limits>

namespace perennial {

Day dayFromCivil(CivilDate date) noexcept
{
    const int y = date.month <= 2 ? date.year - 1 : date.year;
    const int era = (y >= 0 ? y : y - 399) / 400;
    const int yoe = y - era * 400;
    const int doy = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
    const int doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + doe - 719468;
}

CivilDate civilFromDay(Day day) noexcept
{
    const std::int64_t z = std::int64_t{day} + 719468;
    const auto era = static_cast<int>((z >= 0 ? z : z - 146096) / 146097);
    const auto doe = static_cast<int>(z - std::int64_t{era} * 146097);
    const int yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int mp = (5 * doy + 2) / 153;
    const int month = mp < 10 ? mp + 3 : mp - 9;
    return {yoe + era * 400 + (month <= 2 ? 1 : 0), month, doy - (153 * mp + 2) / 5 + 1};
}

bool isValidDate(CivilDate date) noexcept
{
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12 || date.day < 1) {
        return false;
    }
    static constexpr std::array kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (date.year % 4 == 0 && date.year % 100 != 0) || date.year % 400 == 0;
    const int last = date.month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(date.month - 1)];
    return date.day <= last;
}

namespace {

std::optional<int> digits(std::string_view text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty() ||
        text.front() == '-') {
        return std::nullopt;
    }
    return value;
}

} // namespace

Result<Day> parseIsoDate(std::string_view text)
{
    if (text.size() == 10 && text[4] == '-' && text[7] == '-') {
        const auto y = digits(text.substr(0, 4));
        const auto m = digits(text.substr(5, 2));
        const auto d = digits(text.substr(8, 2));
        if (y && m && d && isValidDate({*y, *m, *d})) {
            return dayFromCivil({*y, *m, *d});
        }
    }
    return fail(ErrorCode::InvalidArgument, std::string(text), "date");
}

std::string formatDate(Day day)
{
    const CivilDate c = civilFromDay(day);
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%04d-%02d-%02d", c.year, c.month, c.day);
    return buffer.data();
}

std::string formatTimestamp(UtcSecond at)
{
    const Day day = dayOf(at);
    const auto rest = static_cast<int>(at - startOf(day));
    std::array<char, 40> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "T%02d:%02d:%02dZ", rest / 3600, rest / 60 % 60,
                  rest % 60);
    return formatDate(day) + buffer.data();
}

Result<int> parseHorizon(std::string_view text)
{
    std::string_view number = text;
    double days = 1.0;
    if (!text.empty()) {
        const char unit = text.back();
        if (unit < '0' || unit > '9') {
            number.remove_suffix(1);
            switch (unit) {
            case 'd': days = 1.0; break;
            case 'w': days = 7.0; break;
            case 'm': days = 365.0 / 12.0; break;
            case 'y': days = 365.0; break;
            default: return fail(ErrorCode::InvalidArgument, std::string(text), "horizon");
            }
        }
    }
    int count = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), count);
    if (error != std::errc{} || end != number.data() + number.size() || number.empty()) {
        return fail(ErrorCode::InvalidArgument, std::string(text), "horizon");
    }
    if (count <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::string(text), "horizon");
    }
    const double total = count * days;
    // A horizon past a century is a typing error, and would overflow day arithmetic.
    if (total > 36525.0) {
        return fail(ErrorCode::InvalidArgument, std::string(text), "horizon");
    }
    return static_cast<int>(total + 0.5);
}

double daysPer(Period period) noexcept
{
    switch (period) {
    case Period::Day: return 1.0;
    case Period::Week: return 7.0;
    case Period::Month: return 365.25 / 12.0;
    }
    return 1.0;
}

std::string_view periodName(Period period) noexcept
{
    switch (period) {
    case Period::Day: return "day";
    case Period::Week: return "week";
    case Period::Month: return "month";
    }
    return "day";
}

std::optional<Period> periodFromName(std::string_view name) noexcept
{
    for (const Period p : {Period::Day, Period::Week, Period::Month}) {
        if (periodName(p) == name) {
            return p;
        }
    }
    return std::nullopt;
}

Day daysAfter(Day day, std::int64_t days) noexcept
{
    constexpr std::int64_t last = std::numeric_limits<Day>::max();
    return static_cast<Day>(days > last - day ? last : day + days);
}

Day periodStart(Day day, Period period) noexcept
{
    switch (period) {
    case Period::Day: return day;
    case Period::Week: {
        const int monday = (day + 3) % 7; // 1970-01-01 was a Thursday
        return day - (monday < 0 ? monday + 7 : monday);
    }
    case Period::Month: {
        const CivilDate c = civilFromDay(day);
        return dayFromCivil({c.year, c.month, 1});
    }
    }
    return day;
}

Day nextPeriodStart(Day start, Period period) noexcept
{
    switch (period) {
    case Period::Day: return start + 1;
    case Period::Week: return start + 7;
    case Period::Month: {
        CivilDate c = civilFromDay(start);
        c.year += c.month == 12 ? 1 : 0;
        c.month = c.month == 12 ? 1 : c.month + 1;
        return dayFromCivil({c.year, c.month, 1});
    }
    }
    return start + 1;
}

} // namespace perennial
