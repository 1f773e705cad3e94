#include "core/value/holdout_check.h"

#include "cdnow.h"
#include "core/base/rng.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

using namespace perennial;
using namespace perennial::test;

namespace {

OrderHistory cdnowHistory(const Cdnow &data)
{
    std::vector<MoneyDay> days;
    for (const auto &[customer, spent] : data.spentByCustomer) {
        for (const auto &[day, money] : spent) {
            days.push_back({customer, day, true, money, 0});
        }
    }
    return orderHistoryOf(days);
}

HoldoutOptions optionsUntil(Day until, int horizon)
{
    HoldoutOptions options;
    options.value.until = until;
    options.value.horizonDays = horizon;
    options.bootstrap.resamples = 100;
    return options;
}

/// One order a user, a day apart.
OrderHistory oneOrderEach(int users)
{
    std::vector<MoneyDay> days;
    for (int i = 0; i < users; ++i) {
        days.push_back({i + 1, static_cast<Day>(i), true, moneyFromUnits(10), 0});
    }
    return orderHistoryOf(days);
}

} // namespace

class TestHoldoutCheck : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_data = readCdnow(); }
    void bootstrapOfNormalsHasTheirError();
    void bootstrapIsRepeatable();
    void groupsShareUsersOut_data();
    void groupsShareUsersOut();
    void cdnowIsCalibrated();
    void trackingIsThePublished();
    void trackingCountsEveryRepeatOnce();
    void wholePeriodsCountOnce();
    void badInputIsSaid();
    void cancelStops();

private:
    Cdnow m_data;
};

/// The interval of a mean of n draws is ± 1.645 σ / √n.
void TestHoldoutCheck::bootstrapOfNormalsHasTheirError()
{
    Rng rng(3);
    std::vector<double> values(4000);
    std::ranges::generate(values, [&] { return 5.0 + 2.0 * rng.normal(); });
    BootstrapOptions options;
    options.resamples = 2000;
    const auto interval = bootstrapMean(values, options, 0, Task());
    const double error = 1.645 * 2.0 / std::sqrt(4000.0);
    QVERIFY(std::abs(interval->upper - interval->value - error) < 0.1 * error);
    QVERIFY(std::abs(interval->value - interval->lower - error) < 0.1 * error);
}

void TestHoldoutCheck::bootstrapIsRepeatable()
{
    const std::vector<double> values{1, 2, 3, 4, 50};
    const auto a = bootstrapMean(values, {}, 1, Task()), b = bootstrapMean(values, {}, 1, Task());
    const auto other = bootstrapMean(values, {.seed = 2}, 1, Task());
    QCOMPARE(a->lower, b->lower);
    QCOMPARE(a->upper, b->upper);
    QCOMPARE(a->value, 12.0);
    QVERIFY(a->lower != other->lower || a->upper != other->upper);
    const auto one = bootstrapMean(std::vector{7.0}, {}, 0, Task());
    QCOMPARE(one->lower, 7.0);
    QCOMPARE(one->upper, 7.0);
}

void TestHoldoutCheck::groupsShareUsersOut_data()
{
    QTest::addColumn<int>("users");
    QTest::addColumn<int>("groups");
    QTest::newRow("nobody") << 0 << 0;
    QTest::newRow("one") << 1 << 1;
    QTest::newRow("fewer than groups") << 7 << 7;
    QTest::newRow("many") << 1003 << 10;
}

void TestHoldoutCheck::groupsShareUsersOut()
{
    QFETCH(int, users);
    QFETCH(int, groups);
    std::vector<std::int64_t> ids;
    std::vector<double> predicted, actual;
    for (int i = 0; i < users; ++i) {
        ids.push_back(i + 1);
        predicted.push_back((i * 7919) % 50); // ties
        actual.push_back(i % 3);
    }
    const auto result = calibrationGroups(ids, predicted, actual, 10, {.resamples = 20}, Task());
    QCOMPARE(static_cast<int>(result->size()), groups);
    std::set<std::int64_t> seen;
    double sum = 0, before = -1;
    for (const CalibrationGroup &group : *result) {
        seen.insert(group.users.begin(), group.users.end());
        sum += group.actual.value * static_cast<double>(group.users.size());
        QVERIFY(group.predicted >= before);
        QVERIFY(group.actual.lower <= group.actual.value + 1e-12);
        QVERIFY(group.actual.upper >= group.actual.value - 1e-12);
        before = group.predicted;
    }
    QCOMPARE(static_cast<int>(seen.size()), users);
    QVERIFY(std::abs(sum - std::accumulate(actual.begin(), actual.end(), 0.0)) < 1e-9);
}

