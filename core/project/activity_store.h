#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/task.h"
#include "core/project/project.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace perennial {

/// Where a user's days begin: at midnight (UTC), or every 24 hours from his first event or purchase
/// on.
enum class ActivityClock { Calendar, SinceFirstEvent, SinceFirstPurchase };
std::string_view activityClockName(ActivityClock clock) noexcept; // "calendar", "first_event", …

/// What every user did day by day, read once: retention of any cohorts and periods is taken from
/// memory. Users in id order, their days ascending. 16 bytes a day with any event.
struct ActivityTable {
    ActivityClock clock = ActivityClock::Calendar;
    std::vector<std::int32_t> user;
    std::vector<std::size_t> offsets; ///< days of user i: [offsets[i], offsets[i + 1])
    /// Of the calendar the first event's second; of the others the second where the clock starts.
    std::vector<UtcSecond> anchor;
    /// The civil day; on a clock of a user's own the anchor's civil day + the whole 24 hours since.
    std::vector<Day> day;
    std::vector<std::int32_t> orders; ///< distinct order keys; rows without one count once a day
    std::vector<Money> net;           ///< purchases + refunds

    std::size_t size() const noexcept { return user.size(); }
};

/// By two walks over the covering indexes, none per user. On SinceFirstPurchase what was before it
/// is left out, and with it the users who have bought nothing.
/// @param until last day counted; empty = all. @error Cancelled, Damaged.  Cost O(events).
Result<ActivityTable> readActivity(const Project &project, std::optional<Day> until,
                                   ActivityClock clock, const Task &task);

/// The same of some users alone, for a segment. @param users ids, rising; others are passed over.
ActivityTable onlyUsers(const ActivityTable &table, const std::vector<std::int64_t> &users);

} // namespace perennial
