#include "core/behavior/training_torch.h"
#include "core/neural/runtime_torch.h"
#include "tests/core/behavior/small_shop.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <new>
#include <utility>

using namespace perennial;
using namespace perennial::test;

namespace {

BehaviorConfig smallConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = 30;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.batchSize = 96; // three shards
    config.epochs = 1;
    config.refitEpochs = 0;
    return config;
}

/// A project's events as a trainer reads them, all of them known.
SequenceSource sourceOf(const Project &project, const BehaviorConfig &config, Day until)
{
    SequenceSource source;
    source.events = *readEvents(project, until, {});
    const auto items = *readItems(project);
    source.sequenceLength = config.sequenceLength;
    source.vocabulary = buildVocabulary(source.events, items, until, config.maxItems);
    source.catalog = bindCatalog(source.vocabulary, source.events, items, until);
    source.encoded = encodeEvents(source.events, source.vocabulary, source.catalog);
    source.layout = layoutTokens(source.vocabulary, config.sequenceLength);
    source.standardization.deviation.fill(1.0F);
    return source;
}

struct Bench {
    BehaviorConfig config = smallConfig();
    SequenceSource source;
    std::vector<TrainingWindow> windows;

    explicit Bench(const Project &project)
        : source(sourceOf(project, config, 120)),
          windows(planEpoch(source.events, {120, 90, true, true, 2, 1}, 1))
    {
    }
    net::TrainerSetup setup() const
    {
        net::TrainerSetup made;
        made.source = &source;
        made.config = config;
        made.heads = {true, true, true};
        made.bounds = {3.0, 1.0, 8.0};
        return made;
    }
};

} // namespace