/// BG/NBD on CDNOW, 39 weeks of holdout: within 5 % of the total, and in order over the groups.
void TestHoldoutCheck::cdnowIsCalibrated()
{
    if (m_data.rows == 0) {
        QSKIP("CDNOW is not there");
    }
    // A third of the history is less than the published 273 days: the split says what it used.
    const auto check = checkOnHoldout(cdnowHistory(m_data), optionsUntil(kHoldoutEnd, 273), Task());
    QVERIFY(check.ok());
    QCOMPARE(check->split.until, kHoldoutEnd);
    QCOMPARE(check->split.cut, kHoldoutEnd - check->split.labelDays);
    QCOMPARE(check->split.labelDays, (kHoldoutEnd - check->split.first + 1) / 3);
    QCOMPARE(check->orders.size(), std::size_t{10});
    QVERIFY(std::abs(check->predictedOrders / check->actualOrders - 1.0) < 0.1);
    double orders = 0, net = 0;
    for (std::size_t g = 0; g < 10; ++g) {
        const auto users = static_cast<double>(check->orders[g].users.size());
        orders += check->orders[g].predicted * users;
        net += check->net[g].actual.value * static_cast<double>(check->net[g].users.size());
    }
    QVERIFY(std::abs(orders - check->predictedOrders) < 1e-6 * orders);
    QVERIFY(std::abs(net - check->actualNet) < 1e-6 * net);
    QVERIFY(check->orders.back().actual.value > 5 * check->orders.front().actual.value);
}

/// Fader, Hardie & Lee (2005), figure 3 after week 39: 1 000-odd repeat transactions; the weekly
/// counts of the data are exact.
void TestHoldoutCheck::trackingIsThePublished()
{
    if (m_data.rows == 0) {
        QSKIP("CDNOW is not there");
    }
    const CustomerSummary customers = cdnowCalibration(m_data);
    const auto fit = fitFrequencyModel("bg-nbd", customers, {}, Task());
    const auto tracking = trackRepeats(cdnowHistory(m_data), customers, *fit, kHoldoutEnd,
                                       kHoldoutEnd + 70, 7, Task());
    QVERIFY(tracking.ok());
    QCOMPARE(tracking->calibrationEnd, kCalibrationEnd);
    const auto at = std::ranges::find(tracking->day, kCalibrationEnd) - tracking->day.begin();
    const double repeats = std::accumulate(customers.x.begin(), customers.x.end(), 0.0);
    QCOMPARE(tracking->actual[static_cast<std::size_t>(at)], repeats);
    QVERIFY(std::abs(tracking->expected[static_cast<std::size_t>(at)] / repeats - 1.0) < 0.05);
    QVERIFY(tracking->expected.size() > tracking->actual.size());
    QVERIFY(tracking->day[tracking->actual.size() - 1] <= kHoldoutEnd);
    QVERIFY(std::ranges::is_sorted(tracking->expected));
    QVERIFY(std::ranges::is_sorted(tracking->actual));
}

