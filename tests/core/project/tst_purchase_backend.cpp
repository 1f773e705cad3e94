#include "core/base/rng.h"
#include "core/project/purchase_backend.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

using namespace perennial;
using namespace perennial::test;

namespace {

/// Purchases, refunds and views of a few users around 1970, several a day, orders shared and missing.
std::vector<PlainEvent> randomEvents(std::uint64_t seed, int count)
{
    Rng rng(seed);
    std::vector<PlainEvent> events;
    for (int i = 0; i < count; ++i) {
        const double u = rng.uniform();
        const EventKind kind = u < 0.6   ? EventKind::Purchase
                               : u < 0.8 ? EventKind::Refund
                                         : EventKind::View;
        const auto at = static_cast<UtcSecond>(rng.below(40 * 86400)) - 20 * 86400;
        const double amount = kind == EventKind::Refund ? -1.0 - rng.below(30)
                                                        : static_cast<double>(rng.below(9000)) / 7;
        const std::uint32_t order = rng.below(12);
        events.push_back({"u" + std::to_string(rng.below(40)), "i", kind, at, amount,
                          order == 0 ? "" : "o" + std::to_string(order)});
    }
    return events;
}

void compare(const Project &project, std::optional<Day> until)
{
    const auto statement = sqliteStatementBackend(project)->userPurchases(until);
    const auto scan = sqliteScanBackend(project)->userPurchases(until);
    QVERIFY(statement && scan);
    QCOMPARE(statement->size(), scan->size());
    for (std::size_t i = 0; i < scan->size(); ++i) {
        const UserPurchases &a = (*statement)[i];
        const UserPurchases &b = (*scan)[i];
        QCOMPARE(a.user, b.user);
        QCOMPARE(a.orderDays, b.orderDays);
        QCOMPARE(a.orders, b.orders);
        QCOMPARE(a.firstDay, b.firstDay);
        QCOMPARE(a.lastDay, b.lastDay);
        QCOMPARE(a.gross, b.gross);
        QCOMPARE(a.refunds, b.refunds);
        QCOMPARE(a.firstDayGross, b.firstDayGross);
    }
}

} // namespace

class PurchaseBackendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void integersAreIdentical()
    {
        for (const std::uint64_t seed : {1, 2, 3}) {
            ProjectFixture fixture;
            fixture.add(randomEvents(seed, 900));
            for (const Day until : {-21, -20, -5, 0, 7, 19, 20}) {
                compare(fixture.project(), until);
            }
            compare(fixture.project(), std::nullopt);
        }
    }

    void nothingGivesNobody()
    {
        ProjectFixture fixture;
        QVERIFY(sqliteStatementBackend(fixture.project())->userPurchases({})->empty());
        fixture.add({{"a", "i", EventKind::Refund, 10, -4.0, "o"}, {"b", "i", EventKind::View, 9, 0.0, ""}});
        QVERIFY(sqliteStatementBackend(fixture.project())->userPurchases({})->empty());
    }

    void aWarehouseNamesItsOwnTable()
    {
        const std::string text = userPurchasesStatement({"shop.orders", "tenant = 7"});
        QVERIFY(text.find(" FROM shop.orders WHERE") != std::string::npos);
        QVERIFY(text.find("AND tenant = 7") != std::string::npos);
        QCOMPARE(std::count(text.begin(), text.end(), '?'), 1);
    }
};

QTEST_GUILESS_MAIN(PurchaseBackendTest)
#include "tst_purchase_backend.moc"
