#include "core/features/customer_summary.h"
#include "tests/support/project_fixture.h"

#include <QtTest>

#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

const Day kStart = dayFromCivil({2024, 1, 1});

UserPurchases purchases(std::int64_t user, std::int32_t orderDays, Day first, Day last,
                        double gross, double firstGross, double refunds = 0.0)
{
    UserPurchases p;
    p.user = user;
    p.orderDays = orderDays;
    p.firstDay = first;
    p.lastDay = last;
    p.gross = moneyFromUnits(gross);
    p.firstDayGross = moneyFromUnits(firstGross);
    p.refunds = moneyFromUnits(refunds);
    return p;
}

UtcSecond at(int day, int second = 0) { return startOf(kStart + day) + second; }

} // namespace

class CustomerSummaryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsInPeriods()
    {
        const auto rows = std::vector{purchases(4, 3, kStart, kStart + 21, 100.0, 40.0, -10.0),
                                      purchases(9, 1, kStart + 28, kStart + 28, 7.0, 7.0)};
        const CustomerSummary s = summarizeCustomers(rows, kStart + 28, Period::Week, false);
        QCOMPARE(s.user, (std::vector<std::int64_t>{4, 9}));
        QCOMPARE(s.x, (std::vector<std::int32_t>{2, 0}));
        QCOMPARE(s.tx, (std::vector<double>{3.0, 0.0}));
        QCOMPARE(s.T, (std::vector<double>{4.0, 0.0}));
        QCOMPARE(s.spendDays, (std::vector<std::int32_t>{2, 0}));
        QCOMPARE(s.meanSpend, (std::vector<double>{30.0, 0.0}));
        QCOMPARE(s.realised, (std::vector<double>{90.0, 7.0}));
        QCOMPARE(s.gross, 107.0);
        QCOMPARE(s.refunds, -10.0);
        QCOMPARE(s.netRatio(), 97.0 / 107.0);
    }

    void countsTheFirstDayWhereAsked()
    {
        const auto rows = std::vector{purchases(4, 3, kStart, kStart + 21, 120.0, 40.0)};
        const CustomerSummary s = summarizeCustomers(rows, kStart + 28, Period::Day, true);
        QCOMPARE(s.spendDays[0], 3);
        QCOMPARE(s.meanSpend[0], 40.0);
        QCOMPARE(s.T[0], 28.0);
    }

    void leavesOutWhoHasNoOrderYet()
    {
        const auto rows = std::vector{purchases(1, 0, 0, 0, 0.0, 0.0, -5.0),
                                      purchases(2, 1, kStart + 40, kStart + 40, 7.0, 7.0)};
        QCOMPARE(summarizeCustomers(rows, kStart + 28, Period::Week, false).size(), std::size_t{0});
    }

    void theNetRatioStaysInItsRange()
    {
        CustomerSummary s;
        QCOMPARE(s.netRatio(), 1.0);
        s.gross = 10.0;
        s.refunds = -25.0;
        QCOMPARE(s.netRatio(), 0.0);
    }

    void readsAProjectUpToADay()
    {
        ProjectFixture fixture;
        fixture.add({{"a", "i", EventKind::Purchase, at(0, 100), 10.0, "o1"},
                     {"a", "i", EventKind::Purchase, at(0, 90000 - 4000), 5.0, "o2"},
                     {"a", "i", EventKind::Purchase, at(7), 20.0, "o3"},
                     {"a", "i", EventKind::Refund, at(8), -4.0, "o4"},
                     {"a", "i", EventKind::Purchase, at(30), 99.0, "o5"},
                     {"b", "i", EventKind::View, at(3), 0.0, ""},
                     {"c", "i", EventKind::Purchase, at(14), 8.0, "o6"}});
        SummaryOptions options;
        options.until = kStart + 14;
        const CustomerSummary s = *readCustomerSummary(fixture.project(), options, Task());
        QCOMPARE(s.size(), std::size_t{2});
        QCOMPARE(s.x, (std::vector<std::int32_t>{1, 0})); // two orders of a day are one
        QCOMPARE(s.tx[0], 1.0);
        QCOMPARE(s.T, (std::vector<double>{2.0, 0.0}));
        QCOMPARE(s.meanSpend[0], 20.0);
        QCOMPARE(s.realised, (std::vector<double>{31.0, 8.0}));

        options.gaps = true; // one of a week
        const CustomerSummary withGaps = *readCustomerSummary(fixture.project(), options, Task());
        QVERIFY(s.logGaps.empty());
        QCOMPARE(withGaps.logGaps, (std::vector<double>{0.0, 0.0}));
        QCOMPARE(withGaps.x, s.x);
        QCOMPARE(withGaps.realised, s.realised);

        options.until.reset(); // the last day with an event
        QCOMPARE(readCustomerSummary(fixture.project(), options, Task())->until, kStart + 30);
        options.until = kStart - 1;
        for (const bool gaps : {false, true}) {
            options.gaps = gaps;
            QCOMPARE(readCustomerSummary(fixture.project(), options, Task()).error().code,
                     ErrorCode::NoPurchases);
        }
    }

    void anEmptyProjectHasNoEvents()
    {
        ProjectFixture fixture;
        QCOMPARE(readCustomerSummary(fixture.project(), {}, Task()).error().code,
                 ErrorCode::NoEvents);
    }

    void cancels()
    {
        ProjectFixture fixture;
        fixture.add({{"a", "i", EventKind::Purchase, at(0), 10.0, "o1"}});
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(readCustomerSummary(fixture.project(), {}, Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
    }

    void mergesEqualsAndKeepsTheirNumber()
    {
        std::vector<UserPurchases> rows;
        for (int i = 0; i < 6000; ++i) { // more distinct rows than the table begins with
            const int last = i % 2000;
            rows.push_back(purchases(i + 1, last > 0 ? 2 : 1, kStart, kStart + last, 1.0, 1.0));
        }
        const CustomerSummary s = summarizeCustomers(rows, kStart + 2000, Period::Week, false);
        const RepeatTable table = mergeEqualCustomers(s);
        QCOMPARE(table.size(), std::size_t{2000});
        QCOMPARE(table.customers, 6000.0);
        for (std::size_t i = 0; i < table.size(); ++i) {
            QCOMPARE(table.weight[i], 3.0);
            QCOMPARE(table.tx[i], s.tx[i]); // order of first appearance
        }
        const OutlookClasses byTriple = outlookClasses(s, true);
        QCOMPARE(byTriple.size(), std::size_t{2000});
        const OutlookClasses classes = outlookClasses(s, false);
        QCOMPARE(classes.size(), std::size_t{2});
        for (std::size_t i = 0; i < s.size(); ++i) {
            QCOMPARE(classes.x[classes.of[i]], s.x[i]);
            QCOMPARE(classes.T[classes.of[i]], s.T[i]);
            QCOMPARE(byTriple.tx[byTriple.of[i]], s.tx[i]);
        }
    }
};

QTEST_GUILESS_MAIN(CustomerSummaryTest)
#include "tst_customer_summary.moc"
