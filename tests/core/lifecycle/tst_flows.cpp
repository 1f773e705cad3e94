#include "core/lifecycle/lifecycle.h"
#include "random_days.h"

#include <QtTest>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

using namespace perennial;
using namespace perennial::test;

namespace {

/// The definition, word for word, with sets.
std::vector<FlowRow> bySets(const std::vector<ActiveDay> &days, Day at, Period period)
{
    std::map<Day, std::set<int>> active;
    for (const ActiveDay &day : days) {
        if (day.day <= at) {
            active[periodStart(day.day, period)].insert(day.user);
        }
    }
    std::vector<FlowRow> rows;
    if (active.empty()) {
        return rows;
    }
    std::set<int> seen;
    std::set<int> before;
    for (Day start = active.begin()->first; start <= at; start = nextPeriodStart(start, period)) {
        FlowRow row;
        row.start = start;
        for (const int user : active[start]) {
            ++row.active;
            ++(!seen.contains(user)    ? row.fresh
               : before.contains(user) ? row.current
                                       : row.resurrected);
        }
        for (const int user : before) {
            row.dormant += active[start].contains(user) ? 0 : 1;
        }
        seen.insert(active[start].begin(), active[start].end());
        before = active[start];
        row.complete = nextPeriodStart(start, period) - 1 <= at;
        rows.push_back(row);
    }
    return rows;
}

} // namespace

class FlowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void postHogsFixture()
    {
        const Day first = dayFromCivil({2020, 1, 9});
        const auto on = [&](int dayOfMonth) { return first + dayOfMonth - 9; };
        std::vector<ActiveDay> days;
        for (const int d : {11, 12, 13, 15, 17, 19}) {
            days.push_back({1, on(d), false});
        }
        for (const auto &[user, d] : {std::pair{2, 9}, {2, 12}, {3, 12}, {4, 15}}) {
            days.push_back({user, on(d), false});
        }
        const auto rows = computeFlows(days, on(19), Period::Day);
        QCOMPARE(rows.size(), std::size_t{11});
        const std::vector<std::int64_t> fresh{1, 0, 1, 1, 0, 0, 1, 0, 0, 0, 0};
        const std::vector<std::int64_t> current{0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0};
        const std::vector<std::int64_t> resurrected{0, 0, 0, 1, 0, 0, 1, 0, 1, 0, 1};
        const std::vector<std::int64_t> dormant{0, 1, 0, 0, 2, 1, 0, 2, 0, 1, 0};
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QCOMPARE(rows[i].start, on(9 + static_cast<int>(i)));
            QCOMPARE(rows[i].fresh, fresh[i]);
            QCOMPARE(rows[i].current, current[i]);
            QCOMPARE(rows[i].resurrected, resurrected[i]);
            QCOMPARE(rows[i].dormant, dormant[i]);
            QVERIFY(rows[i].complete);
        }
    }

    void theFixtureFileToo()
    {
        const std::string folder = std::string(PERENNIAL_SHARED_DIR) + "/data/lifecycle/";
        std::ifstream events(folder + "lifecycle_fixture_events.csv");
        std::ifstream expected(folder + "lifecycle_fixture_expected.csv");
        if (!events || !expected) {
            QSKIP("no shared data");
        }
        std::vector<ActiveDay> days;
        std::string line;
        std::getline(events, line);
        while (std::getline(events, line)) {
            days.push_back({line[1] - '0', *parseIsoDate(line.substr(3, 10)), false});
        }
        const auto rows = computeFlows(days, dayFromCivil({2020, 1, 19}), Period::Day);
        std::getline(expected, line);
        std::size_t i = 0;
        for (; std::getline(expected, line); ++i) {
            std::int64_t fresh = 0;
            std::int64_t current = 0;
            std::int64_t resurrected = 0;
            std::int64_t dormant = 0;
            char comma = 0;
            std::istringstream(line.substr(10)) >> comma >> fresh >> comma >> current >> comma >>
                resurrected >> comma >> dormant;
            QCOMPARE(formatDate(rows[i].start), line.substr(0, 10));
            QCOMPARE(rows[i].fresh, fresh);
            QCOMPARE(rows[i].current, current);
            QCOMPARE(rows[i].resurrected, resurrected);
            QCOMPARE(rows[i].dormant, dormant);
        }
        QCOMPARE(i, rows.size());
    }

    void equalsTheDefinitionAndKeepsTheIdentity_data()
    {
        QTest::addColumn<Period>("period");
        QTest::newRow("day") << Period::Day;
        QTest::newRow("week") << Period::Week;
        QTest::newRow("month") << Period::Month;
    }

    void equalsTheDefinitionAndKeepsTheIdentity()
    {
        QFETCH(Period, period);
        for (std::uint64_t seed = 1; seed <= 20; ++seed) {
            const Day from = dayFromCivil({2023, 11, 3}) + static_cast<Day>(seed * 17);
            const auto days = randomDays(60, from, 220, seed);
            const Day at = from + 190; // some days lie after t₀
            const auto rows = computeFlows(days, at, period);
            const auto expected = bySets(days, at, period);
            QCOMPARE(rows.size(), expected.size());
            std::int64_t before = 0;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const FlowRow &row = rows[i];
                QCOMPARE(row.start, expected[i].start);
                QCOMPARE(row.fresh, expected[i].fresh);
                QCOMPARE(row.current, expected[i].current);
                QCOMPARE(row.resurrected, expected[i].resurrected);
                QCOMPARE(row.dormant, expected[i].dormant);
                QCOMPARE(row.complete, expected[i].complete);
                QCOMPARE(row.active, before + row.fresh + row.resurrected - row.dormant);
                QCOMPARE(row.active, row.fresh + row.current + row.resurrected);
                before = row.active;
            }
        }
    }

    void theUsersOfABarAreAsManyAsItCounts_data() { equalsTheDefinitionAndKeepsTheIdentity_data(); }

    void theUsersOfABarAreAsManyAsItCounts()
    {
        QFETCH(Period, period);
        const auto days = randomDays(60, dayFromCivil({2023, 11, 3}), 220, 5);
        const Day at = dayFromCivil({2023, 11, 3}) + 190;
        std::set<std::int64_t> before;
        for (const FlowRow &row : computeFlows(days, at, period)) {
            const auto of = [&](FlowKind kind) {
                return flowUsers(days, at, period, row.start, kind);
            };
            QCOMPARE(of(FlowKind::Fresh).size(), static_cast<std::size_t>(row.fresh));
            QCOMPARE(of(FlowKind::Current).size(), static_cast<std::size_t>(row.current));
            QCOMPARE(of(FlowKind::Resurrected).size(), static_cast<std::size_t>(row.resurrected));
            QCOMPARE(of(FlowKind::Dormant).size(), static_cast<std::size_t>(row.dormant));
            std::set<std::int64_t> now;
            for (const FlowKind kind :
                 {FlowKind::Fresh, FlowKind::Current, FlowKind::Resurrected}) {
                const auto users = of(kind);
                QVERIFY(std::ranges::is_sorted(users));
                now.insert(users.begin(), users.end());
            }
            for (const std::int64_t user : of(FlowKind::Dormant)) {
                QVERIFY(before.contains(user) && !now.contains(user));
            }
            before = now;
        }
        QVERIFY(flowUsers({}, at, period, at, FlowKind::Fresh).empty());
    }

    void quickRatioAndNet()
    {
        FlowRow row;
        row.fresh = 6;
        row.resurrected = 3;
        row.dormant = 4;
        QCOMPARE(*quickRatio(row), 2.25);
        QCOMPARE(netFlow(row), 5);
        row.dormant = 0;
        QVERIFY(!quickRatio(row).has_value());
        const auto days = randomDays(100, 19000, 200, 3);
        std::int64_t active = 0;
        for (const FlowRow &flow : computeFlows(days, 19150, Period::Week)) {
            QCOMPARE(flow.active, active + netFlow(flow));
            active = flow.active;
        }
    }

    void aStrayDateDoesNotFillTheMemory()
    {
        // A user in the year 1; the others as if he were not there, but that he is not new later.
        const Day at = dayFromCivil({2024, 6, 30});
        const std::vector<ActiveDay> days{{1, dayFromCivil({1, 1, 1}), false},
                                          {1, at - 1, false},
                                          {2, at - 2, false},
                                          {2, at - 1, false},
                                          {2, at, false}};
        for (const Period period : {Period::Day, Period::Week, Period::Month}) {
            const auto rows = computeFlows(days, at, period);
            QCOMPARE(rows.size(), std::size_t{10'000});
            QCOMPARE(rows.back().start, periodStart(at, period));
            for (std::size_t i = 1; i < rows.size(); ++i) {
                QCOMPARE(rows[i].start, nextPeriodStart(rows[i - 1].start, period));
                QCOMPARE(rows[i].active, rows[i - 1].active + rows[i].fresh +
                                             rows[i].resurrected - rows[i].dormant);
            }
        }
        const auto daily = computeFlows(days, at, Period::Day);
        QCOMPARE(daily.size(), std::size_t{10'000});
        const FlowRow &yesterday = daily[daily.size() - 2];
        QCOMPARE(yesterday.resurrected, 1);
        QCOMPARE(yesterday.current, 1);
        QCOMPARE(daily.back().dormant, 1);
    }

    void beforeTheFirstEventThereIsNothing()
    {
        QVERIFY(computeFlows({}, 100, Period::Week).empty());
        QVERIFY(computeFlows({{1, 200, false}}, 100, Period::Week).empty());
        QCOMPARE(computeFlows({{1, -200, false}}, -200, Period::Month).size(), std::size_t{1});
    }
};

QTEST_APPLESS_MAIN(FlowsTest)
#include "tst_flows.moc"
