#include "core/behavior/return_time.h"
#include "core/behavior/score.h"
#include "core/behavior/train.h"
#include "core/features/splits.h"
#include "core/project/database.h"
#include "core/project/run_store.h"
#include "core/project/weight_blob.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <optional>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig tinyConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 20;
    config.batchSize = 64;
    config.epochs = 4;
    config.learningRate = 0.01;
    config.refitEpochs = 0;
    config.clickWeight = 1;
    config.returnWeight = 0.5;
    return config;
}

bool hasNote(const TrainReport &report, std::string_view code)
{
    return std::ranges::find(report.notes, code, &TrainNote::code) != report.notes.end();
}

/// Customers of two kinds who look at things before they buy, some of them for good.
std::vector<PlainEvent> lookersAndBuyers(int users, int days)
{
    std::vector<PlainEvent> events = customerEvents(users, days, true);
    Rng rng(8);
    const std::size_t bought = events.size();
    for (std::size_t k = 0; k < bought; ++k) {
        PlainEvent look = events[k];
        look.kind = rng.uniform() < 0.5 ? EventKind::View : EventKind::Click;
        look.at -= static_cast<UtcSecond>(rng.uniform() * 5 * 86400);
        look.amount = 0;
        if (look.at > 0 && rng.uniform() < 0.7) {
            events.push_back(look);
        }
    }
    return events;
}

ReturnCurve curveOf(double daily, int knownDays)
{
    std::array<double, kReturnStretches> hazards{};
    for (std::size_t k = 0; k < kReturnStretches; ++k) {
        hazards[k] = daily * (kReturnEdges[k + 1] - kReturnEdges[k]);
    }
    return {hazards, knownDays};
}

} // namespace

class TestHeads : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void returnsOfOneRate();
    void returnsAreConsistent();
    void returnsAtTheEnds();
    void outcomesOfWindows();
    void everyHeadLearns();
    void purchaseIsTheOtherSideOfChurn();
    void headsAreSwitchedOffAlone();
    void viewsAlone();
    void buyersAlone();
    void squaredErrors();
    void theFeatureNetwork();
    void featuresKnowNoItems();
    void olderRunsStillScore();
};

/// The geometric distribution, whatever the stretches.
void TestHeads::returnsOfOneRate()
{
    const double daily = 0.02, q = std::exp(-daily);
    for (const int known : {1, 50, 365, 5000}) {
        const ReturnCurve curve = curveOf(daily, known);
        for (const int day : {1, 2, 7, 30, 100, 400, 4000, 9000}) {
            QVERIFY(std::abs(curve.within(day) - (1 - std::pow(q, day))) < 1e-12);
            const double mean = (1 - std::pow(q, day)) / (1 - q); // Σ_{t < day} q^t
            QVERIFY(std::abs(curve.meanWithin(day) / mean - 1) < 1e-12);
        }
        QCOMPARE(*curve.median(), std::ceil(std::log(2.0) / daily));
    }
}

void TestHeads::returnsAreConsistent()
{
    Rng rng(2);
    for (int k = 0; k < 200; ++k) {
        std::array<double, kReturnStretches> hazards{};
        std::ranges::generate(hazards, [&] { return 0.3 * rng.exponential() * rng.uniform(); });
        const ReturnCurve curve(hazards, 1 + static_cast<int>(rng.below(500)));
        double before = 0, mean = 0;
        for (int day = 0; day <= 400; ++day) {
            const double now = curve.within(day);
            QVERIFY(now >= before && now <= 1);
            before = now;
            if (day > 0) {
                QVERIFY(std::abs(curve.meanWithin(day) - mean) < 1e-9 * mean);
            }
            mean += 1 - now;
        }
        const auto median = curve.median();
        if (median) {
            QVERIFY(curve.within(*median) >= 0.5 - 1e-9);
            QVERIFY(curve.within(*median - 1) < 0.5);
        }
    }
}

void TestHeads::returnsAtTheEnds()
{
    QVERIFY(!curveOf(0, 30).median());
    QCOMPARE(curveOf(0, 30).meanWithin(90), 90.0);
    QCOMPARE(curveOf(0, 30).within(1e9), 0.0);
    QCOMPARE(*curveOf(1e6, 30).median(), 1.0);
    QCOMPARE(curveOf(1e6, 30).meanWithin(90), 1.0);
    QCOMPARE(curveOf(1e6, 0).within(1), 1.0);
    QCOMPARE(curveOf(0.1, 30).within(0), 0.0);
    QCOMPARE(curveOf(0.1, 30).within(-5), 0.0);
    QCOMPARE(returnStretch(1), std::size_t{0});
    QCOMPARE(returnStretch(4), std::size_t{3});
    QCOMPARE(returnStretch(5), std::size_t{3});
    QCOMPARE(returnStretch(1 << 30), kReturnStretches - 1);
}

