#pragma once

#include "core/lifecycle/cohort_calendar.h"
#include "core/lifecycle/user_labels.h"
#include "core/numeric/bootstrap.h"
#include "core/project/activity_store.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What a user's periods are counted from.
enum class CohortAnchor { FirstEvent, FirstPurchase };
std::string_view cohortAnchorName(CohortAnchor anchor) noexcept; // "first_event", …

enum class RetentionKind {
    Exact,     ///< N-period: something in exactly period n
    Unbounded, ///< in period n or any later one up to t₀
    Bracket,   ///< in any of some periods, such as 4 to 7
};
std::string_view retentionKindName(RetentionKind kind) noexcept; // "exact", …

/// Periods from … to, both counted; the anchor's is 0.
struct PeriodRange {
    std::int32_t from = 0, to = 0;
    bool operator==(const PeriodRange &) const = default;
};

/// "1-3,4-7,8" as periods; none where it is no such list, or a number is too large.
std::optional<std::vector<PeriodRange>> bracketsFromText(std::string_view text);

struct RetentionOptions {
    CohortAnchor anchor = CohortAnchor::FirstEvent;
    CohortPeriod period = CohortPeriod::Weekly;
    RetentionKind kind = RetentionKind::Exact;
    std::vector<PeriodRange> brackets; ///< of RetentionKind::Bracket: rising, apart
    std::size_t mostCohorts = 60;      ///< the youngest, or the largest of an attribute
    std::size_t mostPeriods = 60;      ///< 0 … mostPeriods − 1
    double level = 0.95;               ///< of the intervals, in (0, 1)
    bool operator==(const RetentionOptions &) const = default;
};
inline constexpr std::size_t kMostRetentionCells = 1000; ///< of mostCohorts and of mostPeriods

/// Of one cohort in one column. Users, orders and revenue, counts and shares come from here.
struct RetentionCell {
    std::int64_t users = 0;    ///< of the cohort; of an attribute's only those observed to the end
    std::int64_t active = 0;   ///< with any event
    std::int64_t ordering = 0; ///< with an order
    std::int64_t orders = 0;
    Money net = 0;             ///< purchases + refunds; stops at the ends of Money
    /// The whole column has been observed for every user. Where not, the numbers are of what has
    /// been seen so far.
    bool mature = true;
    std::optional<Day> completeOn; ///< of cohorts in time: when it is, or was
};

struct RetentionCohort {
    std::optional<Day> start; ///< of a cohort in time: the first day of its period
    std::string value;        ///< of an attribute; empty = not known
    bool isRest = false;      ///< all values beyond mostCohorts
    std::int64_t users = 0;
    std::vector<RetentionCell> cells; ///< by column, as far as it has begun by t₀
};

/// The mature cells of a column together: each user counts the same.
struct RetentionPoint {
    std::int64_t users = 0, active = 0, ordering = 0, orders = 0;
    Money net = 0;
    /// None without users.
    std::optional<double> activeShare, orderingShare, ordersPerUser, netPerUser;
    std::optional<Interval> activeInterval, orderingInterval; ///< Wilson's
};

struct RetentionResult {
    Day at = 0;
    ActivityClock clock = ActivityClock::Calendar;
    RetentionOptions options;
    std::string by; ///< the attribute; empty = cohorts in time
    std::vector<PeriodRange> columns;
    /// In order of time, or by size, the rest last. Periods in which nobody began are left out.
    std::vector<RetentionCohort> cohorts;
    std::vector<RetentionPoint> curve; ///< by column
    std::int64_t olderUsers = 0;       ///< of cohorts in time before those shown
};

/// Retention from t₀'s view: nothing later counts. Periods are those of the calendar, or, on a
/// clock of each user's own, spans of 1, 7, 30 or 90 times 24 hours since his anchor; cohorts in
/// time are always of the calendar. What a user did before a first purchase that he is anchored at
/// counts nowhere, but for the same day on the calendar.
/// A cohort in time is shown whole, and its cell is mature once the youngest user has lived through
/// the column. Users of an attribute's value begin at different times: a cell counts those alone
/// who have been here to the end of its column, so that it is always mature, and its users get
/// fewer.
/// @param labels null = cohorts in time.
/// @error NoEvents, NoPurchases where nobody has an anchor by t₀; InvalidArgument (where: "clock"
/// that isn't the anchor's, "brackets", "most", "level"); Cancelled.  Cost O(rows), one pass for
/// all cells.
Result<std::shared_ptr<const RetentionResult>>
computeRetention(const ActivityTable &activity, Day at, const UserLabels *labels,
                 const RetentionOptions &options, const Task &task);

enum class RetentionMeasure { Users, Active, Ordering };
/// The users that a cell counts, in id order. @param cohort, column as in the result of the same
/// arguments. @error as computeRetention; InvalidArgument (where: "cell").  Cost O(rows).
Result<std::vector<std::int64_t>>
retentionUsers(const ActivityTable &activity, Day at, const UserLabels *labels,
               const RetentionOptions &options, std::size_t cohort, std::size_t column,
               RetentionMeasure measure);

/// Net revenue per user through each period, currency units: each adds the mean of those who have
/// been here for it. Of RetentionKind::Exact. The last ones are not final where cells are immature.
/// Source: Nelson (1995), Technometrics 37(2), mean cumulative function.
std::vector<double> cumulativeNetPerUser(const RetentionCohort &cohort);

} // namespace perennial
