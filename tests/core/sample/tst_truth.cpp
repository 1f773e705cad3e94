#include "core/base/rng.h"
#include "core/sample/history.h"
#include "core/sample/shopper.h"
#include "core/sample/streams.h"
#include "core/sample/truth.h"

#include <QtTest>

#include <cmath>

using namespace perennial;

namespace {

constexpr double kEnd = 300;
constexpr std::uint64_t kSeed = 11;

struct Case {
    Shopper shopper;
    OpenEnds open;
};

Case makeCase(const Catalog &catalog, std::int64_t number)
{
    Case made{makeShopper(catalog, kSeed, number, kEnd), {}};
    Rng rng(kSeed, streamOf(Purpose::History, static_cast<std::uint64_t>(number)));
    auto events = liveThrough(catalog, made.shopper,
                              {.from = made.shopper.signupAt,
                               .to = kEnd,
                               .leavesAt = made.shopper.dropoutAt,
                               .couponUntil = 0,
                               .signup = true,
                               .firstDay = 0},
                              rng);
    std::erase_if(events, [](const ShopEvent &event) { return event.at >= kEnd; });
    made.open = openEnds(events, kEnd);
    return made;
}

/// One way the future may go, by the same code that writes histories.
ExpectedFuture liveOn(const Catalog &catalog, const Case &of, double days, Rng &rng)
{
    ExpectedFuture future;
    const bool alive = of.shopper.dropoutAt >= kEnd;
    if (alive) {
        const Stretch ahead{.from = kEnd,
                            .to = kEnd + days,
                            .leavesAt = kEnd + rng.exponential() / of.shopper.dropoutPerDay,
                            .couponUntil = kEnd + of.open.couponLeft,
                            .signup = false,
                            .firstDay = 0};
        int lastOrder = -1;
        for (const ShopEvent &event : liveThrough(catalog, of.shopper, ahead, rng)) {
            if (event.at >= kEnd + days) {
                continue;
            }
            future.value += toUnits(event.amount);
            if (event.kind == EventKind::Purchase) {
                lastOrder = std::max(lastOrder, event.order);
            }
        }
        future.orders = lastOrder + 1;
    }
    for (const OpenEnds::Pending &purchase : of.open.pending) {
        for (;;) { // draws until one agrees with "not refunded before the end"
            if (rng.uniform() >= kRefundChance) {
                break;
            }
            const int delay =
                kRefundFirstDay + static_cast<int>(rng.below(kRefundLastDay - kRefundFirstDay + 1));
            const double at = purchase.at + delay;
            if (at >= kEnd) {
                future.value -= at < kEnd + days ? purchase.amount : 0;
                break;
            }
        }
    }
    return future;
}

/// Mean and standard error of what happened minus what was expected.
struct Drift {
    double sum = 0, squares = 0, expected = 0;
    int count = 0;
    void add(double difference, double expectation)
    {
        sum += difference;
        squares += difference * difference;
        expected += expectation;
        ++count;
    }
    double mean() const { return sum / count; }
    double error() const
    {
        return std::sqrt((squares / count - mean() * mean()) / count);
    }
};

} // namespace

class TestTruth : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void simulatedFuturesMeetTheFormulas_data();
    void simulatedFuturesMeetTheFormulas();
    void picksHaveTheirMeanPrice();
    void limits();
};

void TestTruth::simulatedFuturesMeetTheFormulas_data()
{
    QTest::addColumn<double>("days");
    QTest::newRow("5 days") << 5.0; // shorter than a coupon and than most refunds take
    QTest::newRow("180 days") << 180.0;
    QTest::newRow("365 days") << 365.0;
}

