#include "core/value/cohort_value.h"

#include "core/base/rng.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

const Day kStart = dayFromCivil({2020, 1, 1});

/// Customers won over 300 days who order every now and then, on whole days.
OrderHistory shop(int customers)
{
    std::vector<MoneyDay> days;
    for (int i = 0; i < customers; ++i) {
        Rng rng(5, static_cast<std::uint64_t>(i));
        Day day = kStart + static_cast<Day>(rng.below(300));
        const auto orders = 1 + rng.below(6);
        for (std::uint32_t k = 0; k < orders && day < kStart + 400; ++k) {
            days.push_back({i + 1, day, true, moneyFromUnits(10 + rng.below(40)), 0});
            day += 1 + static_cast<Day>(rng.below(60));
        }
    }
    return orderHistoryOf(days);
}

std::shared_ptr<const ValueResult> valueAt(const OrderHistory &history, Day until, int horizon)
{
    ValueOptions options;
    options.until = until;
    options.horizonDays = horizon;
    auto value = fitValueModel(summarizeAt(history, {until, Period::Week, false}), options, Task());
    return value ? *value : nullptr;
}

} // namespace

class TestCohortValue : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void curvesOfAHandfulAreExact();
    void cohortsHoldEverybodyOnce();
    void predictedTotalIsTheModels();
    void onlyTheYoungestAreKept();
    void withoutAPredictionOnlyThePast();
    void nobodyAndCancelAreSaid();
};

void TestCohortValue::curvesOfAHandfulAreExact()
{
    // First orders on 1 Jan (user 1) and 11 Feb (user 2); t₀ is 121 days after 1 Jan.
    const std::vector<MoneyDay> days{
        {1, kStart, true, moneyFromUnits(10), 0},
        {1, kStart + 30, true, moneyFromUnits(20), 0}, // within the first month (30.44 days)
        {1, kStart + 70, false, 0, moneyFromUnits(-5)},
        {2, kStart + 41, true, moneyFromUnits(40), 0},
        {2, kStart + 200, true, moneyFromUnits(999), 0}}; // after t₀
    const auto cohorts = cohortCurves(orderHistoryOf(days), kStart + 122, nullptr, {}, Task());
    QCOMPARE(cohorts->size(), std::size_t{1});
    const CohortCurve &cohort = cohorts->front();
    QCOMPARE(cohort.firstDay, kStart);
    QCOMPARE(cohort.lastFirst, kStart + 41);
    QCOMPARE(cohort.users, (std::vector<std::int64_t>{1, 2}));
    QCOMPARE(cohort.completeMonths, 2); // user 2: 81 days
    // Month 3 ends on day 91: only user 1 has lived through it, and took 5 back in it.
    QCOMPARE(cohort.realised, (std::vector<double>{25, 35, 35, 30, 30}));
    QCOMPARE(cohortCompleteOn(cohort, 3), kStart + 41 + 91);
}

void TestCohortValue::cohortsHoldEverybodyOnce()
{
    const OrderHistory history = shop(400);
    const Day until = kStart + 399;
    CohortOptions options;
    for (const auto &[span, most] :
         {std::pair(CohortSpan::Month, 10), {CohortSpan::Quarter, 4}, {CohortSpan::Year, 1}}) {
        options.span = span;
        options.mostCohorts = 100;
        const auto cohorts = cohortCurves(history, until, nullptr, options, Task());
        QVERIFY(static_cast<int>(cohorts->size()) <= most);
        std::size_t users = 0;
        for (const CohortCurve &cohort : *cohorts) {
            users += cohort.users.size();
            QVERIFY(cohort.realised.size() > static_cast<std::size_t>(cohort.completeMonths));
            QVERIFY(cohortCompleteOn(cohort, cohort.completeMonths) <= until);
            QVERIFY(cohortCompleteOn(cohort, cohort.completeMonths + 1) > until);
        }
        QCOMPARE(users, history.size());
    }
}

