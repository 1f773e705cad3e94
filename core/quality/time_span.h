#pragma once

#include "core/base/dates.h"

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace perennial {

/// The days that hold the events of a project, and how many lie far outside them.
struct TimeSpan {
    Day first = 0, last = 0;
    std::int64_t before = 0, after = 0; ///< events outside
};

/// Leaves out early and late tails of at most 0.5 % of the events (one event, from 20 on) that lie
/// more than 180 days from the rest: clocks that were reset, typing errors in years.
/// @param days with events and how many, oldest first. @return empty without days. Cost O(days).
std::optional<TimeSpan> mainTimeSpan(const std::vector<std::pair<Day, std::int64_t>> &days);

} // namespace perennial
