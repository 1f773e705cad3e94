// Dates by any pattern, and clocks of any place.

#include "tests/fuzz/fuzz_support.h"

#include "core/ingest/time_zone.h"
#include "core/ingest/timestamp.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <iterator>

using namespace perennial;
using fuzz::require;

namespace {

constexpr std::array kMonths{"January", "February", "March",     "April",   "May",      "June",
                             "July",    "August",   "September", "October", "November", "December"};

const UtcSecond kFirst = startOf(dayFromCivil({1900, 1, 1})) - 2 * kSecondsPerDay;
const UtcSecond kLast = startOf(dayFromCivil({2201, 1, 1})) + 2 * kSecondsPerDay;

struct Clock {
    CivilDate date;
    int hour = 0, minute = 0, second = 0;
};

std::string padded(int value, int width)
{
    std::array<char, 20> text{};
    std::snprintf(text.data(), text.size(), "%0*d", width, value);
    return text.data();
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// A moment as a pattern that compiled writes it; what the pattern leaves out becomes zero.
std::string printed(const std::string &pattern, Clock &clock)
{
    std::string text;
    Clock shown{clock.date};
    bool hoursSeen = false, half = false;
    for (std::size_t at = 0; at < pattern.size();) {
        std::size_t run = 1;
        while (at + run < pattern.size() && lower(pattern[at + run]) == lower(pattern[at])) {
            ++run;
        }
        const bool minutes = run < 3 && hoursSeen;
        switch (lower(pattern[at])) {
        case 'y':
            text += padded(clock.date.year, 4);
            break;
        case 'd':
            text += padded(clock.date.day, 2);
            hoursSeen = false;
            break;
        case 'h':
            text += '\1';
            hoursSeen = true;
            shown.hour = clock.hour;
            break;
        case 's':
            text += padded(clock.second, 2);
            shown.second = clock.second;
            hoursSeen = false;
            break;
        case 'f':
            text += "25";
            hoursSeen = false;
            break;
        case 'a':
            text += clock.hour < 12 ? "AM" : "pm";
            half = true;
            hoursSeen = false;
            break;
        case 'z':
            text += "Z";
            hoursSeen = false;
            break;
        case 'm':
            if (minutes) {
                text += padded(clock.minute, 2);
                shown.minute = clock.minute;
            } else {
                text += run == 3 ? kMonths[static_cast<std::size_t>(clock.date.month) - 1]
                                 : padded(clock.date.month, 2);
            }
            hoursSeen = false;
            break;
        default:
            text += pattern[at];
            run = 1;
            break;
        }
        if (lower(pattern[at]) == 'y') {
            hoursSeen = false;
        }
        at += run;
    }
    if (const std::size_t hour = text.find('\1'); hour != text.npos) {
        const int twelve = clock.hour % 12 == 0 ? 12 : clock.hour % 12;
        text.replace(hour, 1, padded(half ? twelve : clock.hour, 2));
    } else if (half) {
        return {}; // no hour to be half of a day's
    }
    clock = shown;
    return text;
}

bool isBlank(char c)
{
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

/// Whether what a pattern writes has one reading: a fraction beside digits and a month's name
/// beside letters have no end of their own, and blanks around are no part of a text.
bool hasOneReading(const std::string &pattern)
{
    std::string small;
    std::ranges::transform(pattern, std::back_inserter(small), lower);
    const std::size_t month = small.find("mmm");
    const bool letters = month != small.npos && month + 3 < small.size() &&
                         std::string_view("atz").find(small[month + 3]) != std::string_view::npos;
    return !small.empty() && small != "iso" && !small.starts_with("unix") && !letters &&
           small.find_first_of("f\1") == small.npos && !isBlank(small.front()) &&
           !isBlank(small.back());
}

void checkPattern(const std::string &pattern, const DateFormat &format, Clock clock)
{
    if (!hasOneReading(pattern)) {
        return;
    }
    const std::string text = printed(pattern, clock);
    if (text.empty() || text.find("  ") != text.npos) {
        return;
    }
    const auto at = format.parse(text);
    const UtcSecond expected =
        startOf(dayFromCivil(clock.date)) + clock.hour * 3600 + clock.minute * 60 + clock.second;
    require(at && *at == expected, "a moment reads back as its pattern writes it");
}

void checkReading(const DateFormat &format, const std::string &text)
{
    const auto time = format.read(text);
    const auto at = format.parse(text);
    require(time.has_value() == at.has_value(), "read and parse agree");
    if (!time) {
        return;
    }
    require(time->at == *at && *at > kFirst && *at < kLast, "a time is within three centuries");
    const auto again = format.read("  " + text + "\t");
    require(again && again->at == *at && again->local == time->local,
            "blanks around do not matter");
    const auto iso = DateFormat::compile("")->read(formatTimestamp(*at));
    const CivilDate date = civilFromDay(dayOf(*at));
    require(date.year < 1900 || date.year > 2200 || (iso && iso->at == *at && !iso->local),
            "a time reads back");
}

void checkFitting(const std::vector<std::string> &texts)
{
    const auto patterns = fittingDateFormats(texts);
    for (const std::string &pattern : patterns) {
        const auto format = DateFormat::compile(pattern);
        require(format.ok(), "a fitting pattern compiles");
        require(std::ranges::any_of(
                    texts, [&](const auto &text) { return format->parse(text).has_value(); }),
                "a fitting pattern reads something");
    }
    require(patterns.empty() || !patterns.front().empty() || patterns.size() == 1,
            "ISO means one thing");
}

void checkZone(const std::string &name, std::int64_t local)
{
    const auto zone = TimeZone::named(name);
    if (!zone) {
        require(zone.error().code == ErrorCode::BadMapping, "a name that is none");
        return;
    }
    for (const std::int64_t shown : {local, local % (1'000'000 * kSecondsPerDay)}) {
        const auto moment = zone->moment(shown);
        if (moment) {
            const std::int64_t ahead = shown - moment->at;
            require(ahead >= -kSecondsPerDay && ahead <= kSecondsPerDay, "clocks are near UTC");
        }
        constexpr std::int64_t kEnds = std::int64_t{1} << 62; // no clock shows what is past them
        const bool shows = shown >= -kEnds && shown <= kEnds;
        require(name != "UTC" || !shows || (moment && moment->at == shown && !moment->twice),
                "UTC is what it shows");
    }
}

const std::vector<TimeZone> &someZones()
{
    static const std::vector<TimeZone> zones = [] {
        std::vector<TimeZone> out;
        for (const char *name : {"UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia",
                                 "Asia/Kolkata", "Africa/Casablanca", "Australia/Lord_Howe"}) {
            out.push_back(*TimeZone::named(name));
        }
        return out;
    }();
    return zones;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    fuzz::Input input(data, size);
    const auto number = static_cast<std::int64_t>(input.integer());
    const std::string pattern = input.line();
    const std::string zone = input.line();
    std::vector<std::string> texts;
    while (!input.atEnd() && texts.size() < 20) {
        texts.push_back(input.line());
    }
    const auto format = DateFormat::compile(pattern);
    const auto days =
        dayFromCivil({1900, 1, 1}) + static_cast<Day>(std::uint64_t(number) % 109'000);
    const Clock clock{civilFromDay(days), static_cast<int>((std::uint64_t(number) >> 40) % 24),
                      static_cast<int>((std::uint64_t(number) >> 32) % 60),
                      static_cast<int>((std::uint64_t(number) >> 48) % 60)};
    if (format) {
        checkPattern(pattern, *format, clock);
    }
    for (const std::string &text : texts) {
        if (format) {
            checkReading(*format, text);
        }
        checkReading(*DateFormat::compile(""), text);
    }
    checkFitting(texts);
    const TimeZone &known = someZones()[std::uint64_t(number) % someZones().size()];
    known.moment(number);
    if (!zone.empty() && number % 4 == 0) { // each name asked for lists all there are
        checkZone(zone, number);
    }
    return 0;
}
