#include "churn_shop.h"
#include "core/churn/risk_plan.h"

#include <QTest>

#include <cmath>
#include <memory>

using namespace perennial;
using namespace perennial::test;

namespace {

std::shared_ptr<const ChurnRisk> riskAt(const OrderHistory &history, int day, int horizonDays = 60)
{
    ValueOptions options = valueOptionsOf(horizonDays);
    options.until = kChurnStart + day;
    return *churnRiskAt(history, options, 1, Task());
}

/// A trial in which each method has that log loss; none where it is not finite.
RiskTrial trialWith(std::vector<std::pair<std::string, double>> losses)
{
    RiskTrial trial;
    for (const auto &[name, loss] : losses) {
        TrialMethod &method = trial.methods.emplace_back();
        method.name = name;
        TrialFigure &figure = method.figures.emplace_back();
        figure.name = "log_loss";
        if (std::isfinite(loss)) {
            figure.figure.value = loss;
        }
    }
    return trial;
}

} // namespace

class TestRiskPlan : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theTrialChooses()
    {
        const auto now = riskAt(churnHistory(600, 400, 1), 350);
        const RiskTrial model =
            trialWith({{"bg-nbd", 0.4}, {"boosted-trees", 0.5}, {"recency", 0.1}});
        QCOMPARE(chooseRisk(*now, &model).method->name, std::string("bg-nbd"));
        QVERIFY(chooseRisk(*now, &model).byTrial);
        const RiskTrial trees = trialWith({{"bg-nbd", 0.6}, {"boosted-trees", 0.5}});
        QCOMPARE(chooseRisk(*now, &trees).method->name, std::string(kTreeMethod));
        const RiskTrial half = trialWith({{"bg-nbd", 0.6}, {"boosted-trees", INFINITY}});
        QCOMPARE(chooseRisk(*now, &half).method->name, std::string("bg-nbd"));
        QCOMPARE(chooseRisk(*now, nullptr).method->name, std::string(kTreeMethod));
        QVERIFY(!chooseRisk(*now, nullptr).byTrial);
    }

    void withoutTreesTheValueModel()
    {
        const auto now = riskAt(churnHistory(600, 200, 1), 70);
        QVERIFY(now->method(kTreeMethod)->problem);
        QCOMPARE(chooseRisk(*now, nullptr).method->name, std::string("bg-nbd"));
        const auto once =
            riskAt(orderHistoryOf(std::vector<MoneyDay>{{1, kChurnStart, true, 5, 0}}), 3);
        QVERIFY(!chooseRisk(*once, nullptr).method);
        QCOMPARE(contactPlanOf(*once, once->methods[0], ContactOrder::Risk, nullptr).error().code,
                 ErrorCode::NoRepeatBuyers);
        QCOMPARE(contactPlanOf(*once, once->methods[2], ContactOrder::Risk, nullptr).error().where,
                 std::string("method"));
    }

    void aPlanIsOfTheCustomersAskedFor()
    {
        const auto now = riskAt(churnHistory(600, 400, 1), 350);
        const RiskMethod &trees = *now->method(kTreeMethod);
        const ContactPlan all = *contactPlanOf(*now, trees, ContactOrder::Risk, nullptr);
        QCOMPARE(all.users(), now->user.size());
        double leavers = 0, stake = 0;
        const std::vector<double> kept = valueIfKept(*now->value);
        for (std::size_t k = 0; k < kept.size(); ++k) {
            leavers += trees.risk[k];
            stake += trees.risk[k] * kept[k];
        }
        const ContactOutcome everybody = all.atThreshold(0, {});
        QVERIFY(std::abs(everybody.leavers - leavers) < 1e-9 * leavers);
        QVERIFY(std::abs(everybody.atStake - stake) < 1e-9 * stake);
        const auto few = std::make_shared<const std::vector<std::int64_t>>(
            std::vector<std::int64_t>{now->user[3], now->user[9], 999'999});
        const ContactPlan some = *contactPlanOf(*now, trees, ContactOrder::Stake, few);
        QCOMPARE(some.users(), std::size_t{2});
    }

    void aPlanByTheScores()
    {
        std::vector<UserState> states(6);
        for (std::size_t k = 0; k < states.size(); ++k) {
            states[k].user = static_cast<std::int64_t>(k) + 1;
            states[k].churnRisk = 0.1 * static_cast<double>(k + 1);
        }
        states[1].churnRisk.reset();      // has never ordered
        states[4].churnRisk = 1.0 + 1e-9; // rounding of a model
        const std::vector<std::int64_t> customers{1, 3, 5, 6, 7};
        const std::vector<double> kept{10, 30, 50, 60, 70};
        const ContactPlan plan = *contactPlanOf(states, customers, kept, ContactOrder::Risk);
        QCOMPARE(plan.users(), std::size_t{4}); // of the fourth no value is known
        const ContactOutcome all = plan.atThreshold(0, {});
        QVERIFY(std::abs(all.leavers - (0.1 + 0.3 + 1 + 0.6)) < 1e-12);
        QVERIFY(std::abs(all.atStake - (1 + 9 + 50 + 36)) < 1e-12);
        const ContactOutcome best = plan.ofContacts(1, {});
        QCOMPARE(plan.contacted(best)[0], 5);
        QCOMPARE(contactPlanOf({}, customers, kept, ContactOrder::Stake)->users(), std::size_t{0});
    }
};

QTEST_APPLESS_MAIN(TestRiskPlan)
#include "tst_risk_plan.moc"
