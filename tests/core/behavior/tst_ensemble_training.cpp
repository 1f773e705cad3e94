#include "core/behavior/fold.h"
#include "core/behavior/train.h"
#include "core/project/run_store.h"
#include "tests/core/behavior/resumable.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kMembers = 3;

BehaviorConfig ensembleConfig()
{
    BehaviorConfig config = resumableConfig();
    config.ensemble = kMembers;
    return config;
}

bool sameWeights(const std::vector<WeightBlob> &one, const std::vector<WeightBlob> &two)
{
    return std::ranges::equal(one, two, [](const WeightBlob &a, const WeightBlob &b) {
        return a.name == b.name && a.data == b.data;
    });
}

} // namespace

class TestEnsembleTraining : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fixture.emplace();
        m_fixture->add(customerEvents(120, 150, true));
    }
    void progressGoesOn();
    void startsFromAnEnsemble();
    void warmStartGoesOn();
    void foldsOfAnEnsemble();
    void seedsInARow();

private:
    Project &project() { return m_fixture->project(); }

    std::optional<ProjectFixture> m_fixture;
};

void TestEnsembleTraining::progressGoesOn()
{
    double last = 0, seen = 0;
    bool back = false;
    EpochProgress at;
    int firstWrong = 0;
    const Task task({}, [&](double fraction, std::string_view stage) {
        back = back || fraction < last;
        last = fraction;
        if (stage == "training") {
            seen = std::max(seen, fraction);
            at = epochProgress(fraction, ensembleConfig().epochs, kMembers);
        }
    });
    TrainHooks hooks;
    hooks.onEpoch = [&](const EpochReport &report) {
        QVERIFY(report.epochs == ensembleConfig().epochs);
        firstWrong = at.member != report.member && firstWrong == 0 ? report.epoch : firstWrong;
    };
    hooks.onValidated = [&](const ValidationSet &) -> Result<std::string> {
        back = back || last > kValidatedFraction;
        return std::string("{}");
    };
    QVERIFY(trainBehaviorModel(project(), ensembleConfig(), hooks, task).ok());
    QVERIFY(!back && seen > 0.9 && last <= 1);
    QCOMPARE(firstWrong, 0);
    for (int member = 1; member <= kMembers; ++member) {
        const EpochProgress middle = epochProgress(0.04 + 0.93 * (member - 0.5) / 3, 8, 3);
        QCOMPARE(middle.member, member);
        QVERIFY(middle.epoch == 5);
    }
    QCOMPARE(epochProgress(0.04 + 0.93 * 0.999 / 3, 8, 3).epoch, 0); // the first's refit
    QCOMPARE(epochProgress(0.04 + 0.93 * 0.999 / 3, 8, 3).member, 1);
    QCOMPARE(epochProgress(0.98, 8, 3).member, 0);
    QCOMPARE(epochProgress(0.5, 8, 0).member, 0);
}

// Member k from member k, where there are fewer from those there are.
void TestEnsembleTraining::startsFromAnEnsemble()
{
    BehaviorConfig source = ensembleConfig();
    source.ensemble = 2;
    source.epochs = 1;
    source.refitEpochs = 0;
    const auto before = trainBehaviorModel(project(), source, {}, {});
    QVERIFY(before.ok());
    BehaviorConfig config = source;
    config.ensemble = 3;
    config.warmRun = before->run;
    config.seed = 50;
    const auto warm = trainBehaviorModel(project(), config, {}, {});
    QVERIFY2(warm.ok(), warm ? "" : warm.error().detail.c_str());
    QCOMPARE(std::ranges::count(warm->notes, "warm_start", &TrainNote::code), 1);
    const auto stored = *readWeights(project(), warm->run);
    const auto blobOf = [](const std::vector<WeightBlob> &blobs, const std::string &name) {
        return std::ranges::find(blobs, name, &WeightBlob::name)->data;
    };
    // the third starts from the first: what a training of its seed from that member alone gives
    for (const int member : {1, 2, 3}) {
        const int from = member == 2 ? 2 : 1;
        BehaviorConfig alone = source;
        alone.ensemble = 1;
        alone.seed = source.seed + from - 1;
        const auto first = trainBehaviorModel(project(), alone, {}, {});
        QVERIFY(first.ok());
        alone.warmRun = first->run;
        alone.seed = 50 + member - 1;
        const auto second = trainBehaviorModel(project(), alone, {}, {});
        QVERIFY(second.ok());
        const auto its = *readWeights(project(), second->run);
        for (const char *name : {"item.own", "norm.weight", "churn.out.weight"}) {
            QVERIFY2(blobOf(stored, "member." + std::to_string(member) + "/" + name) ==
                         blobOf(its, name), name);
        }
    }
    // and a single one from an ensemble's first
    config.ensemble = 1;
    const auto single = trainBehaviorModel(project(), config, {}, {});
    QVERIFY(single.ok());
    QVERIFY(blobOf(*readWeights(project(), single->run), "item.own") ==
            blobOf(stored, "member.1/item.own"));
}