/// One day's cohort: months end on the same day for all, and what the model adds by then is its own
/// prediction, summed.
void TestCohortValue::predictedTotalIsTheModels()
{
    const OrderHistory history = shop(400);
    const Day until = kStart + 399;
    const auto value = valueAt(history, until, 180);
    QVERIFY(value);
    CohortOptions options;
    options.mostCohorts = 100;
    const auto cohorts = cohortCurves(history, until, value.get(), options, Task());
    int compared = 0;
    for (const CohortCurve &cohort : *cohorts) {
        const auto complete = static_cast<std::size_t>(cohort.completeMonths);
        QVERIFY(std::abs(cohort.predicted.front() - cohort.realised[complete]) < 1e-9);
        QVERIFY(std::ranges::is_sorted(cohort.predicted)); // no refunds here
        const int last = cohort.completeMonths + static_cast<int>(cohort.predicted.size()) - 1;
        QVERIFY(cohortCompleteOn(cohort, last) <= until + 180);
        QVERIFY(cohortCompleteOn(cohort, last + 1) > until + 180);
        // Each customer's own prediction to the same day, from the model's other entrance.
        double expected = 0.0;
        for (std::size_t i = 0; i < value->customers.size(); ++i) {
            const auto found = std::ranges::find(cohort.users, value->customers.user[i]);
            if (found == cohort.users.end()) {
                continue;
            }
            const Day first = until - static_cast<Day>(std::lround(value->customers.T[i] * 7));
            const double ahead = static_cast<double>(std::lround(last * kCohortMonthDays)) -
                                 static_cast<double>(until - first);
            CustomerSummary one;
            one.x = {value->customers.x[i]};
            one.tx = {value->customers.tx[i]};
            one.T = {value->customers.T[i]};
            one.user = {1};
            const auto prediction =
                ahead > 0 ? predictFrequency(value->frequency, one, ahead / 7, Task())
                          : Result<FrequencyPrediction>(FrequencyPrediction{{}, {0.0}, {}});
            expected += value->customers.realised[i] + value->customers.netRatio() *
                                                           value->predictions.meanOrderValue[i] *
                                                           prediction->expectedOrders[0];
        }
        // Who has lived through the last month already counts with what he had by its end.
        if (cohortCompleteOn(cohort, last) - (cohort.lastFirst - cohort.firstDay) > until) {
            expected /= static_cast<double>(cohort.users.size());
            QVERIFY(std::abs(cohort.predicted.back() - expected) < 1e-9 * expected);
            ++compared;
        }
    }
    QVERIFY(compared >= 2);
}

void TestCohortValue::onlyTheYoungestAreKept()
{
    const OrderHistory history = shop(200);
    CohortOptions options;
    options.span = CohortSpan::Month;
    options.mostCohorts = 3;
    const auto few = cohortCurves(history, kStart + 399, nullptr, options, Task());
    options.mostCohorts = 50;
    const auto all = cohortCurves(history, kStart + 399, nullptr, options, Task());
    QCOMPARE(few->size(), std::size_t{3});
    QCOMPARE(few->back().firstDay, all->back().firstDay);
    QCOMPARE(few->front().users, (*all)[all->size() - 3].users);
}

void TestCohortValue::withoutAPredictionOnlyThePast()
{
    const std::vector<MoneyDay> days{{1, kStart, true, moneyFromUnits(10), 0}};
    const auto cohorts = cohortCurves(orderHistoryOf(days), kStart, nullptr, {}, Task());
    QCOMPARE(cohorts->front().realised, std::vector<double>{10});
    QCOMPARE(cohorts->front().completeMonths, 0);
    QVERIFY(cohorts->front().predicted.empty());
}

void TestCohortValue::nobodyAndCancelAreSaid()
{
    QCOMPARE(cohortCurves(orderHistoryOf({}), kStart, nullptr, {}, Task()).error().code,
             ErrorCode::NoPurchases);
    QCOMPARE(cohortCurves(shop(10), kStart - 1, nullptr, {}, Task()).error().code,
             ErrorCode::NoPurchases);
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(
        cohortCurves(shop(10), kStart + 399, nullptr, {}, Task(stop.get_token(), {})).error().code,
        ErrorCode::Cancelled);
}

QTEST_APPLESS_MAIN(TestCohortValue)
#include "tst_cohort_value.moc"
