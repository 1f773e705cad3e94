#include "core/lifecycle/retention.h"
#include "random_days.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <map>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

const Day kAt = dayFromCivil({2024, 7, 17}); // a Wednesday

/// Days as a table of the calendar; orders and money made up from the row's number.
ActivityTable tableOf(const std::vector<ActiveDay> &days)
{
    ActivityTable table;
    table.offsets.push_back(0);
    for (std::size_t row = 0; row < days.size(); ++row) {
        if (row == 0 || days[row].user != days[row - 1].user) {
            if (row > 0) {
                table.offsets.push_back(row);
            }
            table.user.push_back(days[row].user);
            table.anchor.push_back(startOf(days[row].day));
        }
        table.day.push_back(days[row].day);
        table.orders.push_back(days[row].ordered ? 1 + static_cast<std::int32_t>(row % 3) : 0);
        table.net.push_back(days[row].ordered || row % 7 == 0
                                ? static_cast<Money>(row * 37 % 1000) * 100 - 20'000
                                : 0);
    }
    if (!days.empty()) {
        table.offsets.push_back(days.size());
    }
    return table;
}

/// Periods from the one that holds `from` to the one that holds `to`, one by one.
int steps(Day from, Day to, Period period)
{
    int n = 0;
    for (Day start = periodStart(from, period); nextPeriodStart(start, period) <= to;
         start = nextPeriodStart(start, period)) {
        ++n;
    }
    return n;
}

/// A cell by its definition: every user, every day.
struct Plain {
    std::int64_t users = 0, active = 0, ordering = 0, orders = 0;
    Money net = 0;
};
Plain plainCell(const ActivityTable &table, const RetentionCohort &cohort,
                const RetentionOptions &options, const PeriodRange &column, Period period)
{
    Plain cell;
    for (std::size_t i = 0; i < table.size(); ++i) {
        std::size_t row = table.offsets[i];
        const std::size_t end = table.offsets[i + 1];
        while (options.anchor == CohortAnchor::FirstPurchase && row < end &&
               table.orders[row] == 0) {
            ++row;
        }
        if (row == end || table.day[row] > kAt ||
            periodStart(table.day[row], period) != *cohort.start) {
            continue;
        }
        const Day anchor = table.day[row];
        bool active = false;
        bool ordering = false;
        for (; row < end && table.day[row] <= kAt; ++row) {
            const int n = steps(anchor, table.day[row], period);
            const bool open = options.kind == RetentionKind::Unbounded;
            if (n >= column.from && (open || n <= column.to)) {
                active = true;
                ordering = ordering || table.orders[row] > 0;
                cell.orders += table.orders[row];
                cell.net += table.net[row];
            }
        }
        ++cell.users;
        cell.active += active ? 1 : 0;
        cell.ordering += ordering ? 1 : 0;
    }
    return cell;
}

UserLabels labelsFor(const ActivityTable &table)
{
    UserLabels labels{"channel", {}, {}};
    for (const std::int32_t user : table.user) {
        if (user % 5 != 0) { // the fifth is not known
            labels.user.push_back(user);
            labels.value.push_back(user % 2 == 0 ? "even" : "odd");
        }
    }
    return labels;
}

} // namespace

class RetentionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bracketsFromTexts()
    {
        const std::vector<PeriodRange> three{{1, 3}, {4, 7}, {8, 8}};
        QCOMPARE(*bracketsFromText("1-3,4-7,8"), three);
        QCOMPARE(*bracketsFromText(" 1 - 3, 4-7 ,8 "), three);
        for (const char *text : {"", "a", "1-", "-3", "1,,2", "1-2-3", "99999999999", "1;2"}) {
            QVERIFY2(!bracketsFromText(text), text);
        }
    }

    void aSmallTriangle()
    {
        const Day monday = dayFromCivil({2024, 7, 1});
        const Day at = monday + 20; // the end of the third week
        const auto table = tableOf({{1, monday, true},      {1, monday + 8, false},
                                    {1, monday + 15, true}, {2, monday + 6, false},
                                    {2, monday + 14, true}, {3, monday + 7, true},
                                    {3, monday + 13, true}});
        const auto result = *computeRetention(table, at, nullptr, {}, Task());
        QCOMPARE(result->columns.size(), std::size_t{3});
        QCOMPARE(result->cohorts.size(), std::size_t{2});
        QCOMPARE(*result->cohorts[0].start, monday);
        const auto active = [&](std::size_t c) {
            std::vector<std::int64_t> counts;
            for (const RetentionCell &cell : result->cohorts[c].cells) {
                counts.push_back(cell.active);
            }
            return counts;
        };
        QCOMPARE(active(0), (std::vector<std::int64_t>{2, 1, 2}));
        QCOMPARE(active(1), (std::vector<std::int64_t>{1, 0}));
        QVERIFY(result->cohorts[0].cells[2].mature);
        QCOMPARE(*result->cohorts[0].cells[2].completeOn, at);
        QCOMPARE(result->curve[1].users, 3);
        QCOMPARE(*result->curve[1].activeShare, 1.0 / 3.0);
        QCOMPARE(result->curve[2].users, 2);

        // A day earlier the last column of each cohort is not over.
        const auto before = *computeRetention(table, at - 1, nullptr, {}, Task());
        QVERIFY(!before->cohorts[0].cells[2].mature);
        QVERIFY(!before->cohorts[1].cells[1].mature);
        QVERIFY(before->cohorts[0].cells[1].mature);
        QCOMPARE(before->curve[1].users, 2);
        QCOMPARE(before->curve[2].users, 0);
        QVERIFY(!before->curve[2].activeShare && !before->curve[2].activeInterval);

        RetentionOptions unbounded;
        unbounded.kind = RetentionKind::Unbounded;
        const auto later = *computeRetention(table, at, nullptr, unbounded, Task());
        QCOMPARE(later->cohorts[0].cells[1].active, 2); // one in week 1, the other in 2
    }

    void isTheDefinition_data()
    {
        QTest::addColumn<int>("period");
        QTest::addColumn<int>("anchor");
        QTest::addColumn<int>("kind");
        for (int period = 0; period < 3; ++period) {
            for (int anchor = 0; anchor < 2; ++anchor) {
                for (int kind = 0; kind < 3; ++kind) {
                    QTest::addRow("%d %d %d", period, anchor, kind) << period << anchor << kind;
                }
            }
        }
    }

    void isTheDefinition()
    {
        QFETCH(int, period);
        QFETCH(int, anchor);
        QFETCH(int, kind);
        RetentionOptions options;
        options.period = static_cast<CohortPeriod>(period);
        options.anchor = static_cast<CohortAnchor>(anchor);
        options.kind = static_cast<RetentionKind>(kind);
        options.brackets = {{0, 0}, {1, 3}, {6, 7}, {20, 40}};
        options.mostPeriods = 9; // fewer than there are
        options.mostCohorts = 20;
        for (std::uint64_t seed = 1; seed <= 3; ++seed) {
            const auto table = tableOf(randomDays(80, kAt - 130, 140, seed));
            const auto result = *computeRetention(table, kAt, nullptr, options, Task());
            const auto unit = static_cast<Period>(period);
            std::int64_t users = result->olderUsers;
            std::vector<RetentionPoint> curve(result->columns.size());
            for (std::size_t c = 0; c < result->cohorts.size(); ++c) {
                const RetentionCohort &cohort = result->cohorts[c];
                users += cohort.users;
                QVERIFY(c == 0 || *result->cohorts[c - 1].start < *cohort.start);
                for (std::size_t n = 0; n < result->columns.size(); ++n) {
                    const PeriodRange column = result->columns[n];
                    Day start = *cohort.start;
                    Day begins = start;
                    for (int k = 0; k <= column.to; ++k) {
                        begins = k == column.from ? start : begins;
                        start = nextPeriodStart(start, unit);
                    }
                    QCOMPARE(n < cohort.cells.size(), begins <= kAt);
                    if (n >= cohort.cells.size()) {
                        continue;
                    }
                    const RetentionCell &cell = cohort.cells[n];
                    const Plain plain = plainCell(table, cohort, options, column, unit);
                    QCOMPARE(cell.users, cohort.users);
                    QCOMPARE(cell.users, plain.users);
                    QCOMPARE(cell.active, plain.active);
                    QCOMPARE(cell.ordering, plain.ordering);
                    QCOMPARE(cell.orders, plain.orders);
                    QCOMPARE(cell.net, plain.net);
                    QCOMPARE(*cell.completeOn, start - 1);
                    QCOMPARE(cell.mature, start - 1 <= kAt);
                    curve[n].users += cell.mature ? cell.users : 0;
                    curve[n].active += cell.mature ? cell.active : 0;
                }
            }
            for (std::size_t n = 0; n < curve.size(); ++n) {
                QCOMPARE(result->curve[n].users, curve[n].users);
                QCOMPARE(result->curve[n].active, curve[n].active);
            }
            std::int64_t anchored = 0;
            for (std::size_t i = 0; i < table.size(); ++i) {
                for (std::size_t row = table.offsets[i]; row < table.offsets[i + 1]; ++row) {
                    if (anchor == 0 || table.orders[row] > 0) {
                        anchored += table.day[row] <= kAt ? 1 : 0;
                        break;
                    }
                }
            }
            QCOMPARE(users, anchored);
        }
    }

    void listsHaveAsManyUsersAsTheirCells()
    {
        const auto days = randomDays(120, kAt - 100, 110, 4);
        for (const bool own : {false, true}) {
            auto table = tableOf(days);
            table.clock = own ? ActivityClock::SinceFirstEvent : ActivityClock::Calendar;
            const UserLabels labels = labelsFor(table);
            for (const UserLabels *by : {static_cast<const UserLabels *>(nullptr), &labels}) {
                for (const RetentionKind kind : {RetentionKind::Exact, RetentionKind::Unbounded,
                                                 RetentionKind::Bracket}) {
                    RetentionOptions options;
                    options.kind = kind;
                    options.brackets = {{1, 2}, {3, 8}};
                    options.mostPeriods = 7;
                    const auto result = *computeRetention(table, kAt, by, options, Task());
                    for (std::size_t c = 0; c < result->cohorts.size(); ++c) {
                        const auto &cells = result->cohorts[c].cells;
                        for (std::size_t n = 0; n < cells.size(); ++n) {
                            const auto list = [&](RetentionMeasure measure) {
                                return static_cast<std::int64_t>(
                                    retentionUsers(table, kAt, by, options, c, n, measure)->size());
                            };
                            QCOMPARE(list(RetentionMeasure::Users), cells[n].users);
                            QCOMPARE(list(RetentionMeasure::Active), cells[n].active);
                            QCOMPARE(list(RetentionMeasure::Ordering), cells[n].ordering);
                        }
                    }
                }
            }
        }
    }

    void onTheUsersOwnClock()
    {
        // From 10:00 on: a period is over at 10:00 of a later day.
        ActivityTable table;
        table.clock = ActivityClock::SinceFirstEvent;
        table.user = {1, 2};
        table.offsets = {0, 2, 3};
        table.anchor = {startOf(kAt - 7) + 36'000, startOf(kAt - 7)};
        table.day = {kAt - 7, kAt, kAt - 7};
        table.orders = {0, 1, 0};
        table.net = {0, 5, 0};
        RetentionOptions options;
        options.period = CohortPeriod::Daily;
        const auto result = *computeRetention(table, kAt, nullptr, options, Task());
        const auto &cells = result->cohorts[0].cells;
        QCOMPARE(cells.size(), std::size_t{8});
        QCOMPARE(cells[7].active, 1);
        QVERIFY(!cells[7].mature); // of user 1 only 14 of the 24 hours are in
        QCOMPARE(*cells[7].completeOn, kAt + 1);
        QVERIFY(cells[6].mature);
        QCOMPARE(*cells[6].completeOn, kAt);

        table.anchor[0] = startOf(kAt - 7); // at midnight: the 24 hours are the day's
        const auto midnight = *computeRetention(table, kAt, nullptr, options, Task());
        QVERIFY(midnight->cohorts[0].cells[7].mature);
        QCOMPARE(*midnight->cohorts[0].cells[7].completeOn, kAt);

        // Users begin within the week; a cell counts those who have been here to its end.
        table.anchor = {startOf(kAt - 7) + 36'000, startOf(kAt - 3)};
        table.day = {kAt - 7, kAt, kAt - 3};
        const UserLabels labels{"x", {1, 2}, {"a", "a"}};
        const auto byLabel = *computeRetention(table, kAt, &labels, options, Task());
        const auto &shrinking = byLabel->cohorts[0].cells;
        QCOMPARE(byLabel->cohorts[0].users, 2);
        QCOMPARE(shrinking.size(), std::size_t{7}); // user 1 has lived through days 0 … 6
        QCOMPARE(shrinking[3].users, 2);
        QCOMPARE(shrinking[4].users, 1);
        QCOMPARE(shrinking[6].active, 0);
    }

    void attributesShrinkToThoseObserved()
    {
        const auto table = tableOf(randomDays(300, kAt - 150, 160, 8));
        const UserLabels labels = labelsFor(table);
        RetentionOptions options;
        const auto byTime = *computeRetention(table, kAt, nullptr, options, Task());
        const auto byLabel = *computeRetention(table, kAt, &labels, options, Task());
        QCOMPARE(byLabel->by, std::string("channel"));
        QCOMPARE(byLabel->cohorts.size(), std::size_t{3});
        // On the calendar who is in a mature cell is who is observed: the curves are one.
        for (std::size_t n = 0; n < byTime->curve.size(); ++n) {
            QCOMPARE(byLabel->curve[n].users, byTime->curve[n].users);
            QCOMPARE(byLabel->curve[n].active, byTime->curve[n].active);
            QCOMPARE(byLabel->curve[n].orders, byTime->curve[n].orders);
            QCOMPARE(byLabel->curve[n].net, byTime->curve[n].net);
        }
        options.mostCohorts = 2;
        const auto rest = *computeRetention(table, kAt, &labels, options, Task());
        QCOMPARE(rest->cohorts.size(), std::size_t{2});
        QVERIFY(rest->cohorts[1].isRest);
        QCOMPARE(rest->cohorts[1].users, byLabel->cohorts[1].users + byLabel->cohorts[2].users);
        options.kind = RetentionKind::Unbounded;
        const auto unbounded = *computeRetention(table, kAt, &labels, options, Task());
        for (std::size_t n = 1; n < unbounded->cohorts[0].cells.size(); ++n) {
            QVERIFY(unbounded->cohorts[0].cells[n].active <=
                    unbounded->cohorts[0].cells[n - 1].active);
        }
    }

    void whatComesLaterDoesNotExist()
    {
        const auto days = randomDays(100, kAt - 60, 120, 6);
        std::vector<ActiveDay> past;
        std::ranges::copy_if(days, std::back_inserter(past),
                             [](const ActiveDay &day) { return day.day <= kAt; });
        auto all = tableOf(days);
        auto seen = tableOf(past);
        // The made-up orders go by row number: the same for both.
        for (ActivityTable *table : {&all, &seen}) {
            for (std::size_t row = 0; row < table->day.size(); ++row) {
                table->orders[row] = table->orders[row] > 0 ? 1 : 0;
                table->net[row] = table->orders[row] * 10'000;
            }
        }
        const auto a = *computeRetention(all, kAt, nullptr, {}, Task());
        const auto b = *computeRetention(seen, kAt, nullptr, {}, Task());
        QCOMPARE(a->cohorts.size(), b->cohorts.size());
        for (std::size_t c = 0; c < a->cohorts.size(); ++c) {
            QCOMPARE(a->cohorts[c].cells.size(), b->cohorts[c].cells.size());
            for (std::size_t n = 0; n < a->cohorts[c].cells.size(); ++n) {
                QCOMPARE(a->cohorts[c].cells[n].active, b->cohorts[c].cells[n].active);
                QCOMPARE(a->cohorts[c].cells[n].net, b->cohorts[c].cells[n].net);
            }
        }
    }

    void revenueAddsUp()
    {
        const auto table = tableOf(randomDays(200, kAt - 90, 91, 3));
        RetentionOptions options;
        options.mostPeriods = 1000;
        const auto result = *computeRetention(table, kAt, nullptr, options, Task());
        Money net = 0;
        double cumulative = 0;
        for (const RetentionCohort &cohort : result->cohorts) {
            for (const RetentionCell &cell : cohort.cells) {
                net += cell.net;
            }
            cumulative += cumulativeNetPerUser(cohort).back() * static_cast<double>(cohort.users);
        }
        const Money all = std::accumulate(table.net.begin(), table.net.end(), Money{0});
        QCOMPARE(net, all);
        QVERIFY(std::abs(cumulative - toUnits(all)) < 1e-6);
    }

    void strangeData()
    {
        // All on one day; one user; a gap of a year; a stray date in the year 1; huge amounts.
        std::vector<ActiveDay> sameDay;
        for (int user = 1; user <= 40; ++user) {
            sameDay.push_back({user, kAt, true});
        }
        const auto flat = *computeRetention(tableOf(sameDay), kAt, nullptr, {}, Task());
        QCOMPARE(flat->cohorts.size(), std::size_t{1});
        QCOMPARE(flat->cohorts[0].cells.size(), std::size_t{1});
        QVERIFY(!flat->cohorts[0].cells[0].mature); // the week isn't over
        QCOMPARE(flat->curve[0].users, 0);

        const auto gap =
            *computeRetention(tableOf({{1, kAt - 400, true}, {1, kAt, true}}), kAt, nullptr, {},
                              Task());
        QCOMPARE(gap->cohorts[0].cells.size(), std::size_t{58});
        QCOMPARE(gap->cohorts[0].cells[57].active, 1);
        QCOMPARE(gap->curve[30].active, 0);

        const auto stray = *computeRetention(
            tableOf({{1, dayFromCivil({1, 1, 1}), true}, {2, kAt - 3, true}}), kAt, nullptr, {},
            Task());
        QCOMPARE(stray->cohorts.size(), std::size_t{2}); // nothing between
        QCOMPARE(stray->columns.size(), std::size_t{60});

        auto huge = tableOf({{1, kAt, true}, {2, kAt, true}});
        huge.net = {std::numeric_limits<Money>::max(), std::numeric_limits<Money>::max()};
        const auto ended = *computeRetention(huge, kAt, nullptr, {}, Task());
        QCOMPARE(ended->cohorts[0].cells[0].net, std::numeric_limits<Money>::max());
    }

    void refuses()
    {
        const auto table = tableOf({{1, kAt, false}});
        const auto refused = [&](RetentionOptions options) {
            const auto result = computeRetention(table, kAt, nullptr, options, Task());
            return result ? std::string("none") : result.error().where;
        };
        RetentionOptions options;
        options.kind = RetentionKind::Bracket;
        QCOMPARE(refused(options), std::string("brackets"));
        for (const std::vector<PeriodRange> &brackets :
             {std::vector<PeriodRange>{{2, 1}}, {{-1, 2}}, {{0, 3}, {3, 5}}, {{0, 20'000}}}) {
            options.brackets = brackets;
            QCOMPARE(refused(options), std::string("brackets"));
        }
        options = {};
        options.mostPeriods = 0;
        QCOMPARE(refused(options), std::string("most"));
        options = {};
        options.mostCohorts = 1001;
        QCOMPARE(refused(options), std::string("most"));
        options = {};
        options.level = 1.0;
        QCOMPARE(refused(options), std::string("level"));
        QCOMPARE(computeRetention({}, kAt, nullptr, {}, Task()).error().code, ErrorCode::NoEvents);
        QCOMPARE(computeRetention(table, kAt - 1, nullptr, {}, Task()).error().code,
                 ErrorCode::NoEvents);
        options = {};
        options.anchor = CohortAnchor::FirstPurchase;
        QCOMPARE(computeRetention(table, kAt, nullptr, options, Task()).error().code,
                 ErrorCode::NoPurchases);
        auto own = table;
        own.clock = ActivityClock::SinceFirstEvent;
        QCOMPARE(computeRetention(own, kAt, nullptr, options, Task()).error().where,
                 std::string("clock"));
        QCOMPARE(retentionUsers(table, kAt, nullptr, {}, 1, 0, RetentionMeasure::Users)
                     .error()
                     .where,
                 std::string("cell"));
        QCOMPARE(retentionUsers(table, kAt, nullptr, {}, 0, 1, RetentionMeasure::Users)
                     .error()
                     .where,
                 std::string("cell"));
    }

    void cancels()
    {
        const auto table = tableOf(randomDays(40000, kAt - 30, 20, 2));
        std::stop_source stop;
        const Task stopsLater(stop.get_token(),
                              [&](double, std::string_view) { stop.request_stop(); });
        QCOMPARE(computeRetention(table, kAt, nullptr, {}, stopsLater).error().code,
                 ErrorCode::Cancelled);
    }

    void worksOnAProject()
    {
        ProjectFixture fixture;
        const auto on = [](Day day, int hour) { return startOf(day) + hour * 3600; };
        fixture.add({{"a", "i", EventKind::View, on(kAt - 9, 8), 0, ""},
                     {"a", "i", EventKind::Purchase, on(kAt - 8, 7), 5, "a"},
                     {"b", "i", EventKind::Purchase, on(kAt - 9, 9), 7, "b"},
                     {"b", "i", EventKind::View, on(kAt - 8, 9), 0, ""}});
        RetentionOptions options;
        options.period = CohortPeriod::Daily;
        const auto calendar =
            *readActivity(fixture.project(), kAt, ActivityClock::Calendar, Task());
        QCOMPARE((*computeRetention(calendar, kAt, nullptr, options, Task()))
                     ->cohorts[0].cells[1].active, 2);
        const auto own =
            *readActivity(fixture.project(), kAt, ActivityClock::SinceFirstEvent, Task());
        const auto result = *computeRetention(own, kAt, nullptr, options, Task());
        QCOMPARE(result->cohorts[0].cells[0].ordering, 2); // 23 hours after the view
        QCOMPARE(result->cohorts[0].cells[0].net, 120'000);
        QCOMPARE(result->cohorts[0].cells[1].active, 1);
    }
};

QTEST_GUILESS_MAIN(RetentionTest)
#include "tst_retention.moc"