void TestHeads::outcomesOfWindows()
{
    ProjectFixture fixture;
    const auto on = [](EventKind kind, int day) {
        return PlainEvent{"u", "i", kind, UtcSecond{day} * 86400 + 5, 3.0, {}};
    };
    fixture.add({on(EventKind::View, 0), on(EventKind::Search, 11), on(EventKind::Refund, 12),
                 on(EventKind::Impression, 13), on(EventKind::Purchase, 15),
                 on(EventKind::Cart, 18)});
    const EventTable events = *readEvents(fixture.project(), std::nullopt, {});
    const WindowOutcome none = outcomeAfter(events, 1, 10, 4);
    QVERIFY(!none.ordered && !none.clicked && none.returnDays == 0);
    const WindowOutcome bought = outcomeAfter(events, 1, 10, 7);
    QVERIFY(bought.ordered && !bought.clicked && bought.returnDays == 5);
    const WindowOutcome both = outcomeAfter(events, 1, 10, 8);
    QVERIFY(both.ordered && both.clicked && both.returnDays == 5);
    QCOMPARE(outcomeAfter(events, 1, 17, 30).returnDays, 1);
    QCOMPARE(outcomeAfter(events, 1, 18, 30).returnDays, 0); // the anchor's own day is known
}

void TestHeads::everyHeadLearns()
{
    ProjectFixture fixture;
    fixture.add(lookersAndBuyers(500, 200));
    const auto report = trainBehaviorModel(fixture.project(), tinyConfig(), {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY(report->nextItemTrained && report->churnTrained && report->valueTrained);
    QVERIFY(report->purchaseTrained && report->clickTrained && report->returnTrained);
    const BehaviorMetrics &m = report->metrics;
    qInfo("AUC churn %.3f purchase %.3f click %.3f, ECE %.3f %.3f %.3f, return C %.3f, ECE %.3f "
          "%.3f",
          *m.churnAuc, *m.purchaseAuc, *m.clickAuc, *m.churnEce, *m.purchaseEce, *m.clickEce,
          *m.returnConcordance, *m.returnEce7, *m.returnEce30);
    QVERIFY(*m.purchaseAuc > 0.75 && *m.clickAuc > 0.7 && *m.returnConcordance > 0.65);
    QVERIFY(*m.purchaseEce < 0.12 && *m.clickEce < 0.12 && *m.returnEce7 < 0.12);
    QVERIFY(!m.returnEce90); // longer than the labels
    QVERIFY(m.windowUsers >= m.valueUsers);
    const EpochReport &first = report->epochs.front(), &last = report->epochs.back();
    QVERIFY(*last.trainClick < *first.trainClick && *last.trainReturn < *first.trainReturn);
    QCOMPARE(*first.trainPurchase, *first.trainChurn);
    // what is stored is what was said
    const auto stored = trainReportFromRun(fixture.project(), report->run);
    QVERIFY(stored.ok());
    QVERIFY(stored->purchaseTrained && stored->clickTrained && stored->returnTrained);
    QCOMPARE(*stored->metrics.clickEce, *m.clickEce);
    QCOMPARE(*stored->metrics.returnConcordance, *m.returnConcordance);
    QCOMPARE(stored->metrics.windowUsers, m.windowUsers);
    QCOMPARE(*stored->epochs[1].validReturn, *report->epochs[1].validReturn);
    const auto scores = scoreBehavior(fixture.project(), report->run, report->split.until, {});
    QVERIFY(scores.ok());
    for (const BehaviorScore &score : *scores) {
        for (const auto &p : {score.pChurn, score.pPurchase, score.pClick, score.pReturn}) {
            QVERIFY(p && *p >= 0 && *p <= 1);
        }
        QVERIFY(std::abs(*score.pChurn + *score.pPurchase - 1) < 1e-12);
        QVERIFY(*score.expectedReturnDays >= 1 && *score.expectedReturnDays <= 30);
        QVERIFY(!score.medianReturnDays || *score.medianReturnDays >= 1);
        QVERIFY(!score.medianReturnDays ||
                (*score.medianReturnDays <= 30) == (*score.pReturn >= 0.5 - 1e-9));
    }
}

/// One head: which of the two is asked for changes no weight.
void TestHeads::purchaseIsTheOtherSideOfChurn()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(150, 150, true));
    BehaviorConfig config = tinyConfig();
    config.epochs = 1;
    config.clickWeight = config.returnWeight = 0;
    std::vector<std::vector<WeightBlob>> weights;
    for (const auto &[churn, purchase] : {std::pair(1.0, 1.0), {1.0, 0.0}, {0.0, 1.0}}) {
        config.churnWeight = churn;
        config.purchaseWeight = purchase;
        const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
        QVERIFY(report.ok());
        QCOMPARE(report->churnTrained, churn > 0);
        QCOMPARE(report->purchaseTrained, purchase > 0);
        QCOMPARE(report->metrics.churnAuc.has_value(), churn > 0);
        QCOMPARE(report->metrics.purchaseAuc.has_value(), purchase > 0);
        const auto scores = scoreBehavior(fixture.project(), report->run, report->split.until, {});
        QCOMPARE(scores->front().pChurn.has_value(), churn > 0);
        QCOMPARE(scores->front().pPurchase.has_value(), purchase > 0);
        weights.push_back(*readWeights(fixture.project(), report->run));
    }
    for (std::size_t run = 1; run < weights.size(); ++run) {
        QCOMPARE(weights[run].size(), weights[0].size());
        for (std::size_t k = 0; k < weights[0].size(); ++k) {
            QVERIFY2(weights[run][k].data == weights[0][k].data, weights[0][k].name.c_str());
        }
    }
}

