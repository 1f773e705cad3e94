#include "core/project/activity_store.h"
#include "core/project/purchase_store.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <array>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr Day kDay = 19000;

UtcSecond at(int day, int hour, int minute = 0)
{
    return startOf(kDay + day) + hour * 3600 + minute * 60;
}

void fill(ProjectFixture &fixture)
{
    fixture.add({
        {"a", "i", EventKind::View, at(0, 10), 0, ""},
        {"a", "i", EventKind::Purchase, at(1, 9, 59), 5, "o1"}, // 23:59 after the first event
        {"a", "i", EventKind::Purchase, at(1, 10), 7, "o1"},    // 24:00
        {"a", "i", EventKind::Purchase, at(1, 11), 1, "o2"},
        {"a", "i", EventKind::Purchase, at(1, 12), 2, "o1"},
        {"a", "i", EventKind::Refund, at(3, 1), -4, ""},
        {"b", "i", EventKind::View, at(2, 0), 0, ""},
        {"c", "i", EventKind::Refund, at(0, 0), -1, ""},
        {"c", "i", EventKind::Purchase, at(5, 0), 10, ""},
        {"c", "i", EventKind::Purchase, at(5, 1), 10, ""},
        {"c", "i", EventKind::View, at(6, 0), 0, ""},
    });
}

} // namespace

class ActivityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onTheCalendar()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto table =
            *readActivity(fixture.project(), std::nullopt, ActivityClock::Calendar, Task());
        QCOMPARE(table.user, (std::vector<std::int32_t>{1, 2, 3}));
        QCOMPARE(table.offsets, (std::vector<std::size_t>{0, 3, 4, 7}));
        QCOMPARE(table.day, (std::vector<Day>{kDay, kDay + 1, kDay + 3, kDay + 2, kDay, kDay + 5,
                                              kDay + 6}));
        QCOMPARE(table.orders, (std::vector<std::int32_t>{0, 2, 0, 0, 0, 1, 0}));
        QCOMPARE(table.net, (std::vector<Money>{0, 150'000, -40'000, 0, -10'000, 200'000, 0}));
        QCOMPARE(table.anchor, (std::vector<UtcSecond>{at(0, 10), at(2, 0), at(0, 0)}));
    }

    void in24HoursFromTheFirstEvent()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto table =
            *readActivity(fixture.project(), std::nullopt, ActivityClock::SinceFirstEvent, Task());
        QCOMPARE(table.offsets, (std::vector<std::size_t>{0, 3, 4, 7}));
        QCOMPARE(table.day, (std::vector<Day>{kDay, kDay + 1, kDay + 2, kDay + 2, kDay, kDay + 5,
                                              kDay + 6}));
        QCOMPARE(table.orders, (std::vector<std::int32_t>{1, 2, 0, 0, 0, 1, 0}));
        QCOMPARE(table.net, (std::vector<Money>{50'000, 100'000, -40'000, 0, -10'000, 200'000, 0}));
    }

    void in24HoursFromTheFirstPurchase()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto table = *readActivity(fixture.project(), std::nullopt,
                                         ActivityClock::SinceFirstPurchase, Task());
        QCOMPARE(table.user, (std::vector<std::int32_t>{1, 3})); // b has bought nothing
        QCOMPARE(table.anchor, (std::vector<UtcSecond>{at(1, 9, 59), at(5, 0)}));
        QCOMPARE(table.day, (std::vector<Day>{kDay + 1, kDay + 2, kDay + 5, kDay + 6}));
        QCOMPARE(table.orders, (std::vector<std::int32_t>{2, 0, 1, 0}));
        QCOMPARE(table.net, (std::vector<Money>{150'000, -40'000, 200'000, 0})); // not c's refund
    }

    void endsAtADay()
    {
        ProjectFixture fixture;
        fill(fixture);
        for (const ActivityClock clock : {ActivityClock::Calendar, ActivityClock::SinceFirstEvent,
                                          ActivityClock::SinceFirstPurchase}) {
            const auto table = *readActivity(fixture.project(), kDay + 1, clock, Task());
            QCOMPARE(table.offsets.back(), table.day.size());
            QVERIFY(std::ranges::max(table.day) <= kDay + 1);
        }
        QCOMPARE(readActivity(fixture.project(), kDay - 1, ActivityClock::Calendar, Task())->size(),
                 std::size_t{0});
    }

    void agreesWithTheOtherReaders()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto table =
            *readActivity(fixture.project(), std::nullopt, ActivityClock::Calendar, Task());
        const auto days = *readActiveDays(fixture.project(), std::nullopt);
        QCOMPARE(days.size(), table.day.size());
        for (std::size_t row = 0; row < days.size(); ++row) {
            QCOMPARE(days[row].day, table.day[row]);
            QCOMPARE(days[row].ordered, table.orders[row] > 0);
        }
        std::array<std::int32_t, 4> orders{};
        for (std::size_t i = 0; i < table.size(); ++i) {
            for (std::size_t row = table.offsets[i]; row < table.offsets[i + 1]; ++row) {
                orders[static_cast<std::size_t>(table.user[i])] += table.orders[row];
            }
        }
        for (const UserPurchases &user : *readUserPurchases(fixture.project(), std::nullopt)) {
            QCOMPARE(orders[static_cast<std::size_t>(user.user)], user.orders);
        }
    }

    void ofSomeUsers()
    {
        ProjectFixture fixture;
        fill(fixture);
        const auto table =
            *readActivity(fixture.project(), std::nullopt, ActivityClock::Calendar, Task());
        const auto all = onlyUsers(table, {1, 2, 3});
        QCOMPARE(all.day, table.day);
        QCOMPARE(all.net, table.net);
        QCOMPARE(all.offsets, table.offsets);
        const auto some = onlyUsers(table, {0, 1, 3, 9});
        QCOMPARE(some.user, (std::vector<std::int32_t>{1, 3}));
        QCOMPARE(some.offsets, (std::vector<std::size_t>{0, 3, 6}));
        QCOMPARE(some.orders, (std::vector<std::int32_t>{0, 2, 0, 0, 1, 0}));
        QCOMPARE(some.anchor, (std::vector<UtcSecond>{at(0, 10), at(0, 0)}));
        QCOMPARE(onlyUsers(table, {}).size(), std::size_t{0});
        QCOMPARE(onlyUsers({}, {1, 2}).size(), std::size_t{0});
    }

    void emptyAndCancelled()
    {
        ProjectFixture fixture;
        QCOMPARE(readActivity(fixture.project(), std::nullopt, ActivityClock::SinceFirstPurchase,
                              Task())
                     ->size(),
                 std::size_t{0});
        std::vector<PlainEvent> events;
        for (int i = 0; i < 20000; ++i) {
            events.push_back({"u" + std::to_string(i), "i", EventKind::View, at(i % 50, 1), 0, ""});
        }
        fixture.add(events);
        std::stop_source stop;
        stop.request_stop();
        const auto stopped = readActivity(fixture.project(), std::nullopt, ActivityClock::Calendar,
                                          Task(stop.get_token(), {}));
        QCOMPARE(stopped.error().code, ErrorCode::Cancelled);
        QCOMPARE(readActivity(fixture.project(), std::nullopt, ActivityClock::Calendar, Task())
                     ->size(),
                 std::size_t{20000}); // the connection is as it was
    }
};

QTEST_GUILESS_MAIN(ActivityTest)
#include "tst_activity.moc"
