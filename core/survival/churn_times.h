#pragma once

#include "core/base/dates.h"
#include "core/project/purchase_store.h"

#include <cstdint>
#include <vector>

namespace perennial {

/// How long each user stayed: kind (c) of design.md §3, the censored gap.
struct ChurnTimes {
    std::vector<std::int64_t> user;     ///< with an activity up to t₀, in id order
    std::vector<Day> firstDay;
    std::vector<double> durations;      ///< days, >= 0
    std::vector<std::int8_t> observed;  ///< 1 = churned, 0 = not silent for τc yet
    std::int64_t returned = 0;          ///< churned users who came back by t₀ all the same
    int churnedAfterDays = 0;           ///< τc
};

/// From the first activity to the day on which the silence reaches τc for the first time; who is
/// not churned by t₀ is censored there. That day, not the last activity: nothing that came after it
/// decides, so that those at risk on a day are told by what was known then.
/// @param days sorted by user, then day; rows after `at` are ignored. @param churnedAfterDays >= 1.
/// Cost O(n).
ChurnTimes churnTimes(const std::vector<ActiveDay> &days, Day at, int churnedAfterDays);

} // namespace perennial
