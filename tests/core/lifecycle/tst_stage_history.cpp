#include "core/lifecycle/stage_history.h"
#include "random_days.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr Day kAt = 20000;

} // namespace

class StageHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheLadderOfEachDay()
    {
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            const auto days = randomDays(150, kAt - 300, 330, seed);
            std::vector<UserRecord> users;
            for (int id = 3; id < 170; id += 3) {
                users.push_back(person(id, kAt - 320 + id * 2)); // before to after his events
            }
            LifecycleOptions options;
            options.thresholds.churnedAfterDays = 75;
            options.thresholds.activeWindowDays = 20;
            const Period period = seed % 2 == 0 ? Period::Week : Period::Month;
            const auto ends = periodEnds(kAt - 330, kAt, period, 1000);
            const auto history =
                *stageHistory(days, users, ends, options.thresholds, 75, Task());
            for (std::size_t end = 0; end < ends.size(); ++end) {
                const auto ladder = computeLifecycle(days, users, ends[end], options, Task());
                if (!ladder) {
                    QCOMPARE(ladder.error().code, ErrorCode::NoEvents);
                    QVERIFY(history.counts[end] == (decltype(history.counts)::value_type{}));
                    continue;
                }
                QVERIFY(history.counts[end] == (*ladder)->counts);
                std::size_t known = 0;
                for (std::size_t i = 0; i < history.user.size(); ++i) {
                    if (const auto stage = history.stageAt(i, end)) {
                        QCOMPARE((*ladder)->users[known].user, history.user[i]);
                        QCOMPARE((*ladder)->users[known].stage, *stage);
                        ++known;
                    }
                }
                QCOMPARE(known, (*ladder)->users.size());
            }
        }
    }

    void everyStageHasItsUsers()
    {
        const auto days = randomDays(150, kAt - 200, 200, 4);
        const auto history = *stageHistory(days, {}, periodEnds(kAt - 200, kAt, Period::Month, 1000),
                                           {}, 60, Task());
        for (std::size_t end = 0; end < history.ends.size(); ++end) {
            std::vector<std::int64_t> together;
            for (const Stage stage : kStages) {
                const auto users = stageUsers(history, end, stage);
                QCOMPARE(std::ssize(users),
                         history.counts[end][static_cast<std::size_t>(stage)]);
                QVERIFY(std::ranges::is_sorted(users));
                together.insert(together.end(), users.begin(), users.end());
            }
            const auto unknown = stageUsers(history, end, {});
            together.insert(together.end(), unknown.begin(), unknown.end());
            std::ranges::sort(together);
            QVERIFY(together == history.user);
        }
    }

    void spellsAreMinimal()
    {
        const auto days = randomDays(200, kAt - 200, 200, 9);
        const auto history =
            *stageHistory(days, {}, periodEnds(kAt - 200, kAt, Period::Day, 1000), {}, 60, Task());
        for (std::size_t i = 0; i < history.user.size(); ++i) {
            for (std::size_t s = history.offsets[i] + 1; s < history.offsets[i + 1]; ++s) {
                QVERIFY(history.spells[s].from > history.spells[s - 1].from);
                QVERIFY(history.spells[s].stage != history.spells[s - 1].stage);
            }
        }
    }

    void endsOfPeriods()
    {
        const Day at = dayFromCivil({2024, 3, 14}); // a Thursday
        const auto weeks = periodEnds(dayFromCivil({2024, 2, 26}), at, Period::Week, 100);
        QCOMPARE(weeks, (std::vector<Day>{dayFromCivil({2024, 3, 3}), dayFromCivil({2024, 3, 10}),
                                          at}));
        const auto months = periodEnds(dayFromCivil({2023, 12, 31}), at, Period::Month, 3);
        QCOMPARE(months, (std::vector<Day>{dayFromCivil({2024, 1, 31}), dayFromCivil({2024, 2, 29}),
                                           at}));
        QCOMPARE(periodEnds(at + 50, at, Period::Day, 100), std::vector<Day>{at});
        QCOMPARE(periodEnds(dayFromCivil({1, 1, 1}), at, Period::Day, 60).size(), std::size_t{60});
        QVERIFY(periodEnds(at, at, Period::Day, 0).empty());
    }

    void aGapOfAYearAndEventsBeforeTheSignUp()
    {
        const std::vector<ActiveDay> days{{1, kAt - 400, true}, {1, kAt - 2, true}};
        const std::vector<UserRecord> users{person(1, kAt - 390)}; // after his first event
        const auto ends = periodEnds(kAt - 470, kAt, Period::Month, 100);
        const auto history = *stageHistory(days, users, ends, {}, 90, Task());
        QCOMPARE(history.user.size(), std::size_t{1});
        std::vector<Stage> stages;
        for (std::size_t s = 0; s < history.spells.size(); ++s) {
            stages.push_back(history.spells[s].stage);
        }
        QCOMPARE(stages.front(), Stage::Converted);
        QVERIFY(std::ranges::find(stages, Stage::Churned) != stages.end());
        QCOMPARE(stages.back(), Stage::Loyal); // two orders, the last recent
        QVERIFY(!history.stageAt(0, 0).has_value()); // not known then
        QVERIFY(history.ends[history.spells[0].from] >= kAt - 400);
    }

    void everybodyChurnedOneUserAllOnOneDay()
    {
        const std::vector<ActiveDay> one{{7, kAt - 500, false}};
        const auto churned = *stageHistory(one, {}, {kAt - 1, kAt}, {}, 90, Task());
        QCOMPARE(churned.counts[1][static_cast<std::size_t>(Stage::Churned)], 1);
        QCOMPARE(churned.spells.size(), std::size_t{1});

        std::vector<ActiveDay> sameDay;
        for (int user = 1; user <= 50; ++user) {
            sameDay.push_back({user, kAt, user % 2 == 0});
        }
        const auto history = *stageHistory(sameDay, {}, {kAt - 1, kAt}, {}, 90, Task());
        QCOMPARE(history.counts[0], (std::array<std::int64_t, kStageCount>{}));
        QCOMPARE(history.counts[1][static_cast<std::size_t>(Stage::Converted)], 25);
        QCOMPARE(history.counts[1][static_cast<std::size_t>(Stage::Acquired)], 25);
    }

    void nobodyKnown()
    {
        const auto history = *stageHistory({}, {person(1, std::nullopt), person(2, kAt + 3)},
                                           {kAt - 10, kAt}, {}, 90, Task());
        QVERIFY(history.user.empty());
        QCOMPARE(history.counts.size(), std::size_t{2});
    }

    void refuses()
    {
        const auto code = [](const std::vector<Day> &ends, int churnedAfter) {
            const auto history = stageHistory({}, {}, ends, {}, churnedAfter, Task());
            return history ? std::string("none") : history.error().where;
        };
        QCOMPARE(code({}, 90), std::string("dates"));
        QCOMPARE(code({kAt, kAt}, 90), std::string("dates"));
        QCOMPARE(code({kAt, kAt - 1}, 90), std::string("dates"));
        QCOMPARE(code({kAt}, 0), std::string("churned_after_days"));
        StageThresholds bad;
        bad.activeDaysNeeded = 0;
        QCOMPARE(stageHistory({}, {}, {kAt}, bad, 90, Task()).error().code,
                 ErrorCode::InvalidArgument);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(stageHistory(randomDays(9, kAt, 9, 1), {}, {kAt}, {}, 90,
                              Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }

    void ofOneUserOfAProject()
    {
        ProjectFixture fixture;
        const auto on = [](Day day) { return startOf(day) + 60; };
        fixture.add({{"a", "i", EventKind::Purchase, on(kAt - 100), 5, "a"},
                     {"a", "i", EventKind::View, on(kAt - 100) + 1, 5, ""},
                     {"a", "i", EventKind::Purchase, on(kAt - 4), 5, "b"},
                     {"b", "i", EventKind::View, on(kAt), 0, ""}});
        const auto ends = periodEnds(kAt - 120, kAt, Period::Week, 100);
        const auto rows = *readLifecycleRows(fixture.project(), std::nullopt, Task());
        QCOMPARE(rows.at, kAt);
        const auto history = *stageHistory(rows.days, rows.users, ends, {}, 60, Task());
        for (std::size_t i = 0; i < history.user.size(); ++i) {
            const auto stages =
                *stageHistoryOf(fixture.project(), history.user[i], ends, {}, 60);
            for (std::size_t end = 0; end < ends.size(); ++end) {
                QVERIFY(stages[end] == history.stageAt(i, end));
            }
        }
        QCOMPARE(stageHistoryOf(fixture.project(), 99, ends, {}, 60).error().code,
                 ErrorCode::UnknownUser);
    }
};

QTEST_GUILESS_MAIN(StageHistoryTest)
#include "tst_stage_history.moc"
