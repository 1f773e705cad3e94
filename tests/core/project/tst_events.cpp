#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/purchase_store.h"
#include "core/project/recovery.h"
#include "core/project/settings.h"
#include "tests/support/project_fixture.h"

#include <QTest>

using namespace perennial;
using test::PlainEvent;
using test::ProjectFixture;

namespace {

constexpr UtcSecond kNoon = 43200;

UtcSecond noon(Day day)
{
    return startOf(day) + kNoon;
}

} // namespace

class TestEvents : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void eventsComeBackByUserAndTime();
    void purchasesMergeDaysAndCountOrders();
    void windowsAreHalfOpen();
    void activeDays();
    void moneyDaysOfOneUserAreThose();
    void firstPurchasesTakeTheEarliestRow();
    void rolledBackChunkLeavesNothing();
    void removedSourceTakesItsUsersAlong();
    void countsFollowTheData();
    void verifyFindsLostRows();
    void nonsenseInTheFileIsDamage();
    void aUserForAllGuestsTakesNoLonger();
    void asManyCategoriesAsItemsTakeNoLonger();
};

void TestEvents::eventsComeBackByUserAndTime()
{
    ProjectFixture fixture;
    fixture.add({{"b", "x", EventKind::View, noon(5), 0, ""},
                 {"a", "x", EventKind::Purchase, noon(9), 3, "o1"},
                 {"b", "y", EventKind::Cart, noon(2), 0, ""},
                 {"a", "y", EventKind::View, noon(9), 0, ""}});
    const auto table = readEvents(fixture.project(), std::nullopt, Task());
    QVERIFY(table.ok());
    QCOMPARE(table->maxUser(), 2);
    QVERIFY((table->user == std::vector<std::int32_t>{1, 1, 2, 2}));
    QVERIFY((table->kind == std::vector{EventKind::Cart, EventKind::View, EventKind::Purchase,
                                        EventKind::View}));
    QVERIFY((table->offsets == std::vector<std::int64_t>{0, 0, 2, 4}));
    const auto early = readEvents(fixture.project(), 5, Task());
    QCOMPARE(early->size(), std::size_t{2});

    std::stop_source stop;
    stop.request_stop();
    const auto user = findUser(fixture.project(), "b");
    QVERIFY(user.ok());
    const auto history = readUserEvents(fixture.project(), user->id, 10);
    QCOMPARE(history->size(), std::size_t{2});
    QCOMPARE(history->front().at, noon(5));
    QCOMPARE(findUser(fixture.project(), "zz").error().code, ErrorCode::UnknownUser);
}

void TestEvents::purchasesMergeDaysAndCountOrders()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::Purchase, noon(10), 3, "o1"},
                 {"a", "y", EventKind::Purchase, noon(10) + 60, 4, "o1"},
                 {"a", "y", EventKind::Purchase, noon(10) + 99, 5, "o2"},
                 {"a", "y", EventKind::Refund, noon(12), -2, "o1"},
                 {"a", "x", EventKind::Purchase, noon(20), 7, ""},
                 {"a", "z", EventKind::Purchase, noon(20), 1, ""},
                 {"b", "x", EventKind::Refund, noon(11), -9, ""},
                 {"c", "x", EventKind::View, noon(11), 0, ""}});
    const auto users = readUserPurchases(fixture.project(), std::nullopt);
    QVERIFY(users.ok());
    QCOMPARE(users->size(), std::size_t{1});
    const UserPurchases &a = users->front();
    QCOMPARE(a.orderDays, 2);
    QCOMPARE(a.orders, 3);
    QCOMPARE(a.firstDay, 10);
    QCOMPARE(a.lastDay, 20);
    QCOMPARE(toUnits(a.gross), 20.0);
    QCOMPARE(toUnits(a.refunds), -2.0);
    QCOMPARE(toUnits(a.firstDayGross), 12.0);
    // The same without its index, which a killed load leaves behind.
    QVERIFY(dropEventIndexes(fixture.project()).ok());
    QCOMPARE(readUserPurchases(fixture.project(), std::nullopt)->front().gross, a.gross);
}

void TestEvents::windowsAreHalfOpen()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::Purchase, startOf(11) - 1, 1, ""},
                 {"a", "x", EventKind::Purchase, startOf(11), 2, ""},
                 {"a", "x", EventKind::Purchase, startOf(21) - 1, 4, ""},
                 {"a", "x", EventKind::Purchase, startOf(21), 8, ""},
                 {"b", "x", EventKind::Refund, noon(15), -3, ""}});
    const auto window = readUserPurchasesBetween(fixture.project(), 10, 20);
    QCOMPARE(window->size(), std::size_t{2});
    QCOMPARE(toUnits(window->front().gross), 6.0);
    QCOMPARE(toUnits(window->back().refunds), -3.0);
    QCOMPARE(toUnits(readUserPurchases(fixture.project(), 10)->front().gross), 1.0);
}