void TestTruth::simulatedFuturesMeetTheFormulas()
{
    QFETCH(double, days);
    const Catalog catalog = makeCatalog(kSeed, 60);
    Drift orders, value, couponOrders, couponValue, pendingValue, goneValue;
    for (std::int64_t number = 1; number <= 1500; ++number) {
        const Case of = makeCase(catalog, number);
        const ExpectedFuture expected = expectedFuture(of.shopper, of.open, kEnd, days);
        const bool alive = of.shopper.dropoutAt >= kEnd;
        Rng rng(kSeed, streamOf(Purpose::Continuation, static_cast<std::uint64_t>(number)));
        for (int run = 0; run < 200; ++run) {
            const ExpectedFuture seen = liveOn(catalog, of, days, rng);
            orders.add(seen.orders - expected.orders, expected.orders);
            value.add(seen.value - expected.value, expected.value);
            if (of.open.couponLeft > 0 && alive) {
                couponOrders.add(seen.orders - expected.orders, expected.orders);
                couponValue.add(seen.value - expected.value, expected.value);
            }
            if (!of.open.pending.empty()) {
                pendingValue.add(seen.value - expected.value, expected.value);
            }
            if (!alive) {
                QCOMPARE(seen.orders, 0.0);
                goneValue.add(seen.value - expected.value, expected.value);
            }
        }
    }
    for (const auto &[name, drift] :
         {std::pair{"orders", orders}, {"value", value}, {"coupon orders", couponOrders},
          {"coupon value", couponValue}, {"pending value", pendingValue},
          {"gone value", goneValue}}) {
        QVERIFY2(drift.count > 1000, name);
        const double z = drift.mean() / drift.error();
        qInfo("%s: expected %.4f, off by %.5f +- %.5f (z %.2f)", name,
              drift.expected / drift.count, drift.mean(), drift.error(), z);
        QVERIFY2(std::abs(z) < 4, name);
    }
}

void TestTruth::picksHaveTheirMeanPrice()
{
    // Also after a walk through the product lines, which is what the truth's order value rests on.
    const Catalog catalog = makeCatalog(3, 200);
    const Shopper shopper = makeShopper(catalog, 3, 1, kEnd);
    const Choice &choice = shopper.before;
    double total = 0;
    for (int i = 0; i < 200; ++i) {
        total += choice.chance(i);
        QVERIFY(choice.chance(i) > 0);
    }
    QVERIFY(std::abs(total - 1) < 1e-12);
    Rng rng(5);
    double sum = 0, squares = 0;
    constexpr int kWalks = 40'000;
    for (int walk = 0; walk < kWalks; ++walk) {
        int item = choice.pick(rng.uniform());
        for (int step = 0; step < 3; ++step) {
            const auto line = catalog.lines[static_cast<std::size_t>(
                catalog.items[static_cast<std::size_t>(item)].line)];
            item = rng.uniform() < kStayInLine ? choice.pickInLine(line, rng.uniform())
                                               : choice.pick(rng.uniform());
            QVERIFY(item >= 0 && item < 200);
        }
        const double price = catalog.price[static_cast<std::size_t>(item)];
        sum += price;
        squares += price * price;
    }
    const double mean = sum / kWalks;
    const double error = std::sqrt((squares / kWalks - mean * mean) / kWalks);
    QVERIFY(std::abs(mean - choice.meanPrice()) < 4 * error);
}

void TestTruth::limits()
{
    Shopper shopper;
    shopper.ordersPerDay = .1;
    shopper.dropoutPerDay = 1e-14; // stays for ever
    shopper.dropoutAt = 1e9;
    shopper.claimsPerDay = 0;
    shopper.couponResponse = 2;
    const ExpectedFuture still = expectedFuture(shopper, {}, kEnd, 50);
    QVERIFY(std::abs(still.orders - 5) < 1e-9);
    // A coupon in hand for 7 of 50 days: 7 days at three times the rate.
    const ExpectedFuture helped = expectedFuture(shopper, {.couponLeft = 7, .pending = {}}, kEnd, 50);
    QVERIFY(std::abs(helped.orders - (7 * .3 + 43 * .1)) < 1e-9);
    // Coupons all the time.
    shopper.claimsPerDay = 1e6;
    const ExpectedFuture always = expectedFuture(shopper, {}, kEnd, 50);
    QVERIFY(std::abs(always.orders - 15) < 1e-4);
    // Left: nothing but refunds of the last purchases, and none of those that are too old.
    shopper.dropoutAt = kEnd - 1;
    const OpenEnds open{.couponLeft = 0, .pending = {{kEnd - 1, 100}, {kEnd - 14.5, 1000}}};
    const ExpectedFuture gone = expectedFuture(shopper, open, kEnd, 50);
    QCOMPARE(gone.orders, 0.0);
    QVERIFY(std::abs(gone.value + 100 * kRefundChance) < 1e-9);
}

QTEST_APPLESS_MAIN(TestTruth)
#include "tst_truth.moc"