void TestEnsembleTraining::warmStartGoesOn()
{
    BehaviorConfig config = resumableConfig();
    config.epochs = 1;
    config.refitEpochs = 1;
    const auto before = trainBehaviorModel(project(), config, {}, {});
    QVERIFY(before.ok());
    config.ensemble = 2;
    config.epochs = 2;
    config.warmRun = before->run;
    const auto truth = trainBehaviorModel(project(), config, {}, {});
    QVERIFY(truth.ok());
    for (const int epoch : {1, 2, 3}) { // of four
        std::stop_source stop;
        TrainHooks hooks;
        hooks.onEpoch = [&](const EpochReport &done) {
            if (done.epoch == epoch) {
                stop.request_stop();
            }
        };
        QVERIFY(!trainBehaviorModel(project(), config, hooks, Task(stop.get_token(), {})));
        const std::int64_t run = readRuns(project())->front().id;
        QVERIFY(resumeBehaviorModel(project(), run, {}, {}).ok());
        QVERIFY(sameWeights(*readWeights(project(), run), *readWeights(project(), truth->run)));
    }
}

void TestEnsembleTraining::foldsOfAnEnsemble()
{
    BehaviorConfig config = resumableConfig();
    config.epochs = 2;
    config.refitEpochs = 0;
    HoldOut holdOut;
    holdOut.folds = 3;
    std::vector<FoldOutcome> singles;
    for (int k = 0; k < 2; ++k) {
        BehaviorConfig alone = config;
        alone.seed = config.seed + k;
        singles.push_back(trainFold(project(), alone, holdOut, {}, {}).value());
    }
    config.ensemble = 2;
    const auto fold = trainFold(project(), config, holdOut, {}, {});
    QVERIFY2(fold.ok(), fold ? "" : fold.error().detail.c_str());
    QCOMPARE(fold->report.members.size(), std::size_t{2});
    QVERIFY(fold->report.members[1].metrics.churnLogLoss == singles[1].report.metrics.churnLogLoss);
    QVERIFY(*fold->report.metrics.purchaseLogLoss <=
            (*singles[0].report.metrics.purchaseLogLoss +
             *singles[1].report.metrics.purchaseLogLoss) / 2 + 1e-12);
    QVERIFY(readRuns(project())->empty());
    for (std::size_t u = 0; u < fold->judged.rows.size(); ++u) {
        const double mean =
            (singles[0].judged.rows[u].pChurn + singles[1].judged.rows[u].pChurn) / 2;
        QVERIFY(std::abs(fold->judged.rows[u].pChurn - mean) < 1e-12);
    }
}

void TestEnsembleTraining::seedsInARow()
{
    BehaviorConfig config;
    config.seed = -2;
    QCOMPARE(memberSeed(config, 1), -2);
    QCOMPARE(memberSeed(config, 3), 0);
    config.seed = INT64_MAX;
    QCOMPARE(memberSeed(config, 1), INT64_MAX);
    QCOMPARE(memberSeed(config, 2), INT64_MIN);
}

QTEST_GUILESS_MAIN(TestEnsembleTraining)
#include "tst_ensemble_training.moc"