void TestEvents::moneyDaysOfOneUserAreThose()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::Purchase, noon(10), 5, ""},
                 {"b", "x", EventKind::Purchase, noon(10), 7, ""},
                 {"b", "x", EventKind::Refund, noon(12), -2, ""},
                 {"b", "x", EventKind::View, noon(13), 0, ""},
                 {"b", "x", EventKind::Purchase, noon(30), 9, ""}});
    const auto all = readMoneyDays(fixture.project(), 29);
    const auto of = readMoneyDaysOf(fixture.project(), 2, 29);
    QCOMPARE(all->size(), std::size_t{3});
    QCOMPARE(of->size(), std::size_t{2});
    for (std::size_t i = 0; i < of->size(); ++i) {
        const MoneyDay &one = of->at(i), &same = all->at(i + 1);
        QVERIFY(one.user == 2 && one.day == same.day && one.ordered == same.ordered &&
                one.gross == same.gross && one.refunds == same.refunds);
    }
    QVERIFY(readMoneyDaysOf(fixture.project(), 99, std::nullopt)->empty());
    QVERIFY(dropEventIndexes(fixture.project()).ok());
    QCOMPARE(readMoneyDaysOf(fixture.project(), 2, std::nullopt)->size(), std::size_t{3});
}

void TestEvents::firstPurchasesTakeTheEarliestRow()
{
    ProjectFixture fixture;
    fixture.add({{"a", "late", EventKind::Purchase, noon(20), 5, ""},
                 {"a", "early", EventKind::Purchase, noon(10), 5, ""},
                 {"a", "seen", EventKind::View, noon(1), 0, ""},
                 {"b", "seen", EventKind::View, noon(1), 0, ""},
                 {"c", "late", EventKind::Purchase, noon(40), 5, ""}});
    fixture.project().database().execute("UPDATE item SET category = 'of ' || key");
    const auto first = readFirstPurchases(fixture.project(), 30);
    QCOMPARE(first->size(), std::size_t{1});
    QCOMPARE(first->front().category, std::string("of early"));
    QVERIFY(first->front().channel.empty() && first->front().device.empty());
    QCOMPARE(readFirstPurchases(fixture.project(), std::nullopt)->size(), std::size_t{2});
}

void TestEvents::activeDays()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::View, noon(10), 0, ""},
                 {"a", "x", EventKind::Purchase, noon(10) + 5, 1, ""},
                 {"a", "x", EventKind::View, noon(9), 0, ""},
                 {"b", "x", EventKind::View, noon(30), 0, ""}});
    const auto days = readActiveDays(fixture.project(), 29);
    QCOMPARE(days->size(), std::size_t{2});
    QVERIFY(days->at(0).day == 9 && !days->at(0).ordered);
    QVERIFY(days->at(1).day == 10 && days->at(1).ordered);
}

void TestEvents::rolledBackChunkLeavesNothing()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::View, noon(1), 0, ""}});
    const std::int64_t source = *beginSource(fixture.project(), {});
    auto writer = EventWriter::open(fixture.project(), source);
    QVERIFY(writer->begin().ok());
    const auto lost = writer->code(Dictionary::User, "lost");
    EventRow row;
    row.user = *lost;
    QVERIFY(writer->add(row).ok());
    QVERIFY(writer->rollback().ok());
    QVERIFY(writer->begin().ok());
    QCOMPARE(*writer->code(Dictionary::User, "a"), std::int64_t{1});
    QCOMPARE(*writer->code(Dictionary::User, "next"), *lost); // the id was not used up
    QVERIFY(writer->rollback().ok());
    QCOMPARE(readCounts(fixture.project())->users, 1);
    QCOMPARE(readCounts(fixture.project())->events, 1);
}