void TestHeads::headsAreSwitchedOffAlone()
{
    ProjectFixture fixture;
    fixture.add(lookersAndBuyers(120, 150));
    BehaviorConfig config = tinyConfig();
    config.epochs = 1;
    config.nextItemWeight = config.churnWeight = config.purchaseWeight = config.valueWeight = 0;
    config.returnWeight = 0;
    const auto clicks = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY2(clicks.ok(), clicks ? "" : clicks.error().detail.c_str());
    QVERIFY(clicks->clickTrained && !clicks->returnTrained && !clicks->purchaseTrained);
    QVERIFY(clicks->metrics.clickAuc && !clicks->metrics.churnAuc && !clicks->metrics.hr10);
    QCOMPARE(*clicks->epochs[0].trainClick, clicks->epochs[0].trainLoss);
    config.clickWeight = 0;
    config.returnWeight = 1;
    const auto returns = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY(returns.ok() && returns->returnTrained && !returns->clickTrained);
    const auto scores = scoreBehavior(fixture.project(), 0, returns->split.until, {});
    QVERIFY(!scores->front().pClick && !scores->front().pChurn && scores->front().pReturn);
    config.returnWeight = 0;
    QCOMPARE(trainBehaviorModel(fixture.project(), config, {}, {}).error().code,
             ErrorCode::BadConfiguration);
}

/// A place where nothing is sold has clicks and returns.
void TestHeads::viewsAlone()
{
    ProjectFixture fixture;
    auto events = customerEvents(200, 150, true);
    std::ranges::for_each(events, [](PlainEvent &event) { event.kind = EventKind::View; });
    fixture.add(events);
    const auto report = trainBehaviorModel(fixture.project(), tinyConfig(), {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY(hasNote(*report, "no_purchases"));
    QVERIFY(!report->churnTrained && !report->purchaseTrained && !report->valueTrained);
    QVERIFY(report->clickTrained && report->returnTrained);
    QCOMPARE(report->split.labelDays, 30);
    QVERIFY(*report->metrics.clickAuc > 0.7);
}

/// Zero positives: no click is known of.
void TestHeads::buyersAlone()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(150, 150, true));
    const auto report = trainBehaviorModel(fixture.project(), tinyConfig(), {}, {});
    QVERIFY(report.ok());
    QVERIFY(hasNote(*report, "no_clicks"));
    QVERIFY(!report->clickTrained && report->returnTrained && report->purchaseTrained);
    QVERIFY(!report->metrics.clickAuc && !report->epochs[0].trainClick);
    // nobody comes back
    ProjectFixture gone;
    std::vector<PlainEvent> once;
    for (int user = 0; user < 60; ++user) {
        once.push_back({"u" + std::to_string(user), "i" + std::to_string(user % 3), EventKind::View,
                        UtcSecond{user % 10} * 86400, 0, {}});
    }
    once.push_back({"late", "i0", EventKind::View, UtcSecond{120} * 86400, 0, {}});
    gone.add(once);
    BehaviorConfig config = tinyConfig();
    config.nextItemWeight = 0;
    const auto nothing = trainBehaviorModel(gone.project(), config, {}, {});
    QCOMPARE(nothing.error().code, ErrorCode::NoPurchases);
}

void TestHeads::squaredErrors()
{
    ProjectFixture fixture;
    fixture.add(customerEvents(600, 200, false));
    BehaviorConfig config = tinyConfig();
    config.valueLoss = ValueLoss::Mse;
    config.epochs = 6;
    const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    qInfo("squared errors: Spearman %.3f bias %.3f", *report->metrics.valueSpearman,
          *report->metrics.valueBias);
    QVERIFY(*report->metrics.valueSpearman > 0.4);
    QVERIFY(std::abs(*report->metrics.valueBias) < 1.0);
    QVERIFY(*report->epochs.back().trainValue < *report->epochs.front().trainValue);
    for (const BehaviorScore &score :
         *scoreBehavior(fixture.project(), 0, report->split.until, {})) {
        QVERIFY(*score.expectedValue >= 0 && std::isfinite(*score.expectedValue));
    }
}

