// Lifecycle and retention at the size of a large shop, from rows already read: CPU seconds.
//   bench_lifecycle [USERS] [ACTIVE DAYS A USER]
#include "core/base/rng.h"
#include "core/lifecycle/retention.h"
#include "core/lifecycle/stage_history.h"
#include "core/lifecycle/stage_recount.h"
#include "core/lifecycle/transition_tests.h"
#include "core/lifecycle/transitions.h"
#include "tests/bench/cpu_seconds.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace perennial;

namespace {

constexpr Day kAt = 20000;
constexpr int kSpan = 730;

std::vector<ActiveDay> madeUpDays(int users, double perUser)
{
    std::vector<ActiveDay> days;
    days.reserve(static_cast<std::size_t>(users * perUser * 1.1));
    for (int user = 1; user <= users; ++user) {
        Rng rng(7, static_cast<std::uint64_t>(user));
        const double pace = 2.0 * kSpan / perUser * rng.uniform();
        double day = kSpan * rng.uniform();
        const double leaves = day + kSpan * rng.exponential();
        for (; day < std::min<double>(kSpan, leaves); day += 1.0 + pace * rng.exponential()) {
            days.push_back({user, kAt - kSpan + 1 + static_cast<Day>(day), rng.uniform() < 0.2});
        }
    }
    return days;
}

ActivityTable tableOf(const std::vector<ActiveDay> &days)
{
    ActivityTable table;
    for (std::size_t row = 0; row < days.size(); ++row) {
        if (table.user.empty() || table.user.back() != days[row].user) {
            table.user.push_back(days[row].user);
            table.anchor.push_back(startOf(days[row].day));
            table.offsets.push_back(row);
        }
        table.day.push_back(days[row].day);
        table.orders.push_back(days[row].ordered ? 1 : 0);
        table.net.push_back(days[row].ordered ? 30 * kMoneyUnit : 0);
    }
    table.offsets.push_back(days.size());
    return table;
}

template <class Work>
void measure(const char *what, Work work)
{
    const double from = cpuSeconds();
    work();
    std::printf("%-52s %8.3f s\n", what, cpuSeconds() - from);
}

} // namespace

int main(int argc, char **argv)
{
    const int users = argc > 1 ? std::atoi(argv[1]) : 1'000'000;
    const double perUser = argc > 2 ? std::atof(argv[2]) : 20.0;
    const auto days = madeUpDays(users, perUser);
    const ActivityTable activity = tableOf(days);
    std::printf("%zu users with %zu active days\n", activity.size(), days.size());
    measure("ladder, flows and churn days", [&] {
        LifecycleOptions options;
        (void)computeLifecycle(days, {}, kAt, options, Task());
    });
    LadderTable ladder;
    measure("table for a slider", [&] { ladder = ladderTable(days, {}, kAt); });
    measure("recount with other thresholds", [&] {
        StageThresholds thresholds;
        thresholds.activeWindowDays = 45;
        (void)recountStages(ladder, thresholds, 90);
    });
    StageHistory history;
    measure("stages at 104 weeks' ends", [&] {
        history = *stageHistory(days, {}, periodEnds(kAt - kSpan, kAt, Period::Week, 104), {}, 90,
                                Task());
    });
    measure("transitions between two dates", [&] {
        (void)transitionMatrix(history, 80, 100, {});
        (void)testSecondOrder(history, 60, 80, 100);
    });
    measure("stationarity of 12 moves", [&] { (void)testStationarity(history, 90, 102); });
    for (const CohortPeriod period : {CohortPeriod::Weekly, CohortPeriod::Monthly}) {
        RetentionOptions options;
        options.period = period;
        measure(period == CohortPeriod::Weekly ? "retention by week" : "retention by month", [&] {
            (void)computeRetention(activity, kAt, nullptr, options, Task());
        });
    }
    measure("users of a cell", [&] {
        (void)retentionUsers(activity, kAt, nullptr, {}, 10, 5, RetentionMeasure::Active);
    });
    return 0;
}