class TestTrainer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareTorchRuntime();
        m_fixture.add(customerEvents(120, 120, true));
    }

    void threadsNeverShowInTheWeights_data()
    {
        QTest::addColumn<int>("encoder");
        QTest::addColumn<int>("loss");
        QTest::newRow("attention") << int(UserEncoder::Attention) << int(ItemLoss::Softmax);
        QTest::newRow("gru, sampled") << int(UserEncoder::Gru) << int(ItemLoss::Sampled);
        QTest::newRow("cnn, bce") << int(UserEncoder::Cnn) << int(ItemLoss::Bce);
        QTest::newRow("pool") << int(UserEncoder::Pool) << int(ItemLoss::Softmax);
    }
    void threadsNeverShowInTheWeights()
    {
        QFETCH(int, encoder);
        QFETCH(int, loss);
        Bench bench(m_fixture.project());
        bench.config.encoder = static_cast<UserEncoder>(encoder);
        bench.config.itemLoss = static_cast<ItemLoss>(loss);
        bench.config.maskChance = 0.5;
        std::vector<std::vector<at::Tensor>> weights;
        for (const int workers : {1, 3}) {
            WorkerCrew crew(workers, [] { prepareTorchThread(); });
            net::Network network(net::shapeFor(bench.config, bench.source.vocabulary), 1, at::kCPU);
            net::Trainer trainer(bench.setup(), network, crew);
            const auto sums = trainer.runEpoch(bench.windows, {120, 30}, 1, {});
            QVERIFY(sums.ok());
            QVERIFY(sums->targets > 0 && sums->labels > 0);
            weights.push_back(network.tensors());
        }
        for (std::size_t k = 0; k < weights[0].size(); ++k) {
            QVERIFY(at::equal(weights[0][k], weights[1][k]));
        }
    }

    /// With no gradient of theirs the label heads leave all but themselves as if they were not there.
    void labelsTeachTheEncoderOnlyWhatTheyMay()
    {
        const auto encoderAfter = [&](double share, bool labels) {
            Bench bench(m_fixture.project());
            bench.config.labelGradient = share;
            bench.config.gradientClip = 1e6;
            net::TrainerSetup setup = bench.setup();
            setup.heads.churn = setup.heads.value = labels;
            WorkerCrew crew(2, [] { prepareTorchThread(); });
            net::Network network(net::shapeFor(bench.config, bench.source.vocabulary), 1, at::kCPU);
            net::Trainer trainer(std::move(setup), network, crew);
            const auto sums = trainer.runEpoch(bench.windows, {120, 30}, 1, {});
            std::vector<at::Tensor> weights;
            for (const auto &parameter : network.parameters()) {
                if (!parameter.name.starts_with("churn.") &&
                    !parameter.name.starts_with("value.")) {
                    weights.push_back(parameter.value);
                }
            }
            return sums ? weights : std::vector<at::Tensor>();
        };
        const auto same = [](const std::vector<at::Tensor> &one,
                             const std::vector<at::Tensor> &two) {
            return !one.empty() && std::ranges::equal(one, two, [](const auto &a, const auto &b) {
                return at::equal(a, b);
            });
        };
        const auto alone = encoderAfter(0, false);
        QVERIFY(same(encoderAfter(0, true), alone));
        QVERIFY(!same(encoderAfter(1, true), alone));
        QVERIFY(!same(encoderAfter(0.5, true), encoderAfter(1, true)));
    }

    /// Of a step with a rate of 0: what is reported is not weighted, the gradient is. In one of
    /// G = (A + (w − 1) B) / (n + (w − 1) l) a weight of 1 and a huge one show A / n and B / l.
    void anchorsAreAsLoudAsAsked()
    {
        const auto after = [&](double weight) {
            Bench bench(m_fixture.project());
            bench.config.anchorWeight = weight;
            bench.windows.resize(90);
            net::TrainerSetup setup = bench.setup();
            setup.heads.churn = setup.heads.value = false;
            WorkerCrew crew(2, [] { prepareTorchThread(); });
            net::Network network(net::shapeFor(bench.config, bench.source.vocabulary), 1, at::kCPU);
            net::Trainer trainer(std::move(setup), network, crew);
            trainer.setRate(0);
            return trainer.runEpoch(bench.windows, {120, 30}, 1, {}).value();
        };
        const net::LossSums plain = after(1), loud = after(10), all = after(1e6), more = after(2e6);
        QVERIFY(plain.anchors > 0 && plain.anchors < plain.targets);
        QCOMPARE(loud.nextItem, plain.nextItem);
        QVERIFY(std::abs(loud.gradientNorm - plain.gradientNorm) > 1e-3 * plain.gradientNorm);
        QVERIFY(std::abs(more.gradientNorm - all.gradientNorm) < 1e-3 * all.gradientNorm);
    }

    void lossesThatAreNotFiniteStopTheTraining()
    {
        const Bench bench(m_fixture.project());
        WorkerCrew crew(2, [] { prepareTorchThread(); });
        net::Network network(net::shapeFor(bench.config, bench.source.vocabulary), 1, at::kCPU);
        {
            const at::NoGradGuard frozen;
            network["norm.weight"].fill_(std::nan(""));
        }
        net::Trainer trainer(bench.setup(), network, crew);
        const auto sums = trainer.runEpoch(bench.windows, {120, 30}, 1, {});
        QCOMPARE(sums.error().code, ErrorCode::NotFinite);
        QCOMPARE(sums.error().detail, std::string("1/1"));
    }

    void memoryThatRunsOutHalvesTheBatch()
    {
        net::Training training(m_fixture.project(), withUntil(), m_hooks, m_task);
        std::size_t largest = 0;
        const auto report = training.run([&](std::size_t sequences) {
            if (sequences > 30) {
                throw std::bad_alloc();
            }
            largest = std::max(largest, sequences);
        });
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QCOMPARE(largest, std::size_t{24}); // 96 → 48 → 24
        const bool said = std::any_of(
            report->notes.begin(), report->notes.end(), [](const TrainNote &note) {
                return note.code == "batch_halved" && note.detail == "24";
            });
        QVERIFY(said);
    }

    void noMemoryAtAllIsAnError()
    {
        net::Training training(m_fixture.project(), withUntil(), m_hooks, m_task);
        const auto report = training.run([](std::size_t) { throw std::bad_alloc(); });
        QCOMPARE(report.error().code, ErrorCode::OutOfMemory);
        QVERIFY(readRuns(m_fixture.project())->front().state == RunState::Failed);
    }

    void crewsRethrow()
    {
        WorkerCrew crew(3, [] {});
        std::vector<int> done(100, 0);
        crew.run(done.size(), [&](std::size_t k) { done[k] = 1; });
        QCOMPARE(std::count(done.begin(), done.end(), 1), 100);
        crew.run(0, [](std::size_t) { QFAIL("no parts"); });
        QVERIFY_EXCEPTION_THROWN(crew.run(5,
                                          [](std::size_t k) {
                                              if (k == 3) {
                                                  throw std::runtime_error("three");
                                              }
                                          }),
                                 std::runtime_error);
    }

private:
    BehaviorConfig withUntil() const
    {
        BehaviorConfig config = smallConfig();
        config.until = 119;
        return config;
    }

    ProjectFixture m_fixture;
    TrainHooks m_hooks;
    Task m_task;
};

QTEST_GUILESS_MAIN(TestTrainer)
#include "tst_trainer.moc"
