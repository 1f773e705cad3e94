#include "core/base/rng.h"
#include "core/features/order_history.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

const Day kStart = dayFromCivil({2024, 1, 1});

UtcSecond at(int day, int second = 0) { return startOf(kStart + day) + second; }

MoneyDay order(std::int64_t user, int day, double gross, double refunds = 0.0)
{
    return {user, kStart + day, true, moneyFromUnits(gross), moneyFromUnits(refunds)};
}

std::vector<PlainEvent> randomEvents(std::uint64_t seed)
{
    Rng rng(seed);
    std::vector<PlainEvent> events;
    for (int i = 0; i < 600; ++i) {
        const auto user = "u" + std::to_string(rng.below(80));
        const bool refund = rng.uniform() < 0.15;
        const int day = static_cast<int>(rng.below(200));
        events.push_back({user, "i", refund ? EventKind::Refund : EventKind::Purchase,
                          at(day, static_cast<int>(rng.below(86400))),
                          (refund ? -1.0 : 1.0) * (1.0 + rng.below(500) / 7.0),
                          std::to_string(i)});
    }
    return events;
}

} // namespace

class OrderHistoryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheSameSummaryAsTheProjectAtAnyDate()
    {
        for (const std::uint64_t seed : {1, 2, 3}) {
            ProjectFixture fixture;
            fixture.add(randomEvents(seed));
            const OrderHistory history = *readOrderHistory(fixture.project(), {}, Task());
            for (const int day : {3, 50, 120, 400}) {
                for (const bool first : {false, true}) {
                    const SummaryOptions options{kStart + day, Period::Week, first};
                    const CustomerSummary fromProject =
                        *readCustomerSummary(fixture.project(), options, Task());
                    const CustomerSummary s = summarizeAt(history, options);
                    QCOMPARE(s.user, fromProject.user);
                    QCOMPARE(s.x, fromProject.x);
                    QCOMPARE(s.tx, fromProject.tx);
                    QCOMPARE(s.T, fromProject.T);
                    QCOMPARE(s.meanSpend, fromProject.meanSpend);
                    QCOMPARE(s.realised, fromProject.realised);
                    QCOMPARE(s.gross, fromProject.gross);
                    QCOMPARE(s.refunds, fromProject.refunds);
                }
            }
        }
    }

    void whatComesLaterIsTheDifferenceOfTwoDates()
    {
        ProjectFixture fixture;
        fixture.add(randomEvents(7));
        const OrderHistory history = *readOrderHistory(fixture.project(), {}, Task());
        const CustomerSummary then = summarizeAt(history, {kStart + 90, Period::Day, true});
        const CustomerSummary later = summarizeAt(history, {kStart + 150, Period::Day, true});
        const WindowTruth truth = truthOf(history, then, kStart + 90, kStart + 150);
        QCOMPARE(truth.net.size(), then.size());
        std::size_t row = 0;
        for (std::size_t i = 0; i < then.size(); ++i) {
            while (later.user[row] != then.user[i]) {
                ++row;
            }
            QCOMPARE(truth.orderDays[i], later.x[row] - then.x[i]);
            QVERIFY(std::abs(truth.net[i] - (later.realised[row] - then.realised[i])) < 1e-9);
        }
    }

    void addsTheLogarithmsOfGaps()
    {
        const std::vector<MoneyDay> days{order(1, 0, 5.0), order(1, 7, 5.0), order(1, 28, 5.0),
                                         order(2, 3, 5.0)};
        const CustomerSummary s =
            summarizeAt(orderHistoryOf(days), {kStart + 30, Period::Week, false});
        QCOMPARE(s.logGaps.size(), std::size_t{2});
        QVERIFY(std::abs(s.logGaps[0] - std::log(3.0)) < 1e-12); // gaps of 1 and 3 weeks
        QCOMPARE(s.logGaps[1], 0.0);
        QVERIFY(std::abs(*mergeEqualCustomers(s).logGaps - std::log(3.0)) < 1e-12);
    }

    void countsWholePeriods()
    {
        // Weeks after the first day: (0, 7] is 1, (7, 14] is 2; the one begun at 28 is not over.
        const std::vector<MoneyDay> days{order(1, 0, 5.0),  order(1, 2, 5.0),  order(1, 7, 5.0),
                                         order(1, 20, 5.0), order(1, 29, 5.0), order(2, 30, 5.0)};
        const OrderHistory history = orderHistoryOf(days);
        const CustomerSummary s = summarizeByPeriod(history, {kStart + 30, Period::Week, true});
        QCOMPARE(s.x, (std::vector<std::int32_t>{2, 0}));
        QCOMPARE(s.tx, (std::vector<double>{3.0, 0.0}));
        QCOMPARE(s.T, (std::vector<double>{4.0, 0.0}));
        QCOMPARE(s.clock, OrderClock::WholePeriods);
        // The first day, 10 in week 1 and 5 in week 3; what came later is realised, not averaged.
        QCOMPARE(s.spendDays, (std::vector<std::int32_t>{3, 1}));
        QCOMPARE(s.meanSpend, (std::vector<double>{20.0 / 3.0, 5.0}));
        const CustomerSummary repeats =
            summarizeByPeriod(history, {kStart + 30, Period::Week, false});
        QCOMPARE(repeats.spendDays, (std::vector<std::int32_t>{2, 0}));
        QCOMPARE(repeats.meanSpend, (std::vector<double>{7.5, 0.0}));
        QCOMPARE(s.realised, (std::vector<double>{25.0, 5.0}));
    }

    void givesTheSamePeriodsAsTheProject()
    {
        ProjectFixture fixture;
        fixture.add(randomEvents(4));
        const OrderHistory history = *readOrderHistory(fixture.project(), {}, Task());
        for (const bool first : {false, true}) {
            const SummaryOptions options{.until = kStart + 120,
                                         .firstPurchaseInSpend = first,
                                         .clock = OrderClock::WholePeriods};
            const CustomerSummary fromProject =
                *readCustomerSummary(fixture.project(), options, Task());
            const CustomerSummary s = summarizeByPeriod(history, options);
            QCOMPARE(fromProject.clock, OrderClock::WholePeriods);
            QCOMPARE(fromProject.user, s.user);
            QCOMPARE(fromProject.x, s.x);
            QCOMPARE(fromProject.tx, s.tx);
            QCOMPARE(fromProject.T, s.T);
            QCOMPARE(fromProject.meanSpend, s.meanSpend);
            QCOMPARE(fromProject.realised, s.realised);
        }
        const SummaryOptions tooEarly{.until = kStart - 1, .clock = OrderClock::WholePeriods};
        QCOMPARE(readCustomerSummary(fixture.project(), tooEarly, Task()).error().code,
                 ErrorCode::NoPurchases);
    }

    void refundsAloneAreNoOrder()
    {
        const std::vector<MoneyDay> days{{1, kStart, false, 0, moneyFromUnits(-4.0)},
                                         order(2, 1, 10.0, -12.0)};
        const OrderHistory history = orderHistoryOf(days);
        const CustomerSummary s = summarizeAt(history, {kStart + 5, Period::Day, false});
        QCOMPARE(s.user, (std::vector<std::int64_t>{2}));
        QCOMPARE(s.realised, (std::vector<double>{-2.0}));
        QCOMPARE(*history.firstDay(), kStart);
        QCOMPARE(*history.lastDay(), kStart + 1);
    }

    void nothingIsAnEmptyHistory()
    {
        const OrderHistory history = orderHistoryOf({});
        QVERIFY(!history.firstDay());
        QCOMPARE(summarizeAt(history, {kStart, Period::Week, false}).size(), std::size_t{0});
        ProjectFixture fixture;
        fixture.add({{"a", "i", EventKind::Refund, at(0), -4.0, "o"}});
        QCOMPARE(readOrderHistory(fixture.project(), {}, Task()).error().code,
                 ErrorCode::NoPurchases);
    }

    void cancels()
    {
        ProjectFixture fixture;
        fixture.add(randomEvents(1));
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(readOrderHistory(fixture.project(), {}, Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
    }

    void repeatBuyersLeaveFirstOrdersOut()
    {
        const std::vector<MoneyDay> days{order(1, 0, 5), order(1, 10, 5), order(2, 10, 5),
                                         {3, kStart + 2, false, 0, moneyFromUnits(-1.0)},
                                         order(3, 9, 5), order(3, 12, 5), order(4, 40, 5)};
        const OrderHistory history = orderHistoryOf(days);
        const CustomerSummary known = summarizeAt(history, {kStart + 20, Period::Week, false});
        using Ids = std::vector<std::int64_t>;
        QCOMPARE(known.user, (Ids{1, 2, 3}));
        const auto buyers = [&](int after, int until) {
            return repeatBuyers(history, known, kStart + after, kStart + until);
        };
        QCOMPARE(buyers(-1, 20), (Ids{1, 3}));  // of 2 the only order is the first
        QCOMPARE(buyers(9, 10), Ids{1});        // the window is open on the left
        QCOMPARE(buyers(10, 11), Ids{});
        QCOMPARE(buyers(-1, 9), Ids{});         // a refund before it makes no first order
        QCOMPARE(buyers(11, 50), Ids{3});       // 4 is not known yet
        QCOMPARE(repeatBuyers({}, known, kStart, kStart + 20), Ids{});
        QCOMPARE(repeatBuyers(history, {}, kStart, kStart + 20), Ids{});
        QCOMPARE(repeatBuyers(history, known, std::numeric_limits<Day>::min(), kStart + 20),
                 (Ids{1, 3}));
    }
};

QTEST_GUILESS_MAIN(OrderHistoryTest)
#include "tst_order_history.moc"
