#include "core/lifecycle/stage_recount.h"

#include "core/lifecycle/ladder.h"
#include "core/lifecycle/user_walk.h"

#include <limits>

namespace perennial {

namespace {

std::int32_t daysBetween(Day from, Day to)
{
    constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
    return static_cast<std::int32_t>(std::min(std::int64_t{to} - from, kMost));
}

/// At least `activeDaysNeeded` active days in the window: the one that many back lies in it.
bool isActive(const LadderTable &table, std::size_t i, const StageThresholds &thresholds) noexcept
{
    const auto needed = static_cast<std::size_t>(thresholds.activeDaysNeeded);
    const std::size_t end = table.offsets[i + 1];
    return end - table.offsets[i] >= needed &&
           std::int64_t{table.at} - table.activeDay[end - needed] < thresholds.activeWindowDays;
}

/// stageOf, from the table.
Stage stageIn(const LadderTable &table, std::size_t i, const StageThresholds &thresholds,
              int churnedAfterDays) noexcept
{
    const LadderFacts facts{table.silence[i], table.sinceOrder[i], table.known[i], table.orders[i]};
    return stageOnLadder(facts, thresholds, churnedAfterDays,
                         [&] { return isActive(table, i, thresholds); });
}

void addUser(LadderTable &table, const std::vector<ActiveDay> &days, const UserWalk::Step &step)
{
    LifecycleUser user;
    for (std::size_t row = step.from; row < step.to && days[row].day <= table.at; ++row) {
        user.firstDay = user.firstDay.value_or(days[row].day);
        user.lastDay = days[row].day;
        if (days[row].ordered) {
            ++user.orders;
            user.lastOrderDay = days[row].day;
        }
    }
    if (!setKnownSince(user, step.signup, table.at)) {
        return;
    }
    for (std::size_t row = step.from; row < step.to && days[row].day <= table.at; ++row) {
        table.activeDay.push_back(days[row].day);
    }
    table.offsets.push_back(table.activeDay.size());
    table.silence.push_back(daysBetween(user.lastDay.value_or(user.knownSince), table.at));
    table.known.push_back(daysBetween(user.knownSince, table.at));
    table.orders.push_back(user.orders);
    table.sinceOrder.push_back(user.lastOrderDay ? daysBetween(*user.lastOrderDay, table.at) : -1);
}

} // namespace

LadderTable ladderTable(const std::vector<ActiveDay> &days, const std::vector<UserRecord> &users,
                        Day at)
{
    LadderTable table;
    table.at = at;
    table.offsets.push_back(0);
    for (UserWalk walk(days, users); !walk.atEnd();) {
        addUser(table, days, walk.next());
    }
    return table;
}

StageCounts recountStages(const LadderTable &table, const StageThresholds &thresholds,
                          int churnedAfterDays) noexcept
{
    StageCounts counts{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        ++counts[static_cast<std::size_t>(stageIn(table, i, thresholds, churnedAfterDays))];
    }
    return counts;
}

std::vector<Stage> emptyStages(const StageThresholds &thresholds, int churnedAfterDays)
{
    const int silentAfter = std::min(thresholds.dormantAfterDays, churnedAfterDays);
    std::vector<Stage> empty;
    if (thresholds.acquiredWithinDays < 1) {
        empty.push_back(Stage::Acquired);
    }
    if (thresholds.activeDaysNeeded > thresholds.activeWindowDays) {
        empty.push_back(Stage::Active);
    }
    // One active day makes active, and who isn't silent has one or has only just signed up. One who
    // has ordered is neither retained: his last activity is as recent.
    if (thresholds.activeDaysNeeded <= 1 && thresholds.activeWindowDays >= silentAfter &&
        thresholds.acquiredWithinDays >= silentAfter) {
        empty.push_back(Stage::Retained);
    }
    if (churnedAfterDays <= thresholds.dormantAfterDays) {
        empty.push_back(Stage::Dormant);
    }
    return empty;
}

} // namespace perennial
