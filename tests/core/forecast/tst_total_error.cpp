#include "core/forecast/total_error.h"

#include "core/base/rng.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace perennial;

class TestTotalError : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand();
    void whatGivesNone();
    void coversWhatItSays();
    void theOthersJudgeEach();
    void cutsLeaveAHorizonAndCustomers();
};

void TestTotalError::byHand()
{
    const auto error = totalErrorOf(std::vector<double>{100, 100}, std::vector<double>{110, 90});
    QVERIFY(error);
    QCOMPARE(error->windows, 2);
    const double rms = std::sqrt((std::pow(std::log(1.1), 2) + std::pow(std::log(0.9), 2)) / 2);
    QVERIFY(std::abs(error->rms - rms) < 1e-15);
    // The .95 quantile of Student's t with 2 degrees is 2.919986 (any printed table).
    const Interval interval = totalInterval(200, *error, 0.9);
    QVERIFY(std::abs(interval.upper / (200 * std::exp(2.919986 * rms)) - 1) < 1e-6);
    QVERIFY(std::abs(interval.lower * interval.upper / 40000 - 1) < 1e-12);
    // With many windows it is the normal's.
    const Interval many = totalInterval(200, {100'000, 0.1}, 0.9);
    QVERIFY(std::abs(many.upper / (200 * std::exp(0.1644854)) - 1) < 1e-4);
}

void TestTotalError::whatGivesNone()
{
    QVERIFY(!totalErrorOf({}, {}));
    QVERIFY(!totalErrorOf(std::vector<double>{100}, std::vector<double>{90}));
    QVERIFY(!totalErrorOf(std::vector<double>{100, 0}, std::vector<double>{90, 1}));
    QVERIFY(!totalErrorOf(std::vector<double>{100, 100}, std::vector<double>{90, -1}));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    QVERIFY(!totalErrorOf(std::vector<double>{100, nan}, std::vector<double>{90, 1}));
    QVERIFY(totalsByOtherWindows(std::vector<double>{1, 2}, std::vector<double>{1, 2}, 0.9).empty());
    // However wrong the past was, the interval stays finite; of nothing it is nothing.
    QVERIFY(std::isfinite(totalInterval(1e6, {2, 300}, 0.9).upper));
    QCOMPARE(totalInterval(0, {2, 0.2}, 0.9).upper, 0.0);
    const Interval loss = totalInterval(-100, {2, 0.1}, 0.9);
    QVERIFY(loss.lower < -100 && -100 < loss.upper);
}

/// Errors from the distribution that it assumes: a new window lies inside 9 times of 10, for few
/// windows as for many.
void TestTotalError::coversWhatItSays()
{
    Rng rng(7);
    for (const int windows : {2, 3, 6}) {
        int inside = 0;
        constexpr int kTimes = 20'000;
        for (int i = 0; i < kTimes; ++i) {
            std::vector<double> predicted(static_cast<std::size_t>(windows), 1000.0);
            std::vector<double> actual;
            for (int k = 0; k < windows; ++k) {
                actual.push_back(1000 * std::exp(0.2 * rng.normal()));
            }
            const double next = 1000 * std::exp(0.2 * rng.normal());
            inside += totalInterval(1000, *totalErrorOf(predicted, actual), 0.9).contains(next);
        }
        const double share = inside / double{kTimes};
        QVERIFY2(std::abs(share - 0.9) < 0.008, qPrintable(QString::number(share)));
    }
}

void TestTotalError::theOthersJudgeEach()
{
    const std::vector<double> predicted{100, 100, 100};
    const std::vector<double> actual{101, 99, 300};
    const auto intervals = totalsByOtherWindows(predicted, actual, 0.9);
    QCOMPARE(intervals.size(), std::size_t{3});
    QVERIFY(intervals[0].contains(101)); // 300 made it wide
    QVERIFY(!intervals[2].contains(300));
    const Interval byTwo =
        totalInterval(100, *totalErrorOf(std::vector{100.0, 100.0}, std::vector{101.0, 99.0}), 0.9);
    QCOMPARE(intervals[2].upper, byTwo.upper);
}

void TestTotalError::cutsLeaveAHorizonAndCustomers()
{
    // 40 customers buy on day 0, once more on day 400; 5 more had come only on day 399.
    std::vector<MoneyDay> days;
    for (int user = 0; user < 45; ++user) {
        days.push_back({.user = user + 1, .day = user < 40 ? 0 : 399, .ordered = true, .gross = 100});
        days.push_back({.user = user + 1, .day = 400, .ordered = true, .gross = 100});
    }
    const OrderHistory history = orderHistoryOf(days);
    QCOMPARE(pastCuts(history, 400, 100, 4), (std::vector<Day>{300, 200, 100}));
    QCOMPARE(pastCuts(history, 400, 134, 4), (std::vector<Day>{266, 132}));
    QCOMPARE(pastCuts(history, 400, 100, 2), (std::vector<Day>{300, 200}));
    QCOMPARE(pastCuts(history, 400, 114, 4), (std::vector<Day>{286, 172, 58}));
    QCOMPARE(pastCuts(history, 400, 115, 4), (std::vector<Day>{285, 170}));
    QVERIFY(pastCuts(history, 400, 300, 4).empty());
    QVERIFY(pastCuts(history, 400, 1'000'000'000, 4).empty());
    QVERIFY(pastCuts({}, 400, 100, 4).empty());
    // Fewer than 30 are no shop to measure on.
    QVERIFY(pastCuts(orderHistoryOf(std::span(days).first(50)), 400, 100, 4).empty());
}

QTEST_GUILESS_MAIN(TestTotalError)
#include "tst_total_error.moc"
