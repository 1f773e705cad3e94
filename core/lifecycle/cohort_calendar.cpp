#include "core/lifecycle/cohort_calendar.h"

#include <algorithm>
#include <array>
#include <limits>

namespace perennial {

namespace {

constexpr std::array kPeriods{CohortPeriod::Daily, CohortPeriod::Weekly, CohortPeriod::Monthly,
                              CohortPeriod::Quarterly};
constexpr std::int64_t kMondayBefore1970 = -3; // 1970-01-01 was a Thursday

std::int64_t floorDivide(std::int64_t a, std::int64_t b) noexcept
{
    return a / b - (a % b < 0 ? 1 : 0);
}

Day monthStart(std::int64_t month) noexcept // months since year 0
{
    const std::int64_t year = floorDivide(month, 12);
    return dayFromCivil({static_cast<int>(year), static_cast<int>(month - year * 12) + 1, 1});
}

Day asDay(std::int64_t day) noexcept
{
    using Limits = std::numeric_limits<Day>;
    return static_cast<Day>(std::clamp<std::int64_t>(day, Limits::min(), Limits::max()));
}

} // namespace

std::string_view cohortPeriodName(CohortPeriod period) noexcept
{
    switch (period) {
    case CohortPeriod::Daily: return "day";
    case CohortPeriod::Weekly: return "week";
    case CohortPeriod::Monthly: return "month";
    case CohortPeriod::Quarterly: return "quarter";
    }
    return "day";
}

std::optional<CohortPeriod> cohortPeriodFromName(std::string_view name) noexcept
{
    const auto found = std::ranges::find(kPeriods, name, cohortPeriodName);
    return found == kPeriods.end() ? std::nullopt : std::optional(*found);
}

std::int64_t cohortPeriodOf(Day day, CohortPeriod period) noexcept
{
    if (period == CohortPeriod::Daily) {
        return day;
    }
    if (period == CohortPeriod::Weekly) {
        return floorDivide(std::int64_t{day} - kMondayBefore1970, 7);
    }
    const CivilDate date = civilFromDay(day);
    const std::int64_t month = std::int64_t{date.year} * 12 + date.month - 1;
    return period == CohortPeriod::Monthly ? month : floorDivide(month, 3);
}

Day cohortPeriodStart(std::int64_t number, CohortPeriod period) noexcept
{
    switch (period) {
    case CohortPeriod::Daily: return asDay(number);
    case CohortPeriod::Weekly: return asDay(number * 7 + kMondayBefore1970);
    case CohortPeriod::Monthly: return monthStart(number);
    case CohortPeriod::Quarterly: return monthStart(number * 3);
    }
    return asDay(number);
}

int cohortPeriodDays(CohortPeriod period) noexcept
{
    switch (period) {
    case CohortPeriod::Daily: return 1;
    case CohortPeriod::Weekly: return 7;
    case CohortPeriod::Monthly: return 30;
    case CohortPeriod::Quarterly: return 90;
    }
    return 1;
}

} // namespace perennial
