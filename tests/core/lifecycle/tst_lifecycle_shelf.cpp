#include "core/lifecycle/lifecycle_shelf.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <stop_token>
#include <thread>

using namespace perennial;
using namespace perennial::test;

namespace {

const Day kAt = dayFromCivil({2024, 7, 17});

UserIds ids(std::vector<std::int64_t> users)
{
    return std::make_shared<const std::vector<std::int64_t>>(std::move(users));
}

std::vector<PlainEvent> events()
{
    std::vector<PlainEvent> all;
    for (int user = 1; user <= 9; ++user) {
        for (int k = 0; k < 2 + user % 3; ++k) {
            all.push_back({"u" + std::to_string(user), "i",
                           k % 2 == 0 ? EventKind::Purchase : EventKind::View,
                           startOf(kAt - 7 * k - user) + 3600, 10.0, "o" + std::to_string(user)});
        }
    }
    return all;
}

bool same(const LifecycleRows &a, const LifecycleRows &b)
{
    return a.at == b.at && a.users.size() == b.users.size() &&
           std::ranges::equal(a.days, b.days, [](const ActiveDay &x, const ActiveDay &y) {
               return x.user == y.user && x.day == y.day && x.ordered == y.ordered;
           });
}

} // namespace

class TestLifecycleShelf : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesWhatReadingGives()
    {
        ProjectFixture fixture;
        fixture.add(events());
        LifecycleShelf shelf(kAt);
        const auto read = *readLifecycleRows(fixture.project(), kAt, Task());
        const auto all = *shelf.rows(fixture.project(), nullptr, Task());
        QVERIFY(same(*all, read));
        for (const UserIds &some : {ids({1, 4, 9}), ids({}), ids({2})}) {
            QVERIFY(same(**shelf.rows(fixture.project(), some, Task()), onlyUsers(read, *some)));
        }
        QCOMPARE(*shelf.rows(fixture.project(), nullptr, Task()), all); // read once
        LifecycleOptions options;
        const auto churned = *shelf.churnDays(fixture.project(), options, Task());
        QCOMPARE(churned.days, churnDaysOf(read.days, kAt, options).days);
    }

    void keepsTheActivityOfOneClock()
    {
        ProjectFixture fixture;
        fixture.add(events());
        LifecycleShelf shelf(kAt);
        for (const ActivityClock clock :
             {ActivityClock::Calendar, ActivityClock::SinceFirstPurchase, ActivityClock::Calendar}) {
            const auto read = *readActivity(fixture.project(), kAt, clock, Task());
            const auto all = *shelf.activity(fixture.project(), clock, nullptr, Task());
            QCOMPARE(all->clock, clock);
            QCOMPARE(all->day, read.day);
            QCOMPARE(all->orders, read.orders);
            const UserIds some = ids({2, 3});
            QCOMPARE((*shelf.activity(fixture.project(), clock, some, Task()))->user,
                     onlyUsers(read, *some).user);
        }
    }

    void severalMayAskAtOnce()
    {
        ProjectFixture fixture;
        fixture.add(events());
        LifecycleShelf shelf(kAt);
        std::vector<LifecycleShelf::Rows> rows(4);
        {
            std::vector<std::jthread> readers;
            for (LifecycleShelf::Rows &mine : rows) {
                readers.emplace_back([&shelf, &mine, project = std::make_shared<Project>(
                                                         *fixture.project().connect())] {
                    const auto read = shelf.rows(*project, nullptr, Task());
                    mine = read ? *read : nullptr;
                });
            }
        }
        for (const LifecycleShelf::Rows &mine : rows) {
            QVERIFY(mine != nullptr);
            QCOMPARE(mine, rows.front());
        }
    }

    void aCancelledReadKeepsNothing()
    {
        ProjectFixture fixture;
        fixture.add(events());
        LifecycleShelf shelf(kAt);
        std::stop_source stop;
        stop.request_stop();
        const Task cancelled(stop.get_token(), {});
        QCOMPARE(shelf.rows(fixture.project(), nullptr, cancelled).error().code,
                 ErrorCode::Cancelled);
        QVERIFY(shelf.rows(fixture.project(), nullptr, Task()).ok());
    }

    void withoutEventsItSaysSo()
    {
        ProjectFixture fixture;
        LifecycleShelf shelf(kAt);
        const auto rows = shelf.rows(fixture.project(), nullptr, Task());
        QVERIFY(!rows || (*rows)->days.empty());
    }
};

QTEST_MAIN(TestLifecycleShelf)
#include "tst_lifecycle_shelf.moc"
