#include "churn_shop.h"
#include "core/churn/churn_risk.h"
#include "core/churn/tree_risk.h"
#include "core/features/metrics.h"
#include "core/forecast/forecaster.h"
#include "core/value/frequency_model.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kHorizon = 60;

TreeRiskOptions options(int horizonDays = kHorizon)
{
    TreeRiskOptions options;
    options.horizonDays = horizonDays;
    return options;
}

/// Days of one customer each, at the given days.
OrderHistory historyOf(const std::vector<std::vector<int>> &customers)
{
    std::vector<MoneyDay> rows;
    for (std::size_t u = 0; u < customers.size(); ++u) {
        for (const int day : customers[u]) {
            rows.push_back(
                {static_cast<std::int64_t>(u) + 1, kChurnStart + day, true, moneyFromUnits(20), 0});
        }
    }
    return orderHistoryOf(rows);
}

double meanOf(const std::vector<double> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

} // namespace

class TestTreeRisk : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ranksWhoWillLeave()
    {
        const OrderHistory history = churnHistory(4000, 500, 1);
        const Day at = kChurnStart + 400;
        const auto risk = *treeRisk(history, at, options(), Task());
        QCOMPARE(risk->anchor, at - kHorizon);
        QCOMPARE(risk->risk.size(), risk->asked.rows());
        const CustomerSummary customers = summarizeAt(history, {at, Period::Week, false});
        QVERIFY(risk->asked.user == customers.user);
        const WindowTruth truth = truthOf(history, customers, at, at + kHorizon);
        std::vector<bool> left;
        for (const std::int32_t orders : truth.orderDays) {
            left.push_back(orders == 0);
        }
        const double auc = *areaUnderCurve(risk->risk, left);
        QVERIFY2(auc > 0.75, qPrintable(QString::number(auc)));
        const double share = double(std::ranges::count(left, true)) / double(left.size());
        QVERIFY2(std::abs(meanOf(risk->risk) - share) < 0.06,
                 qPrintable(QString("%1 %2").arg(meanOf(risk->risk)).arg(share)));
        QVERIFY(*std::ranges::min_element(risk->risk) > 0 &&
                *std::ranges::max_element(risk->risk) < 1);
        QCOMPARE(risk->learnedFrom,
                 std::ssize(summarizeAt(history, {at - kHorizon, Period::Week, false}).user));
    }

    /// What comes after t₀ changes nothing: not the trees, not the risk.
    void seesNothingAfterTheDay()
    {
        const OrderHistory history = churnHistory(1500, 500, 2);
        const Day at = kChurnStart + 330;
        const auto whole = *treeRisk(history, at, options(), Task());
        const auto cutOff = *treeRisk(historyUpTo(history, at), at, options(), Task());
        QCOMPARE(whole->risk, cutOff->risk);
        QCOMPARE(saveTrees(whole->trees).hash, saveTrees(cutOff->trees).hash);
    }

    /// Of many customers some are drawn: the risk stays about as good, and is everybody's.
    void learnsFromSoManyAtMost()
    {
        const OrderHistory history = churnHistory(4000, 500, 6);
        const Day at = kChurnStart + 400;
        TreeRiskOptions few = options();
        few.learnFrom = 1500;
        const auto all = *treeRisk(history, at, options(), Task());
        const auto some = *treeRisk(history, at, few, Task());
        QCOMPARE(some->learnedFrom, 1500);
        QVERIFY(some->churned < all->churned && some->churned > 0);
        const double share = double(all->churned) / double(all->learnedFrom);
        QVERIFY2(std::abs(double(some->churned) / 1500 - share) < 0.05, // 4 standard errors
                 qPrintable(QString::number(double(some->churned) / 1500 - share)));
        QCOMPARE(some->risk.size(), all->risk.size());
        QVERIFY(some->risk != all->risk);
        double apart = 0;
        for (std::size_t i = 0; i < some->risk.size(); ++i) {
            apart += std::abs(some->risk[i] - all->risk[i]);
        }
        QVERIFY2(apart / double(some->risk.size()) < 0.05, qPrintable(QString::number(apart)));
        QCOMPARE((*treeRisk(history, at, few, Task()))->risk, some->risk);
        few.learnFrom = all->learnedFrom;
        QCOMPARE((*treeRisk(history, at, few, Task()))->risk, all->risk);
    }

    void tooLittleIsNamed()
    {
        const auto told = [](const OrderHistory &history, int day, int horizon) {
            const auto risk = treeRisk(history, kChurnStart + day, options(horizon), Task());
            return risk.ok() ? std::string("ok") : risk.error().where + ":" + risk.error().detail;
        };
        const OrderHistory shop = churnHistory(300, 200, 3);
        const Day first = *shop.firstDay();
        const int needed = kHorizon + kLeastDaysToLearn;
        QCOMPARE(told(shop, first - kChurnStart + needed - 2, kHorizon),
                 "history:" + std::to_string(needed - 1));
        QCOMPARE(told(shop, first - kChurnStart + needed - 1, kHorizon), std::string("ok"));
        QCOMPARE(told(shop, 199, 100'000), "history:" + std::to_string(200 - first + kChurnStart));
        QCOMPARE(told(historyOf({{0, 110}, {5, 120}}), 150, kHorizon),
                 std::string("labels:all_returned"));
        QCOMPARE(told(historyOf({{0, 30}, {5}}), 150, kHorizon),
                 std::string("labels:none_returned"));
        QCOMPARE(told(historyOf({{0}}), 150, kHorizon), std::string("labels:none_returned"));
        // A refund long before any order: the history is long enough, but knows nobody at the
        // anchor.
        std::vector<MoneyDay> late{{1, kChurnStart, false, 0, -kMoneyUnit},
                                   {1, kChurnStart + 140, true, kMoneyUnit, 0}};
        QCOMPARE(told(orderHistoryOf(late), 150, kHorizon), std::string("labels:no_customers"));
    }

    void refuses()
    {
        const OrderHistory shop = churnHistory(100, 200, 3);
        QCOMPARE(treeRisk(shop, kChurnStart + 150, options(0), Task()).error().code,
                 ErrorCode::HorizonNotPositive);
        QCOMPARE(treeRisk(shop, kChurnStart - 1, options(), Task()).error().code,
                 ErrorCode::NoPurchases);
        QCOMPARE(treeRisk(orderHistoryOf({}), kChurnStart, options(), Task()).error().code,
                 ErrorCode::NoPurchases);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(
            treeRisk(shop, kChurnStart + 150, options(), Task(stop.get_token(), {})).error().code,
            ErrorCode::Cancelled);
    }

    void everyMethodSideBySide()
    {
        const OrderHistory history = churnHistory(800, 400, 4);
        ValueOptions value = valueOptionsOf(kHorizon);
        value.until = kChurnStart + 300;
        const auto risk = *churnRiskAt(history, value, 1, Task());
        QCOMPARE(risk->methods.size(), std::size_t{3});
        for (const RiskMethod &method : risk->methods) {
            QVERIFY2(!method.problem, method.name.c_str());
            QCOMPARE(method.risk.size(), risk->user.size());
            QCOMPARE(method.isProbability, method.name != kRecencyMethod);
        }
        QCOMPARE(risk->method("bg-nbd")->risk, risk->value->predictions.churnRisk);
        QVERIFY(!risk->method("tea leaves"));
        const CustomerSummary days = summarizeAt(history, {risk->at, Period::Day, false});
        QCOMPARE(risk->method(kRecencyMethod)->risk[5], days.T[5] - days.tx[5]);
        // a model on another clock speaks of the same customers
        value.frequencyModel = "bg-bb";
        const auto whole = *churnRiskAt(history, value, 1, Task());
        QCOMPARE(whole->user, risk->user);
        QCOMPARE(whole->method("bg-bb")->risk.size(), risk->user.size());
    }

    void oneMethodsTroubleIsItsOwn()
    {
        ValueOptions value = valueOptionsOf(kHorizon);
        value.until = kChurnStart + 40;
        const auto once = *churnRiskAt(historyOf({{0}, {3}}), value, 1, Task());
        QCOMPARE(once->method("bg-nbd")->problem->code, ErrorCode::NoRepeatBuyers);
        QCOMPARE(once->method(kTreeMethod)->problem->where, std::string("history"));
        QCOMPARE(once->method(kRecencyMethod)->risk, (std::vector<double>{40, 37}));
        QVERIFY(!once->value && !once->trees);
        value.frequencyModel = "tea leaves";
        QCOMPARE(churnRiskAt(historyOf({{0}}), value, 1, Task()).error().code,
                 ErrorCode::UnknownModel);
        value.horizonDays = 0;
        QCOMPARE(churnRiskAt(historyOf({{0}}), value, 1, Task()).error().code,
                 ErrorCode::HorizonNotPositive);
        value = valueOptionsOf(kHorizon);
        value.until = kChurnStart - 1;
        QCOMPARE(churnRiskAt(historyOf({{0}}), value, 1, Task()).error().code,
                 ErrorCode::NoPurchases);
    }

    /// Where P(active) is not tiny, the value if kept is predictedValue / (1 − risk) of one model.
    void valueIfKeptIsTheQuotientWhereThatIsSafe()
    {
        const OrderHistory history = churnHistory(600, 400, 5);
        for (const char *model : {"bg-nbd", "pareto-nbd", "bg-bb"}) {
            ValueOptions value = valueOptionsOf(kHorizon);
            value.until = kChurnStart + 350;
            value.frequencyModel = model;
            value.margin = 0.4;
            value.discountPerYear = 0.1;
            const auto fitted = *fitValueModel(customersFor(history, value), value, Task());
            const std::vector<double> kept = valueIfKept(*fitted);
            int compared = 0;
            for (std::size_t i = 0; i < kept.size(); ++i) {
                QVERIFY(std::isfinite(kept[i]) && kept[i] >= 0);
                const double some = 1 - fitted->predictions.churnRisk[i];
                if (some > 0.01) {
                    ++compared;
                    const double quotient = fitted->predictions.predictedValue[i] / some;
                    QVERIFY2(std::abs(kept[i] / quotient - 1) < 1e-9,
                             qPrintable(QString("%1 %2").arg(kept[i]).arg(quotient)));
                }
            }
            QVERIFY(compared > 300);
        }
    }

    /// A customer long gone: the quotient is 0 / 0 in arithmetic, the value if kept is not.
    void valueIfKeptStaysFiniteWhenTheRiskIsOne()
    {
        ValueResult value;
        value.options = valueOptionsOf(kHorizon);
        value.customers.user = {1, 2, 3, 4};
        value.customers.x = {80, 0, 1, 0};
        value.customers.tx = {20, 0, 1, 0};
        value.customers.T = {5000, 5000, 1e7, 1e15};
        value.customers.gross = 1000;
        value.frequency.reportedModel = "bg-nbd";
        value.frequency.parameters = {0.25, 4.5, 0.8, 2.4};
        value.predictions.meanOrderValue = {30, 30, -5, 30};
        const std::vector<double> kept = valueIfKept(value);
        QVERIFY(std::isfinite(kept[0]) && kept[0] >= 30 * value.customers.netRatio() - 1e-9);
        QVERIFY(std::abs(kept[1] / (30 * value.customers.netRatio()) - 1) < 0.01); // one order
        QCOMPARE(kept[2], 0.0); // a mean below 0 is nothing to save
        QCOMPARE(kept[3], 30 * value.customers.netRatio()); // P(any order) is rounding: one order
    }
};

QTEST_APPLESS_MAIN(TestTreeRisk)
#include "tst_tree_risk.moc"
