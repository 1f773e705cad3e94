#include "core/tuning/compare.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

const ComparedModel *find(const Comparison &comparison, const std::string &name)
{
    const auto found =
        std::find_if(comparison.models.begin(), comparison.models.end(),
                     [&](const ComparedModel &model) { return model.name == name; });
    return found == comparison.models.end() ? nullptr : &*found;
}

BehaviorConfig smallConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 64;
    config.epochs = 2;
    config.refitEpochs = 0;
    return config;
}

} // namespace

class TestCompare : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowIsOfTheSameUsers()
    {
        ProjectFixture fixture;
        fixture.add(customerEvents(400, 200, true));
        const auto outcome = trainAndCompare(fixture.project(), smallConfig(), {}, {});
        QVERIFY2(outcome.ok(), outcome ? "" : outcome.error().detail.c_str());
        const Comparison &comparison = outcome->comparison;
        const ComparedModel *behavior = find(comparison, "behavior");
        QVERIFY(behavior != nullptr);
        for (const char *name : {"popular_all", "popular_30d", "item-knn", "markov", "ease", "blend", "bg-nbd",
                                 "past_spend"}) {
            QVERIFY2(find(comparison, name) != nullptr, name);
        }
        QCOMPARE(*behavior->hr10, *outcome->report.metrics.hr10);
        QCOMPARE(*behavior->churnAuc, *outcome->report.metrics.churnAuc);
        QCOMPARE(*behavior->valueMae, *outcome->report.metrics.valueMae);
        QCOMPARE(comparison.rankedUsers, outcome->report.metrics.rankedUsers);
        QCOMPARE(comparison.valueUsers, outcome->report.metrics.valueUsers);
        QVERIFY(*find(comparison, "bg-nbd")->churnAuc > 0.6);
        QVERIFY(!find(comparison, "popular_all")->churnAuc);
        // 12 items bought at random: the ten most popular hold about ten twelfths of what comes
        QVERIFY(std::abs(*find(comparison, "popular_all")->hr10 - 10.0 / 12) < 0.12);
        QVERIFY(*find(comparison, "ease")->hr10 > 0.5 && *find(comparison, "ease")->hr10 <= 1);
        // the winner is the one with the largest figure, whoever it is
        double best = 0;
        for (const ComparedModel &model : comparison.models) {
            best = std::max(best, model.churnAuc.value_or(0));
        }
        QCOMPARE(*find(comparison, comparison.bestChurn)->churnAuc, best);
        const auto stored = comparisonOfRun(*readRun(fixture.project(), outcome->report.run));
        QVERIFY(stored.ok());
        QCOMPARE(stored->models.size(), comparison.models.size());
        QCOMPARE(*find(*stored, "past_spend")->valueMae, *find(comparison, "past_spend")->valueMae);
        QCOMPARE(stored->bestValue, comparison.bestValue);
        QCOMPARE(stored->split.cut, comparison.split.cut);
    }

    void aBaselineThatWinsIsNamed()
    {
        ProjectFixture fixture; // items at random: there is nothing to learn
        fixture.add(ringEvents(80, 60, 1.0, EventKind::View));
        BehaviorConfig config = smallConfig();
        config.epochs = 1;
        const auto outcome = trainAndCompare(fixture.project(), config, {}, {});
        QVERIFY(outcome.ok());
        double best = 0;
        for (const ComparedModel &model : outcome->comparison.models) {
            best = std::max(best, model.ndcg10.value_or(0));
        }
        QCOMPARE(*find(outcome->comparison, outcome->comparison.bestNextItem)->ndcg10, best);
        QVERIFY(outcome->comparison.bestChurn.empty());
        QVERIFY(find(outcome->comparison, "bg-nbd") == nullptr);
    }

    void runsWithoutOneSaySo()
    {
        RunRecord run;
        run.metrics = "{}";
        QCOMPARE(comparisonOfRun(run).error().code, ErrorCode::NotTrained);
        run.metrics = "no json";
        QCOMPARE(comparisonOfRun(run).error().code, ErrorCode::Damaged);
        run.metrics = R"({"comparison": {"models": [1, {"model": 3}], "split": []}})";
        QVERIFY(comparisonOfRun(run).ok());
    }
};

QTEST_GUILESS_MAIN(TestCompare)
#include "tst_compare.moc"
