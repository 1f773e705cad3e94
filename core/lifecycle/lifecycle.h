#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/event_store.h"
#include "core/project/project.h"
#include "core/project/purchase_store.h"
#include "core/project/settings.h"
#include "core/survival/gaps.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace perennial {

struct LifecycleOptions {
    std::optional<Day> at; ///< t₀; empty = the project's snapshot day. Later events are ignored
    StageThresholds thresholds;
    Period period = Period::Week; ///< of the flows
    int horizonDays = 180;        ///< H of τc's estimate
};
LifecycleOptions lifecycleOptionsFrom(const ProjectSettings &settings);

/// One user known at t₀: with an event up to t₀, or signed up by then.
struct LifecycleUser {
    std::int64_t user = 0;
    Stage stage = Stage::Acquired;
    std::int32_t orders = 0; ///< order days up to t₀, as the value models count
    std::int32_t recentActiveDays = 0; ///< within the last `activeWindowDays`
    std::optional<Day> firstDay, lastDay; ///< of any event; none where there is only a sign-up
    std::optional<Day> lastOrderDay;
    Day knownSince = 0; ///< sign-up or first event, whichever is earlier
};

/// Users active in a calendar period against the period before.
/// active = active of the row before + fresh + resurrected - dormant, exactly; and
/// active = fresh + current + resurrected.
struct FlowRow {
    Day start = 0;                ///< first day of the period
    std::int64_t fresh = 0;       ///< first activity ever, over the full history
    std::int64_t current = 0;     ///< active in the period before as well
    std::int64_t resurrected = 0; ///< active earlier, but not in the period before
    std::int64_t dormant = 0;     ///< active in the period before, not in this one
    std::int64_t active = 0;
    bool complete = true;         ///< false where the period ends after t₀
};

/// What a period adds to the users active: its arrivals and returns less those who went quiet.
constexpr std::int64_t netFlow(const FlowRow &row) noexcept
{
    return row.fresh + row.resurrected - row.dormant;
}
/// (new + resurrected) / dormant: above 1 the number of active users grows. None where nobody went
/// quiet.
std::optional<double> quickRatio(const FlowRow &row) noexcept;

struct LifecycleResult {
    Day at = 0;
    Period period = Period::Week;
    int horizonDays = 0;
    StageThresholds thresholds;
    ChurnDays churnedAfter; ///< τc and how it was found
    std::array<std::int64_t, kStageCount> counts{}; ///< by Stage; they sum to users.size()
    std::vector<LifecycleUser> users; ///< in user id order
    std::vector<FlowRow> flows;       ///< from the first event's period to t₀'s (computeFlows)
    /// Listed users with neither an event up to t₀ nor a sign-up by then: not known yet, no stage.
    std::int64_t notKnownYet = 0;
};

/// Stages (design.md §3, top-down, exclusive and exhaustive) and flows at t₀. A user with a sign-up
/// but no event stands where the silence since the sign-up puts him. An order is an order day.
/// @error NoEvents where no user is known by t₀ (detail: t₀); HorizonNotPositive; InvalidArgument
/// (where: the threshold); Cancelled. Cost O(events).
Result<std::shared_ptr<const LifecycleResult>> computeLifecycle(const Project &project,
                                                                const LifecycleOptions &options,
                                                                const Task &task);

/// The same from rows already read. @param days sorted by user, then day. @param users in id order.
Result<std::shared_ptr<const LifecycleResult>> computeLifecycle(const std::vector<ActiveDay> &days,
                                                                const std::vector<UserRecord> &users,
                                                                Day at,
                                                                const LifecycleOptions &options,
                                                                const Task &task);

/// All that a project's ladder is computed from: read once for several dates or thresholds.
struct LifecycleRows {
    Day at = 0;                  ///< t₀: nothing later is in `days`
    std::vector<ActiveDay> days; ///< sorted by user, then day
    std::vector<UserRecord> users; ///< in id order
};
/// @param at t₀; empty = the project's snapshot day. @error NoEvents, Cancelled.
Result<LifecycleRows> readLifecycleRows(const Project &project, std::optional<Day> at,
                                        const Task &task);

/// The same of some users alone, for a segment; their τc is best that of all (churnDaysOf).
/// @param users ids, rising; others are passed over.
LifecycleRows onlyUsers(const LifecycleRows &rows, const std::vector<std::int64_t> &users);

/// τc: the setting, or what the gaps up to t₀ say for H.
ChurnDays churnDaysOf(const std::vector<ActiveDay> &days, Day at, const LifecycleOptions &options);

/// The ladder for one user. @param at t₀. @param churnedAfterDays τc.
Stage stageOf(const LifecycleUser &user, Day at, const StageThresholds &thresholds,
              int churnedAfterDays) noexcept;

/// Flows alone. @param days sorted by user, then day; rows after `at` are ignored.
/// @return at most 10 000 periods, the newest: a stray date in the year 1 must not fill the memory.
/// Where older ones are left out, the first row's identity holds against a period not shown.
std::vector<FlowRow> computeFlows(const std::vector<ActiveDay> &days, Day at, Period period);

/// What a FlowRow counts a user as.
enum class FlowKind { Fresh, Current, Resurrected, Dormant };
inline constexpr int kFlowKindCount = 4;
/// The users whom computeFlows counts as this in the period that holds `in`, in id order.
/// @param days, at as there.  Cost O(rows).
std::vector<std::int64_t> flowUsers(const std::vector<ActiveDay> &days, Day at, Period period,
                                    Day in, FlowKind kind);

} // namespace perennial
