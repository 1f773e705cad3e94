#include "core/ingest/time_zone.h"

#include <unicode/ucal.h>
#include <unicode/uenum.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>
#include <type_traits>

namespace perennial {

namespace {

struct CloseCalendar {
    void operator()(UCalendar *calendar) const noexcept { ucal_close(calendar); }
};
struct CloseNames {
    void operator()(UEnumeration *names) const noexcept { uenum_close(names); }
};
using Calendar = std::unique_ptr<UCalendar, CloseCalendar>;
using Names = std::unique_ptr<UEnumeration, CloseNames>;

constexpr double kMilliseconds = 1000.0;
constexpr std::size_t kMostChanges = 2000; // a zone has a few hundred; a broken one must end

/// ICU takes any text for a zone; only the names it lists are some.
bool isListed(const std::string &name)
{
    const std::vector<std::string> names = timeZoneNames();
    return std::ranges::find(names, name) != names.end();
}

Calendar openCalendar(const std::string &name)
{
    const std::u16string id(name.begin(), name.end()); // ASCII, as it is listed
    UErrorCode status = U_ZERO_ERROR;
    Calendar calendar(ucal_open(reinterpret_cast<const UChar *>(id.data()),
                                static_cast<int32_t>(id.size()), "en", UCAL_GREGORIAN, &status));
    return U_SUCCESS(status) ? std::move(calendar) : nullptr;
}

int offsetAt(UCalendar *calendar, double millis, UErrorCode &status)
{
    ucal_setMillis(calendar, millis, &status);
    const int offset = ucal_get(calendar, UCAL_ZONE_OFFSET, &status) +
                       ucal_get(calendar, UCAL_DST_OFFSET, &status);
    return offset / 1000;
}

} // namespace

Result<TimeZone> TimeZone::named(const std::string &name)
{
    const Calendar calendar = isListed(name) ? openCalendar(name) : nullptr;
    if (!calendar) {
        return fail(ErrorCode::BadMapping, "time_zone: " + name);
    }
    static const double first = static_cast<double>(startOf(dayFromCivil({1899, 1, 1})));
    static const double last = static_cast<double>(startOf(dayFromCivil({2202, 1, 1})));
    TimeZone zone;
    UErrorCode status = U_ZERO_ERROR;
    const int before = offsetAt(calendar.get(), first * kMilliseconds, status);
    zone.m_periods.push_back({std::numeric_limits<UtcSecond>::min(), before});
    double at = first * kMilliseconds;
    ucal_setMillis(calendar.get(), at, &status);
    while (U_SUCCESS(status) && zone.m_periods.size() < kMostChanges &&
           ucal_getTimeZoneTransitionDate(calendar.get(), UCAL_TZ_TRANSITION_NEXT, &at, &status) &&
           at < last * kMilliseconds) {
        const int offset = offsetAt(calendar.get(), at, status);
        zone.m_periods.push_back({static_cast<UtcSecond>(at / kMilliseconds), offset});
    }
    if (U_FAILURE(status)) {
        return fail(ErrorCode::BadMapping, "time_zone: " + name);
    }
    return zone;
}

std::optional<TimeZone::Moment> TimeZone::moment(std::int64_t local) const noexcept
{
    // A clock's period in its own time; a day's reach to either side covers every offset.
    constexpr std::int64_t kReach = 2 * 86400;
    constexpr std::int64_t kEnds = std::int64_t{1} << 62; // past all time
    if (local < -kEnds || local > kEnds) {
        return std::nullopt;
    }
    auto period = std::ranges::upper_bound(m_periods, local - kReach, {}, &Period::from);
    period = period == m_periods.begin() ? period : std::prev(period);
    std::optional<Moment> found;
    for (; period != m_periods.end() && period->from <= local + kReach; ++period) {
        const UtcSecond at = local - period->offset;
        const bool last = std::next(period) == m_periods.end();
        if (at < period->from || (!last && at >= std::next(period)->from)) {
            continue;
        }
        if (found) {
            found->twice = true;
        } else {
            found = Moment{at, false};
        }
    }
    return found;
}

std::vector<std::string> timeZoneNames()
{
    UErrorCode status = U_ZERO_ERROR;
    const Names zones(
        ucal_openTimeZoneIDEnumeration(UCAL_ZONE_TYPE_ANY, nullptr, nullptr, &status));
    std::vector<std::string> names{"UTC"};
    int32_t size = 0;
    while (const char *name =
               U_SUCCESS(status) ? uenum_next(zones.get(), &size, &status) : nullptr) {
        std::string text(name, static_cast<std::size_t>(size));
        if (text.find('/') != std::string::npos && !text.starts_with("SystemV/")) {
            names.push_back(std::move(text));
        }
    }
    std::sort(names.begin() + 1, names.end());
    return names;
}

} // namespace perennial
