#pragma once

#include "core/base/result.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace perennial {

/// Calendar unit of the probabilistic models and of flows.
enum class Period { Day, Week, Month };

/// A civil day as the number of days since 1970-01-01 (negative before). Days are the grain of
/// snapshots, horizons and order merging; events carry seconds.
using Day = std::int32_t;
/// Seconds since 1970-01-01T00:00:00Z.
using UtcSecond = std::int64_t;

inline constexpr std::int64_t kSecondsPerDay = 86400;

struct CivilDate {
    int year = 1970;
    int month = 1;
    int day = 1;
};

/// Proleptic Gregorian. Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms".
Day dayFromCivil(CivilDate date) noexcept;
CivilDate civilFromDay(Day day) noexcept;
bool isValidDate(CivilDate date) noexcept;

/// The day a second falls on, also before 1970.
constexpr Day dayOf(UtcSecond at) noexcept
{
    const std::int64_t q = at / kSecondsPerDay;
    return static_cast<Day>(at % kSecondsPerDay < 0 ? q - 1 : q);
}
constexpr UtcSecond startOf(Day day) noexcept { return day * kSecondsPerDay; }

/// "2010-06-30"; years 0001–9999 only. @error InvalidArgument, detail: the text.
Result<Day> parseIsoDate(std::string_view text);
std::string formatDate(Day day);
/// "2010-06-30T12:05:00Z"
std::string formatTimestamp(UtcSecond at);

/// A length of time as typed: "180d", "39w", "6m", "1y"; a bare number is days. 12 months are 365
/// days, so that a horizon is the same number of days wherever it starts.
/// @return days > 0. @error HorizonNotPositive for 0 or less, InvalidArgument for anything else.
Result<int> parseHorizon(std::string_view text);

/// Days in a period as the models count: 1, 7, 365.25 / 12.
double daysPer(Period period) noexcept;
std::string_view periodName(Period period) noexcept; // "day", "week", "month"
std::optional<Period> periodFromName(std::string_view name) noexcept;

/// The day `days` later; the last day there is where that is past it.
Day daysAfter(Day day, std::int64_t days) noexcept;

/// First day of the calendar period that holds `day`: itself, its Monday, the first of its month.
Day periodStart(Day day, Period period) noexcept;
/// First day of the following period.
Day nextPeriodStart(Day start, Period period) noexcept;

} // namespace perennial