void TestHeads::theFeatureNetwork()
{
    ProjectFixture fixture;
    fixture.add(lookersAndBuyers(500, 200));
    BehaviorConfig config = tinyConfig();
    config.encoder = UserEncoder::Features;
    config.refitEpochs = 1;
    config.epochs = 8;
    const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY(hasNote(*report, "features_no_items"));
    QVERIFY(!report->nextItemTrained && report->churnTrained && report->clickTrained);
    // 18-64-32 and a last layer for churn, value (3), click and the 21 stretches of the return
    QCOMPARE(report->parameters,
             std::int64_t{18 * 64 + 64 + 64 * 32 + 32 + (32 + 1) * (1 + 3 + 1 + 21)});
    const BehaviorMetrics &m = report->metrics;
    qInfo("features: AUC churn %.3f click %.3f, value Spearman %.3f, return C %.3f", *m.churnAuc,
          *m.clickAuc, *m.valueSpearman, *m.returnConcordance);
    QVERIFY(*m.churnAuc > 0.75 && *m.clickAuc > 0.7 && *m.valueSpearman > 0.4);
    const auto scores = scoreBehavior(fixture.project(), 0, report->split.until, {});
    QVERIFY(scores.ok());
    const auto again = trainBehaviorModel(fixture.project(), config, {}, {});
    const auto same = scoreBehavior(fixture.project(), again->run, report->split.until, {});
    for (std::size_t k = 0; k < scores->size(); ++k) {
        QCOMPARE(*(*same)[k].pPurchase, *(*scores)[k].pPurchase);
        QCOMPARE(*(*same)[k].expectedValue, *(*scores)[k].expectedValue);
    }
}

void TestHeads::featuresKnowNoItems()
{
    BehaviorConfig config = tinyConfig();
    config.encoder = UserEncoder::Features;
    config.churnWeight = config.purchaseWeight = config.valueWeight = 0;
    config.clickWeight = config.returnWeight = 0;
    QCOMPARE(checkConfig(config).error().where, std::string("next_item_weight"));
}

/// As a run was stored before these heads: no such keys, no such weights.
void TestHeads::olderRunsStillScore()
{
    ProjectFixture fixture;
    fixture.add(lookersAndBuyers(120, 150));
    BehaviorConfig config = tinyConfig();
    config.epochs = 1;
    config.clickWeight = config.returnWeight = config.purchaseWeight = 0;
    config.textBuckets = 0;
    const auto report = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY(report.ok());
    for (const char *key : {"purchase_weight", "click_weight", "return_weight", "value_loss",
                            "item_content_only", "item_start", "text_buckets", "anchor_weight",
                            "label_gradient", "head_passes"}) {
        fixture.project().database().execute(
            "UPDATE model_run SET config = json_remove(config, '$." + std::string(key) + "')");
    }
    for (const char *key : {"purchase", "click", "return"}) {
        fixture.project().database().execute(
            "UPDATE model_run SET metrics = json_remove(metrics, '$.heads." + std::string(key) + "')");
    }
    const RunRecord run = *readRun(fixture.project(), report->run);
    QVERIFY(run.config.find("click_weight") == std::string::npos);
    const auto older = configOfRun(run.config);
    QVERIFY(older.ok());
    QVERIFY(older->headPasses == 0 && older->labelGradient == 1 && older->anchorWeight == 1);
    QVERIFY(older->clickWeight == 0 && older->returnWeight == 0 && older->purchaseWeight == 0);
    const auto read = trainReportFromRun(fixture.project(), report->run);
    QVERIFY(read.ok() && read->churnTrained && !read->clickTrained);
    const auto scores = scoreBehavior(fixture.project(), report->run, report->split.until, {});
    QVERIFY2(scores.ok(), scores ? "" : scores.error().detail.c_str());
    QVERIFY(scores->front().pChurn && !scores->front().pClick && !scores->front().pPurchase);
    // a newer run may start from it
    config = tinyConfig();
    config.epochs = 1;
    config.warmRun = report->run;
    const auto newer = trainBehaviorModel(fixture.project(), config, {}, {});
    QVERIFY2(newer.ok(), newer ? "" : newer.error().detail.c_str());
    QVERIFY(newer->clickTrained && hasNote(*newer, "warm_start"));
}

QTEST_GUILESS_MAIN(TestHeads)
#include "tst_heads.moc"
