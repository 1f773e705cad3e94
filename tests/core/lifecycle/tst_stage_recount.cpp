#include "core/lifecycle/stage_recount.h"
#include "random_days.h"

#include <QtTest>

#include <numeric>
#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr Day kAt = 20000;

StageThresholds randomThresholds(Rng &rng)
{
    StageThresholds t;
    t.dormantAfterDays = 1 + static_cast<int>(rng.below(60));
    t.activeDaysNeeded = 1 + static_cast<int>(rng.below(8));
    t.activeWindowDays = 1 + static_cast<int>(rng.below(60));
    t.acquiredWithinDays = static_cast<int>(rng.below(40));
    t.recentOrderDays = 1 + static_cast<int>(rng.below(120));
    t.loyalOrders = 2 + static_cast<int>(rng.below(4));
    return t;
}

/// Every stage that some life of a user ends in, tried out: up to two orders or many, active on the
/// last k days up to his silence, known for longer or not.
std::set<Stage> reached(const StageThresholds &t, int churnedAfter)
{
    std::set<Stage> stages;
    for (int silence = 0; silence <= 12; ++silence) {
        for (int active = 0; active <= 12; ++active) {
            for (const int orders : {0, 1, 2, 9}) {
                for (const int older : {0, 1, 5, 30}) {
                    std::vector<ActiveDay> days;
                    if (older > 0 && active > 0) {
                        days.push_back({1, kAt - silence - active - older, false});
                    }
                    for (int k = active; k > 0; --k) {
                        days.push_back({1, kAt - silence - k + 1, k <= orders});
                    }
                    UserRecord user;
                    user.id = 1;
                    user.signup = kAt - silence - (active == 0 ? 0 : older);
                    const LadderTable table = ladderTable(days, {user}, kAt);
                    const StageCounts counts = recountStages(table, t, churnedAfter);
                    for (const Stage stage : kStages) {
                        if (counts[static_cast<std::size_t>(stage)] > 0) {
                            stages.insert(stage);
                        }
                    }
                }
            }
        }
    }
    return stages;
}

} // namespace

class StageRecountTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsWhatTheLadderCounts()
    {
        for (std::uint64_t seed = 1; seed <= 8; ++seed) {
            const auto days = randomDays(300, kAt - 200, 230, seed);
            std::vector<UserRecord> users;
            for (int id = 1; id < 340; id += 2) {
                UserRecord user;
                user.id = id;
                user.signup = kAt - 210 + id;
                users.push_back(user);
            }
            const LadderTable table = ladderTable(days, users, kAt);
            Rng rng(seed, 77);
            for (int k = 0; k < 40; ++k) {
                LifecycleOptions options;
                options.thresholds = randomThresholds(rng);
                options.thresholds.churnedAfterDays =
                    options.thresholds.dormantAfterDays + 1 + static_cast<int>(rng.below(90));
                const auto ladder = *computeLifecycle(days, users, kAt, options, Task());
                const auto counts = recountStages(table, options.thresholds,
                                                  *options.thresholds.churnedAfterDays);
                QVERIFY(counts == ladder->counts);
                QCOMPARE(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}),
                         static_cast<std::int64_t>(table.size()));
            }
        }
    }

    void thresholdsThatContradictLeaveAStageEmpty_data()
    {
        QTest::addColumn<std::vector<int>>("t"); // dormant, needed, window, acquired, churned
        QTest::addColumn<std::vector<Stage>>("empty");
        QTest::newRow("none") << std::vector{4, 2, 4, 2, 8} << std::vector<Stage>{};
        QTest::newRow("no churn after dormancy")
            << std::vector{6, 2, 4, 2, 6} << std::vector{Stage::Dormant};
        QTest::newRow("churned before dormant")
            << std::vector{6, 2, 4, 2, 3} << std::vector{Stage::Dormant};
        QTest::newRow("more days than the window")
            << std::vector{4, 5, 4, 2, 8} << std::vector{Stage::Active};
        QTest::newRow("as many days as the window")
            << std::vector{4, 4, 4, 2, 8} << std::vector<Stage>{};
        QTest::newRow("acquired for no day")
            << std::vector{4, 2, 4, 0, 8} << std::vector{Stage::Acquired};
        QTest::newRow("nothing left to retain")
            << std::vector{4, 1, 4, 4, 8} << std::vector{Stage::Retained};
        QTest::newRow("one day too short to be all")
            << std::vector{4, 1, 3, 4, 8} << std::vector<Stage>{};
        QTest::newRow("a sign-up can still be retained")
            << std::vector{4, 1, 4, 3, 8} << std::vector<Stage>{};
        QTest::newRow("three at once")
            << std::vector{9, 5, 4, 0, 5} << std::vector{Stage::Acquired, Stage::Active,
                                                         Stage::Dormant};
    }

    void thresholdsThatContradictLeaveAStageEmpty()
    {
        QFETCH(std::vector<int>, t);
        QFETCH(std::vector<Stage>, empty);
        StageThresholds thresholds;
        thresholds.dormantAfterDays = t[0];
        thresholds.activeDaysNeeded = t[1];
        thresholds.activeWindowDays = t[2];
        thresholds.acquiredWithinDays = t[3];
        thresholds.recentOrderDays = 5;
        QCOMPARE(emptyStages(thresholds, t[4]), empty);
        const auto stages = reached(thresholds, t[4]);
        for (const Stage stage : kStages) {
            QCOMPARE(stages.contains(stage), std::ranges::find(empty, stage) == empty.end());
        }
    }

    void whatMayNotBeSetIsNamed()
    {
        LifecycleOptions options;
        options.thresholds.dormantAfterDays = 40;
        options.thresholds.churnedAfterDays = 40; // the setting contradicts itself
        const auto refused = computeLifecycle({{1, kAt, false}}, {}, kAt, options, Task());
        QCOMPARE(refused.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(refused.error().where, std::string("churned_after_days"));
        // The data's own τc may be as short: dormant is empty then, and nobody is counted twice.
        options.thresholds.churnedAfterDays.reset();
        options.thresholds.dormantAfterDays = 400;
        const auto days = randomDays(400, kAt - 300, 300, 3);
        const auto ladder = *computeLifecycle(days, {}, kAt, options, Task());
        QCOMPARE(ladder->counts[static_cast<std::size_t>(Stage::Dormant)], 0);
        QCOMPARE(std::accumulate(ladder->counts.begin(), ladder->counts.end(), std::int64_t{0}),
                 static_cast<std::int64_t>(ladder->users.size()));
    }

    void nobody()
    {
        const LadderTable table = ladderTable({}, {}, kAt);
        QVERIFY(recountStages(table, {}, 90) == StageCounts{});
        QCOMPARE(ladderTable({{1, kAt + 1, false}}, {}, kAt).size(), std::size_t{0});
    }

    void farDates()
    {
        const LadderTable table =
            ladderTable({{1, std::numeric_limits<Day>::min(), true}}, {}, kAt);
        QCOMPARE(recountStages(table, {}, 90)[static_cast<std::size_t>(Stage::Churned)], 1);
    }
};

QTEST_APPLESS_MAIN(StageRecountTest)
#include "tst_stage_recount.moc"