void TestEvents::removedSourceTakesItsUsersAlong()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::View, noon(1), 0, ""}});
    const auto before = dataHash(fixture.project());
    const std::int64_t second = fixture.add({{"a", "y", EventKind::View, noon(2), 0, ""},
                                             {"b", "y", EventKind::View, noon(3), 0, ""}});
    QVERIFY(*dataHash(fixture.project()) != *before);
    QCOMPARE(readCounts(fixture.project())->users, 2);
    QVERIFY(removeSource(fixture.project(), second).ok());
    const auto counts = readCounts(fixture.project());
    QCOMPARE(counts->users, 1);
    QCOMPARE(counts->items, 1);
    QCOMPARE(counts->events, 1);
    QCOMPARE(*dataHash(fixture.project()), *before);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestEvents::countsFollowTheData()
{
    ProjectFixture fixture;
    QCOMPARE(readCounts(fixture.project())->events, 0);
    QVERIFY(!readCounts(fixture.project())->lastDay);
    fixture.add({{"a", "x", EventKind::Purchase, noon(1), 2.5, "o"},
                 {"b", "x", EventKind::Refund, noon(4), -1, "o"},
                 {"b", "x", EventKind::View, noon(7), 0, ""}});
    const auto counts = readCounts(fixture.project());
    QCOMPARE(counts->events, 3);
    QCOMPARE(counts->purchases, 1);
    QCOMPARE(counts->refunds, 1);
    QCOMPARE(counts->usersWithPurchase, 1);
    QCOMPARE(counts->orders, 1);
    QCOMPARE(toUnits(counts->gross), 2.5);
    QCOMPARE(toUnits(counts->refunded), -1.0);
    QCOMPARE(*counts->firstDay, 1);
    QCOMPARE(*counts->lastDay, 7);
    QCOMPARE(*snapshotDay(fixture.project(), {}), 7);
}

void TestEvents::verifyFindsLostRows()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::Purchase, noon(1), 2.5, "o"},
                 {"a", "x", EventKind::Purchase, noon(2), 2.5, "o"}});
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    // Readable pages can still have lost a row: the control totals know.
    auto writer = EventWriter::open(fixture.project(), 1);
    QVERIFY(writer->begin().ok());
    EventRow row;
    row.user = 1;
    QVERIFY(writer->add(row).ok());
    QVERIFY(writer->commit().ok());
    const auto report = verifyProject(fixture.project(), Task());
    QVERIFY(!report->sound());
}

// A file changed by other hands must not become an index out of range further on.
void TestEvents::nonsenseInTheFileIsDamage()
{
    for (const char *change :
         {"UPDATE event SET kind = 77", "UPDATE event SET kind = -1",
          "UPDATE event SET user_id = 900", "UPDATE event SET item_id = 900",
          "UPDATE event SET item_id = -5"}) {
        ProjectFixture fixture;
        fixture.add({{"a", "x", EventKind::Purchase, noon(1), 2.5, "o"}});
        fixture.project().database().execute(change);
        const auto events = readEvents(fixture.project(), std::nullopt, Task());
        QVERIFY2(!events.ok(), change);
        QCOMPARE(events.error().code, ErrorCode::Damaged);
        QVERIFY2(!verifyProject(fixture.project(), Task())->sound(), change);
    }
}

// Each order twice, 300 000 of them on one day: looked for one among the others that would be
// 10^11 steps, and the test's own limit of time fails it.
void TestEvents::aUserForAllGuestsTakesNoLonger()
{
    ProjectFixture fixture;
    fixture.add({{"guest", "x", EventKind::Purchase, noon(5), 1, "o1"}});
    fixture.project().database().execute(
        "WITH RECURSIVE k(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM k WHERE n < 300000), "
        "twice(half) AS (VALUES (0), (1)) INSERT INTO event(user_id, at, kind, item_id, quantity, "
        "amount, order_id, device_id, place_id, channel_id, source_id) "
        "SELECT 1, 5 * 86400 + half, 4, 0, 1.0, 1, n, 0, 0, 0, 1 FROM twice, k");
    const auto purchases = readUserPurchases(fixture.project(), {});
    QVERIFY(purchases.ok());
    QCOMPARE(purchases->front().orders, 300'000);
    QCOMPARE(purchases->front().orderDays, 1);
}

void TestEvents::asManyCategoriesAsItemsTakeNoLonger()
{
    ProjectFixture fixture;
    fixture.project().database().execute(
        "WITH RECURSIVE k(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM k WHERE n < 300000) "
        "INSERT INTO item(key, category) SELECT 'i' || n, 'category ' || (n + n % 2) FROM k");
    const auto items = readItems(fixture.project());
    QVERIFY(items.ok());
    QCOMPARE(items->size(), std::size_t{300'000});
    QCOMPARE(items->front().categoryId, 1);
    QCOMPARE((*items)[1].categoryId, 1);
    QCOMPARE(items->back().categoryId, 150'000);
}

QTEST_APPLESS_MAIN(TestEvents)
#include "tst_events.moc"