void TestHoldoutCheck::trackingCountsEveryRepeatOnce()
{
    // User 1: first order day 0, repeats on days 3 (twice in a day is one), 14, 15, 28.
    // User 2 comes after the cut and is not tracked; user 3 refunds on day 5.
    const std::vector<MoneyDay> days{
        {1, 0, true, 10, 0},  {1, 3, true, 10, 0},  {1, 14, true, 10, 0}, {1, 15, true, 10, 0},
        {1, 28, true, 10, 0}, {2, 16, true, 10, 0}, {2, 20, true, 10, 0}, {3, 2, true, 10, 0},
        {3, 5, false, 0, -5}, {3, 10, true, 10, 0}};
    const OrderHistory history = orderHistoryOf(days);
    const CustomerSummary customers = summarizeAt(history, {14, Period::Day, false});
    ModelFit fit;
    fit.model = fit.reportedModel = "nbd";
    fit.status = FitStatus::Converged;
    fit.names = {"r", "alpha"};
    fit.parameters = {2.0, 20.0};
    const auto tracking = trackRepeats(history, customers, fit, 27, 35, 7, Task());
    QCOMPARE(tracking->day, (std::vector<Day>{0, 7, 14, 21, 28, 35}));
    QCOMPARE(tracking->actual, (std::vector<double>{0, 1, 3, 4})); // day 28 is not over at 27
    // NBD: r / alpha orders a day, each from the day of the first order to the end of the day.
    QVERIFY(std::abs(tracking->expected[2] - 0.1 * (15 + 13)) < 1e-12);
    QVERIFY(std::abs(tracking->expected[5] - 0.1 * (36 + 34)) < 1e-12);
}

/// On the clock of BG/BB a customer's own week counts once.
void TestHoldoutCheck::wholePeriodsCountOnce()
{
    const std::vector<MoneyDay> days{{1, 0, true, 10, 0},  {1, 3, true, 10, 0},
                                     {1, 5, true, 10, 0},  {1, 15, true, 10, 0},
                                     {1, 17, true, 10, 0}, {1, 30, true, 10, 0}};
    const OrderHistory history = orderHistoryOf(days);
    ValueOptions options;
    options.frequencyModel = "bg-bb";
    options.until = 21;
    const CustomerSummary customers = customersFor(history, options);
    QVERIFY(customers.clock == OrderClock::WholePeriods);
    QCOMPARE(customers.x.front(), 2);
    ModelFit fit;
    fit.model = fit.reportedModel = "bg-bb";
    fit.status = FitStatus::Converged;
    fit.names = {"alpha", "beta", "gamma", "delta"};
    fit.parameters = {1.2, 0.75, 0.66, 2.8};
    const auto tracking = trackRepeats(history, customers, fit, 35, 42, 7, Task());
    QVERIFY(tracking.ok());
    QCOMPARE(tracking->actual, (std::vector<double>{0, 1, 1, 2, 2, 3}));
}

void TestHoldoutCheck::badInputIsSaid()
{
    QCOMPARE(checkOnHoldout(orderHistoryOf({}), optionsUntil(10, 5), Task()).error().code,
             ErrorCode::NoPurchases);
    QCOMPARE(checkOnHoldout(oneOrderEach(1), optionsUntil(0, 5), Task()).error().code,
             ErrorCode::TooLittleData);
    QCOMPARE(checkOnHoldout(oneOrderEach(3), optionsUntil(2, 5), Task()).error().code,
             ErrorCode::NoRepeatBuyers);
    QCOMPARE(checkOnHoldout(oneOrderEach(30), optionsUntil(29, 0), Task()).error().code,
             ErrorCode::HorizonNotPositive);
    ModelFit failed;
    failed.model = failed.reportedModel = "bg-nbd";
    const OrderHistory history = oneOrderEach(5);
    QCOMPARE(trackRepeats(history, summarizeAt(history, {4, Period::Week, false}), failed, 4, 9, 7,
                          Task())
                 .error()
                 .code,
             ErrorCode::NotTrained);
}

void TestHoldoutCheck::cancelStops()
{
    std::stop_source stop;
    stop.request_stop();
    const Task task(stop.get_token(), {});
    std::vector<MoneyDay> days;
    for (int i = 0; i < 50; ++i) {
        for (const Day day : {0, 9 + i % 5, 40 + i % 7}) {
            days.push_back({i + 1, day, true, moneyFromUnits(10 + i), 0});
        }
    }
    QCOMPARE(checkOnHoldout(orderHistoryOf(days), optionsUntil(60, 20), task).error().code,
             ErrorCode::Cancelled);
    QCOMPARE(bootstrapMean(std::vector<double>(100'000, 1.0), {}, 0, task).error().code,
             ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestHoldoutCheck)
#include "tst_holdout_check.moc"
