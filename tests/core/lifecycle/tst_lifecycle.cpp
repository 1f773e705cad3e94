#include "core/lifecycle/lifecycle.h"
#include "random_days.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr Day kAt = 20000;

LifecycleOptions optionsWith(std::optional<int> churnedAfter)
{
    LifecycleOptions options;
    options.thresholds.churnedAfterDays = churnedAfter;
    return options;
}

/// A user last seen `seen` days before t₀, with orders (the last `ordered` days before t₀), known
/// for `known` days, active on `active` of the last 30.
Stage stageOfOne(int seen, int orders, int ordered, int known, int active)
{
    LifecycleUser user;
    user.lastDay = kAt - seen;
    user.firstDay = kAt - known;
    user.knownSince = kAt - known;
    user.orders = orders;
    if (orders > 0) {
        user.lastOrderDay = kAt - ordered;
    }
    user.recentActiveDays = active;
    return stageOf(user, kAt, StageThresholds{}, 90);
}

} // namespace

class LifecycleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theLadder_data()
    {
        QTest::addColumn<int>("seen");
        QTest::addColumn<int>("orders");
        QTest::addColumn<int>("ordered");
        QTest::addColumn<int>("known");
        QTest::addColumn<int>("active");
        QTest::addColumn<Stage>("stage");
        QTest::newRow("silent for tau") << 90 << 5 << 90 << 300 << 0 << Stage::Churned;
        QTest::newRow("a day short of it") << 89 << 5 << 89 << 300 << 0 << Stage::Dormant;
        QTest::newRow("30 days silent") << 30 << 2 << 30 << 300 << 0 << Stage::Dormant;
        QTest::newRow("29 days silent") << 29 << 2 << 29 << 300 << 1 << Stage::Loyal;
        QTest::newRow("order 90 days ago") << 3 << 2 << 90 << 300 << 5 << Stage::Loyal;
        QTest::newRow("order 91 days ago") << 3 << 2 << 91 << 300 << 5 << Stage::Active;
        QTest::newRow("one order") << 3 << 1 << 90 << 300 << 5 << Stage::Converted;
        QTest::newRow("one old order") << 3 << 1 << 91 << 300 << 2 << Stage::Retained;
        QTest::newRow("six days old") << 0 << 0 << 0 << 6 << 7 << Stage::Acquired;
        QTest::newRow("seven days old") << 0 << 0 << 0 << 7 << 7 << Stage::Active;
        QTest::newRow("new, but ordered") << 0 << 1 << 0 << 0 << 1 << Stage::Converted;
        QTest::newRow("two active days") << 1 << 0 << 0 << 60 << 2 << Stage::Retained;
        QTest::newRow("three active days") << 1 << 0 << 0 << 60 << 3 << Stage::Active;
    }

    void theLadder()
    {
        QFETCH(int, seen);
        QFETCH(int, orders);
        QFETCH(int, ordered);
        QFETCH(int, known);
        QFETCH(int, active);
        QFETCH(Stage, stage);
        QCOMPARE(stageName(stageOfOne(seen, orders, ordered, known, active)), stageName(stage));
    }

    void stagesAreExclusiveAndExhaustive()
    {
        for (std::uint64_t seed = 1; seed <= 10; ++seed) {
            const auto days = randomDays(500, kAt - 400, 420, seed);
            const auto result =
                *computeLifecycle(days, {}, kAt, optionsWith(std::nullopt), Task());
            std::int64_t known = 0;
            for (std::size_t i = 0; i < days.size(); ++i) {
                const bool first = i == 0 || days[i - 1].user != days[i].user;
                known += first && days[i].day <= kAt ? 1 : 0;
            }
            QCOMPARE(static_cast<std::int64_t>(result->users.size()), known);
            QCOMPARE(std::accumulate(result->counts.begin(), result->counts.end(), std::int64_t{0}),
                     known);
            std::array<std::int64_t, kStageCount> counts{};
            for (const LifecycleUser &user : result->users) {
                ++counts[static_cast<std::size_t>(user.stage)];
                QVERIFY(*user.firstDay <= *user.lastDay && *user.lastDay <= kAt);
            }
            QVERIFY(counts == result->counts);
        }
    }

    void eventsAfterTheSnapshotDoNotExist()
    {
        const auto days = randomDays(300, kAt - 200, 260, 5);
        std::vector<ActiveDay> past;
        std::copy_if(days.begin(), days.end(), std::back_inserter(past),
                     [](const ActiveDay &d) { return d.day <= kAt; });
        const auto all = *computeLifecycle(days, {}, kAt, optionsWith(std::nullopt), Task());
        const auto seen = *computeLifecycle(past, {}, kAt, optionsWith(std::nullopt), Task());
        QVERIFY(all->counts == seen->counts);
        QCOMPARE(all->users.size(), seen->users.size());
        QCOMPARE(all->churnedAfter.days, seen->churnedAfter.days);
        QCOMPARE(all->flows.size(), seen->flows.size());
        QVERIFY(all->notKnownYet > 0);
        QCOMPARE(seen->notKnownYet, 0);
    }

    void signUpsWithoutEventsAreStagedByTheirSilence()
    {
        const std::vector<UserRecord> users{
            person(1, kAt - 2),  person(2, kAt - 20),  person(3, kAt - 40), person(4, kAt - 200),
            person(5, kAt + 1),  person(6, std::nullopt), person(7, kAt - 300)};
        const std::vector<ActiveDay> days{{7, kAt - 1, true}, {9, kAt - 3, false}};
        const auto result = *computeLifecycle(days, users, kAt, optionsWith(120), Task());
        QCOMPARE(result->users.size(), std::size_t{6});
        const std::vector<Stage> stages{Stage::Acquired, Stage::Retained,  Stage::Dormant,
                                        Stage::Churned,  Stage::Converted, Stage::Acquired};
        const std::vector<std::int64_t> ids{1, 2, 3, 4, 7, 9};
        for (std::size_t i = 0; i < ids.size(); ++i) {
            QCOMPARE(result->users[i].user, ids[i]);
            QCOMPARE(stageName(result->users[i].stage), stageName(stages[i]));
        }
        QCOMPARE(result->notKnownYet, 2);
        QCOMPARE(result->users[4].knownSince, kAt - 300);
        QVERIFY(!result->users[0].lastDay.has_value());
        QCOMPARE(result->churnedAfter.source, ChurnDaysSource::Setting);
        QCOMPARE(result->churnedAfter.days, 120);
    }

    void ordersAreOrderDays()
    {
        const std::vector<ActiveDay> days{
            {1, kAt - 20, true}, {1, kAt - 10, false}, {1, kAt - 2, true}, {1, kAt, false}};
        const auto result = *computeLifecycle(days, {}, kAt, optionsWith(90), Task());
        QCOMPARE(result->users[0].orders, 2);
        QCOMPARE(*result->users[0].lastOrderDay, kAt - 2);
        QCOMPARE(result->users[0].recentActiveDays, 4);
        QCOMPARE(result->users[0].stage, Stage::Loyal);
    }

    void refusesWhatHasNoAnswer()
    {
        QCOMPARE(computeLifecycle({}, {}, kAt, {}, Task()).error().code, ErrorCode::NoEvents);
        LifecycleOptions options;
        options.horizonDays = 0;
        QCOMPARE(computeLifecycle({{1, 5, false}}, {}, kAt, options, Task()).error().code,
                 ErrorCode::HorizonNotPositive);
        options = {};
        options.thresholds.activeWindowDays = 0;
        QCOMPARE(computeLifecycle({{1, 5, false}}, {}, kAt, options, Task()).error().code,
                 ErrorCode::InvalidArgument);
    }

    void worksOnAProject()
    {
        ProjectFixture fixture;
        QCOMPARE(computeLifecycle(fixture.project(), {}, Task()).error().code,
                 ErrorCode::NoEvents);
        const auto on = [](Day day) { return startOf(day) + 60; };
        fixture.add({{"loyal", "i", EventKind::Purchase, on(kAt - 9), 5, "a"},
                     {"loyal", "i", EventKind::Purchase, on(kAt - 9) + 5, 5, "b"},
                     {"loyal", "i", EventKind::Purchase, on(kAt), 5, "c"},
                     {"same day", "i", EventKind::Purchase, on(kAt - 9), 5, "d"},
                     {"same day", "i", EventKind::Purchase, on(kAt - 9) + 5, 5, "e"},
                     {"new", "i", EventKind::View, on(kAt - 1), 0, ""}});
        const auto result = *computeLifecycle(fixture.project(), {}, Task());
        QCOMPARE(result->at, kAt);
        QCOMPARE(result->counts[static_cast<std::size_t>(Stage::Loyal)], 1);
        QCOMPARE(result->counts[static_cast<std::size_t>(Stage::Converted)], 1);
        QCOMPARE(result->counts[static_cast<std::size_t>(Stage::Acquired)], 1);
        QCOMPARE(result->churnedAfter.days, 90);
        QCOMPARE(result->churnedAfter.source, ChurnDaysSource::Default);

        LifecycleOptions earlier;
        earlier.at = kAt - 5;
        const auto then = *computeLifecycle(fixture.project(), earlier, Task());
        QCOMPARE(then->users.size(), std::size_t{2});
        QCOMPARE(then->notKnownYet, 1);

        ProjectSettings settings;
        settings.snapshot = kAt - 5;
        QVERIFY(writeSettings(fixture.project(), settings).ok());
        QCOMPARE((*computeLifecycle(fixture.project(), {}, Task()))->at, kAt - 5);
    }

    void ofSomeUsersTheStagesAreTheSame()
    {
        LifecycleRows rows{kAt, randomDays(120, kAt - 200, 201, 6), {}};
        for (int id = 100; id < 140; id += 3) {
            rows.users.push_back(person(id, kAt - id));
        }
        const auto all = *computeLifecycle(rows.days, rows.users, kAt, optionsWith(90), Task());
        std::vector<std::int64_t> ids{0, 500};
        for (const LifecycleUser &user : all->users) {
            if (user.user % 3 == 1) {
                ids.insert(ids.end() - 1, user.user);
            }
        }
        const LifecycleRows some = onlyUsers(rows, ids);
        const auto part = *computeLifecycle(some.days, some.users, kAt, optionsWith(90), Task());
        QCOMPARE(part->users.size(), ids.size() - 2);
        for (const LifecycleUser &user : part->users) {
            const auto same = std::ranges::find(all->users, user.user, &LifecycleUser::user);
            QCOMPARE(user.stage, same->stage);
            QCOMPARE(user.knownSince, same->knownSince);
            QCOMPARE(user.orders, same->orders);
        }
        QVERIFY(onlyUsers(rows, {}).days.empty());
    }

    void cancels()
    {
        std::stop_source stop;
        const Task stopsLater(stop.get_token(),
                              [&](double, std::string_view) { stop.request_stop(); });
        const auto days = randomDays(40000, kAt - 50, 20, 2);
        QCOMPARE(computeLifecycle(days, {}, kAt, {}, stopsLater).error().code,
                 ErrorCode::Cancelled);
    }
};

QTEST_GUILESS_MAIN(LifecycleTest)
#include "tst_lifecycle.moc"
