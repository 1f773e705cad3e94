#pragma once

#include "core/base/dates.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace perennial {

/// How long a period of a cohort lasts.
enum class CohortPeriod { Daily, Weekly, Monthly, Quarterly };
std::string_view cohortPeriodName(CohortPeriod period) noexcept; // "day", "week", …
std::optional<CohortPeriod> cohortPeriodFromName(std::string_view name) noexcept;

/// On the calendar periods are numbered by what holds a day, from some fixed one; on a clock of a
/// user's own they last 1, 7, 30 or 90 times 24 hours.
std::int64_t cohortPeriodOf(Day day, CohortPeriod period) noexcept;
/// First day of a numbered period; the ends of Day where it is beyond them.
Day cohortPeriodStart(std::int64_t number, CohortPeriod period) noexcept;
int cohortPeriodDays(CohortPeriod period) noexcept; // 1, 7, 30, 90

} // namespace perennial
