#include "churn_shop.h"
#include "core/behavior/answers.h"
#include "core/churn/risk_judge.h"
#include "core/churn/risk_trial.h"
#include "core/features/metrics.h"
#include "core/forecast/forecaster.h"
#include "core/project/weight_blob.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <memory>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kHorizon = 60;

TrialOptions trialOptions(int replicates = 50)
{
    TrialOptions options;
    options.replicates = replicates;
    return options;
}

bool close(double a, double b)
{
    return std::abs(a - b) < 1e-12;
}

double valueOf(const TrialMethod &method, const char *figure)
{
    return *method.figure(figure)->figure.value;
}

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

Result<std::shared_ptr<const RiskTrial>> trialOn(const OrderHistory &history, int lastDay,
                                                 const TrialOptions &options = trialOptions(),
                                                 int horizonDays = kHorizon)
{
    return riskTrial(history, kChurnStart + lastDay, valueOptionsOf(horizonDays), options, Task());
}

} // namespace

class TestRiskTrial : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        const JudgedUsers users{{1, 2, 3, 4, 5}, {1, 0, 1, 0, 0}, {31, 4, 31, 9, 4}, 30};
        const std::vector<JudgedMethod> methods{{"a", true, {0.9, 0.6, 0.6, 0.2, 0.1}, {}},
                                                {"b", false, {7, 7, 7, 7, 7}, {}}};
        const auto judged = *judgeRisks(users, methods, trialOptions(0), Task());
        const TrialMethod &a = judged[0];
        // pairs (leaver, other): 1 beats all three; 3 ties with 2 and beats two
        QVERIFY(close(valueOf(a, "auc"), (3 + 0.5 + 2) / 6.0));
        QVERIFY(close(valueOf(a, "average_precision"), 0.5 * 1 + 0.5 * 2 / 3.0));
        QVERIFY(close(valueOf(a, "brier"), (0.01 + 0.36 + 0.16 + 0.04 + 0.01) / 5));
        QVERIFY(close(valueOf(a, "bias"), 2.4 / 2 - 1));
        // who ordered before whom is known: (2,4) (2,1) (2,3) (5,·) × 3, (4,1) (4,3); 2 and 5 came
        // on one day. Wrong: (2,4); half: (2,3).
        QVERIFY(close(valueOf(a, "c_index"), (8 - 1 - 0.5) / 8));
        QCOMPARE(a.gains.size(), std::size_t{4});
        QCOMPARE(a.gains[0].targeted, 1);
        QCOMPARE(a.gains[0].score, 0.9);
        QVERIFY(close(a.gains[0].gain, 0.5) && close(a.gains[0].lift, 2.5));
        QCOMPARE(a.gains[1].targeted, 3); // 0.6 is not parted
        QVERIFY(close(a.gains[1].share, 0.6) && close(a.gains[1].lift, 1 / 0.6));
        QVERIFY(close(a.gains.back().share, 1) && close(a.gains.back().lift, 1));
        QCOMPARE(a.precisionRecall.size(), std::size_t{4});
        QVERIFY(close(a.precisionRecall[0].precision, 1) && close(a.precisionRecall[0].recall, 0.5));
        QVERIFY(close(a.precisionRecall[1].precision, 2 / 3.0)); // 0.6 is one point
        QVERIFY(close(a.precisionRecall.back().precision, 0.4));
        double area = 0, recall = 0; // the figure's own formula is another one
        for (const TargetingPoint &point : a.precisionRecall) {
            area += (point.recall - recall) * point.precision;
            recall = point.recall;
        }
        QVERIFY(close(valueOf(a, "average_precision"), area));
        QCOMPARE(a.bins.size(), std::size_t{4});
        QVERIFY(close(a.bins.back().churned, 1) && close(a.bins.back().predicted, 0.9));
        QVERIFY(a.bins.back().interval.lower > 0.2 && a.bins.back().interval.upper == 1);
        // The second ranks nobody: chance alone, one bin that nothing parts, no calibration.
        const TrialMethod &b = judged[1];
        QVERIFY(close(valueOf(b, "auc"), 0.5) && close(valueOf(b, "average_precision"), 0.4));
        QVERIFY(close(valueOf(b, "c_index"), 0.5));
        QVERIFY(!b.figure("brier") && !b.figure("ece") && b.bins.empty());
        QCOMPARE(b.gains.size(), std::size_t{1});
        QVERIFY(a.figure("auc")->figure.isBest && !b.figure("auc")->figure.isBest);
        QVERIFY(!a.figure("auc")->figure.interval); // no replicates
        for (const TrialMethod &method : judged) {
            const auto names = trialFigureNames(method.isProbability);
            QCOMPARE(method.figures.size(), names.size());
            for (std::size_t f = 0; f < names.size(); ++f) {
                QVERIFY(method.figures[f].name == names[f]);
            }
        }
    }

    void judgesTheMethodsSideBySide()
    {
        const OrderHistory history = churnHistory(3000, 500, 1);
        const auto trial = *trialOn(history, 480);
        QCOMPARE(trial->cut, kChurnStart + 480 - kHorizon);
        QCOMPARE(trial->windowDays, kHorizon);
        QCOMPARE(trial->methods.size(), std::size_t{3});
        const CustomerSummary customers = summarizeAt(history, {trial->cut, Period::Day, false});
        QCOMPARE(trial->users, std::ssize(customers.user));
        const WindowTruth truth =
            truthOf(history, customers, trial->cut, trial->cut + trial->windowDays);
        QCOMPARE(trial->churned, std::ranges::count(truth.orderDays, 0));
        for (const TrialMethod &method : trial->methods) {
            QVERIFY2(!method.problem, method.name.c_str());
            const ScoredFigure &auc = method.figure("auc")->figure;
            QVERIFY2(*auc.value > 0.7, qPrintable(QString::number(*auc.value)));
            QVERIFY(auc.interval->contains(*auc.value));
            QVERIFY(valueOf(method, "c_index") > 0.6);
            QVERIFY(close(method.gains.back().gain, 1));
            QVERIFY(method.gains.front().lift > 1.1);
            if (method.isProbability) { // the window is over: nobody is censored before its end
                QVERIFY(close(valueOf(method, "ipcw_brier"), valueOf(method, "brier")));
            }
        }
        const TrialMethod &trees = trial->methods[1];
        QVERIFY2(valueOf(trees, "ece") < 0.06, qPrintable(QString::number(valueOf(trees, "ece"))));
        QVERIFY(valueOf(trees, "average_precision") >
                double(trial->churned) / double(trial->users));
    }

    /// What the methods say at the cut is the same when nothing after it is there to be seen.
    void seesNoLabelsAfterTheCut()
    {
        const OrderHistory history = churnHistory(1200, 500, 2);
        ValueOptions value = valueOptionsOf(kHorizon);
        value.until = kChurnStart + 350;
        const auto whole = *churnRiskAt(history, value, 1, Task());
        const auto cutOff = *churnRiskAt(historyUpTo(history, *value.until), value, 1, Task());
        for (std::size_t m = 0; m < whole->methods.size(); ++m) {
            QCOMPARE(whole->methods[m].risk, cutOff->methods[m].risk);
        }
    }

    void aSegmentIsJudgedAlone()
    {
        const OrderHistory history = churnHistory(1500, 500, 3);
        TrialOptions options = trialOptions(0);
        std::vector<std::int64_t> odd;
        for (std::int64_t user = 1; user <= 1500; user += 2) {
            odd.push_back(user);
        }
        options.within = std::make_shared<const std::vector<std::int64_t>>(odd);
        const auto trial = *trialOn(history, 480, options);
        ValueOptions value = valueOptionsOf(kHorizon);
        value.until = trial->cut;
        const auto risk = *churnRiskAt(history, value, options.seed, Task());
        const CustomerSummary customers = summarizeAt(history, {trial->cut, Period::Day, false});
        const WindowTruth truth = truthOf(history, customers, trial->cut, kChurnStart + 480);
        std::vector<double> scores;
        std::vector<bool> left;
        for (std::size_t i = 0; i < customers.size(); ++i) {
            if (customers.user[i] % 2 == 1) {
                scores.push_back(risk->methods[1].risk[i]); // learned from everybody
                left.push_back(truth.orderDays[i] == 0);
            }
        }
        QCOMPARE(trial->users, std::ssize(scores));
        QVERIFY(close(valueOf(trial->methods[1], "auc"), *areaUnderCurve(scores, left)));
        QVERIFY(close(valueOf(trial->methods[1], "log_loss"), *logLoss(scores, left)));
        options.within = std::make_shared<const std::vector<std::int64_t>>();
        QCOMPARE(trialOn(history, 480, options).error().where, std::string("segment"));
    }

    void sameSeedSameIntervals()
    {
        const OrderHistory history = churnHistory(500, 400, 4);
        const auto a = *trialOn(history, 380);
        const auto b = *trialOn(history, 380);
        TrialOptions other = trialOptions();
        other.seed = 2;
        const auto c = *trialOn(history, 380, other);
        const auto lower = [](const auto &trial) {
            return trial->methods[0].figure("brier")->figure.interval->lower;
        };
        QCOMPARE(lower(a), lower(b));
        QVERIFY(lower(a) != lower(c));
    }

    void noRoomForTheTreesIsSaid()
    {
        const auto trial = *trialOn(churnHistory(400, 200, 5), 140);
        const TrialMethod &trees = trial->methods[1];
        QVERIFY(trees.problem && trees.figures.empty() && trees.gains.empty());
        QCOMPARE(trees.problem->code, ErrorCode::TooLittleData);
        QVERIFY(!trial->methods[0].problem && valueOf(trial->methods[0], "auc") > 0.5);
    }

    void degenerateData()
    {
        QCOMPARE(trialOn(orderHistoryOf({}), 300).error().code, ErrorCode::NoPurchases);
        QCOMPARE(trialOn(historyOf({{0}}), 300, trialOptions(), 100'000).error().code,
                 ErrorCode::NoPurchases); // the horizon is longer than the history
        const auto one = *trialOn(historyOf({{0, 20}}), 300);
        QCOMPARE(one->users, 1);
        QCOMPARE(one->churned, 1);
        QVERIFY(!one->methods[2].figure("auc")->figure.value);
        QVERIFY(!one->methods[2].figure("c_index")->figure.value);
        const auto allGone = *trialOn(historyOf({{0, 20, 50}, {3, 9}, {5}}), 300);
        QCOMPARE(allGone->churned, 3);
        QVERIFY(!allGone->methods[0].problem);
        QVERIFY(!allGone->methods[0].figure("auc")->figure.value);
        QVERIFY(std::isfinite(valueOf(allGone->methods[0], "log_loss")));
        QVERIFY(close(allGone->methods[0].gains.back().gain, 1));
        const auto noneGone = *trialOn(historyOf({{0, 20, 280}, {3, 9, 290}, {5, 250}}), 300);
        QCOMPARE(noneGone->churned, 0);
        for (const TrialMethod &method : noneGone->methods) {
            QVERIFY(method.gains.empty());
            QVERIFY(method.problem || !method.figure("auc")->figure.value);
        }
        QVERIFY(noneGone->methods[2].figure("c_index")->figure.value); // who comes back first
    }

    void refuses()
    {
        const OrderHistory history = churnHistory(100, 300, 6);
        TrialOptions options = trialOptions();
        options.cut = kChurnStart + 241;
        const auto past = trialOn(history, 300, options);
        QCOMPARE(past.error().code, ErrorCode::WindowPastData);
        QCOMPARE(past.error().detail, formatDate(kChurnStart + 301));
        options.cut = kChurnStart + 240;
        QCOMPARE((*trialOn(history, 300, options))->cut, kChurnStart + 240);
        options.cut = kChurnStart - 5;
        QCOMPARE(trialOn(history, 300, options).error().code, ErrorCode::NoPurchases);
        options = trialOptions(-1);
        QCOMPARE(trialOn(history, 300, options).error().where, std::string("replicates"));
        options = trialOptions();
        options.level = 1;
        QCOMPARE(trialOn(history, 300, options).error().where, std::string("level"));
        QCOMPARE(trialOn(history, 300, trialOptions(), 0).error().code,
                 ErrorCode::HorizonNotPositive);
        std::stop_source stop;
        stop.request_stop();
        QCOMPARE(riskTrial(history, kChurnStart + 300, valueOptionsOf(kHorizon), trialOptions(),
                           Task(stop.get_token(), {}))
                     .error()
                     .code,
                 ErrorCode::Cancelled);
    }

    void theBehaviourModelByItsOwnAnswers()
    {
        ProjectFixture fixture;
        Project &project = fixture.project();
        QVERIFY(!*behaviorTrial(project, trialOptions(), Task()));
        std::vector<PlainEvent> events; // answers are kept of users of the project only
        for (int user = 1; user <= 400; ++user) {
            events.push_back({"u" + std::to_string(user), "i", EventKind::Purchase, 1000, 5, ""});
        }
        fixture.add(events);
        JudgedAnswers answers;
        answers.cut = 20000;
        answers.labelDays = 45;
        HeadAnswers churn{"churn", AnswerKind::Chance, {}, {}};
        Rng rng(3, 3);
        for (std::int64_t user = 1; user <= 400; ++user) {
            answers.user.push_back(user);
            const double p = rng.uniform();
            const bool judged = user % 4 != 0; // the rest never ordered
            churn.predicted.push_back(judged ? static_cast<float>(p) : -1.0F);
            churn.actual.push_back(judged && rng.uniform() < p ? 1 : 0);
        }
        answers.heads = {churn};
        keep(project, answers);
        const auto trial = *behaviorTrial(project, trialOptions(), Task());
        QCOMPARE(trial->cut, 20000);
        QCOMPARE(trial->windowDays, 45);
        QCOMPARE(trial->users, 300);
        QCOMPARE(trial->methods.size(), std::size_t{1});
        const TrialMethod &method = trial->methods.front();
        QCOMPARE(method.name, std::string("behavior"));
        std::vector<double> chances;
        std::vector<bool> left;
        for (std::size_t k = 0; k < 400; ++k) {
            if (churn.predicted[k] >= 0) {
                chances.push_back(static_cast<double>(churn.predicted[k]));
                left.push_back(churn.actual[k] > 0);
            }
        }
        QVERIFY(close(valueOf(method, "auc"), *areaUnderCurve(chances, left)));
        QVERIFY(valueOf(method, "ece") < 0.12);
        QVERIFY(!method.figure("c_index")->figure.value); // it kept no days
        TrialOptions nobody = trialOptions();
        nobody.within =
            std::make_shared<const std::vector<std::int64_t>>(std::vector<std::int64_t>{4, 8});
        QVERIFY(!*behaviorTrial(project, nobody, Task()));
        answers.heads.front().head = "click";
        keep(project, answers);
        QVERIFY(!*behaviorTrial(project, trialOptions(), Task()));
    }

private:
    static void keep(Project &project, const JudgedAnswers &answers)
    {
        RunRecord run;
        run.model = "behavior";
        run.config = run.metrics = "{}";
        run.id = *beginRun(project, run);
        run.state = RunState::Done;
        QVERIFY(finishRun(project, run, {listBlob<float>("weight", {1.0F})},
                          toBlobs(answers)).ok());
    }
};

QTEST_GUILESS_MAIN(TestRiskTrial)
#include "tst_risk_trial.moc"
