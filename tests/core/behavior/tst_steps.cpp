#include "core/behavior/optimizer_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "tests/core/neural/gradient_check_torch.h"

#include <QTest>

#include <cmath>
#include <memory>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr double kRate = 0.05;

/// A matrix longer than what a worker takes at a time, a bias, and one that never has a gradient.
std::vector<at::Tensor> parametersOf()
{
    std::vector<at::Tensor> all{noise({300, 70}, 0.3), noise({9}, 0.8), noise({4, 2}, 0.1)};
    for (at::Tensor &parameter : all) {
        parameter = parameter.to(at::kFloat).contiguous();
    }
    return all;
}

/// The gradients of three shards at a step; the second has none for the bias.
net::Gradients shardsAt(int step)
{
    net::Gradients shards;
    for (int k = 0; k < 3; ++k) {
        const double phase = 0.9 * step + 0.31 * k;
        shards.push_back({noise({300, 70}, phase).to(at::kFloat),
                          k == 1 ? at::Tensor() : noise({9}, phase).to(at::kFloat), at::Tensor()});
    }
    return shards;
}

at::Tensor sumOf(const net::Gradients &shards, std::size_t parameter)
{
    at::Tensor sum;
    for (const auto &shard : shards) {
        if (shard[parameter].defined()) {
            sum = sum.defined() ? sum + shard[parameter] : shard[parameter].clone();
        }
    }
    return sum;
}

BehaviorConfig configOf(OptimizerKind kind)
{
    BehaviorConfig config;
    config.optimizer = kind;
    config.weightDecay = 0.1;
    config.gradientClip = 1e9;
    return config;
}

/// LibTorch's own, decay on the matrix alone.
std::unique_ptr<torch::optim::Optimizer> libraryOptimizer(const std::vector<at::Tensor> &parameters,
                                                          const BehaviorConfig &config)
{
    using namespace torch::optim;
    const auto grouped = [&](auto options, auto makeOptions, auto make) {
        std::vector<OptimizerParamGroup> groups;
        groups.emplace_back(std::vector<at::Tensor>{parameters[0], parameters[2]},
                            makeOptions(options.weight_decay(config.weightDecay)));
        groups.emplace_back(std::vector<at::Tensor>{parameters[1]},
                            makeOptions(options.weight_decay(0)));
        return make(groups, options);
    };
    if (config.optimizer == OptimizerKind::Adam) {
        return grouped(
            AdamOptions(kRate).betas({0.9, 0.98}),
            [](AdamOptions o) { return std::make_unique<AdamOptions>(o); },
            [](auto groups, auto o) -> std::unique_ptr<Optimizer> {
                return std::make_unique<Adam>(groups, o);
            });
    }
    if (config.optimizer == OptimizerKind::AdamW) {
        return grouped(
            AdamWOptions(kRate).betas({0.9, 0.98}),
            [](AdamWOptions o) { return std::make_unique<AdamWOptions>(o); },
            [](auto groups, auto o) -> std::unique_ptr<Optimizer> {
                return std::make_unique<AdamW>(groups, o);
            });
    }
    return grouped(
        SGDOptions(kRate).momentum(config.momentum),
        [](SGDOptions o) { return std::make_unique<SGDOptions>(o); },
        [](auto groups, auto o) -> std::unique_ptr<Optimizer> {
            return std::make_unique<SGD>(groups, o);
        });
}

} // namespace

class TestSteps : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareTorchRuntime(); }

    void stepsAreTheLibrarys_data() { kinds(); }
    void stepsAreTheLibrarys()
    {
        const BehaviorConfig config = configOf(kind());
        const std::vector<at::Tensor> ours = parametersOf();
        std::vector<at::Tensor> theirs = parametersOf();
        const std::vector<at::Tensor> before = parametersOf();
        net::Optimizer optimizer(ours, config);
        const auto library = libraryOptimizer(theirs, config);
        WorkerCrew crew(2, prepareTorchThread);
        for (int step = 0; step < 12; ++step) {
            net::Gradients shards = shardsAt(step);
            theirs[0].mutable_grad() = sumOf(shards, 0);
            theirs[1].mutable_grad() = sumOf(shards, 1);
            optimizer.step(shards, kRate, crew);
            library->step();
        }
        QVERIFY(largest(ours[0] - theirs[0]) < 2e-5);
        QVERIFY(largest(ours[1] - theirs[1]) < 2e-5);
        QVERIFY(largest(ours[0] - before[0]) > 0.05);
        QVERIFY(at::equal(ours[2], before[2])); // no gradient, no step, no decay
        QCOMPARE(optimizer.memory().steps, (std::vector<std::int64_t>{12, 12, 0}));
    }

    void firstStepsByHand_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<double>("first");
        QTest::addColumn<double>("second");
        // Adam's first steps are the rate's size; SGD's are rate · g, then rate · (0.9 + 1) g
        QTest::newRow("adam") << int(OptimizerKind::Adam) << 0.1 << 0.1;
        QTest::newRow("adamw") << int(OptimizerKind::AdamW) << 0.1 << 0.1;
        QTest::newRow("sgd") << int(OptimizerKind::Sgd) << 0.05 << 0.095;
    }
    void firstStepsByHand()
    {
        QFETCH(double, first);
        QFETCH(double, second);
        BehaviorConfig config = configOf(kind());
        config.weightDecay = 0;
        const std::vector<at::Tensor> parameters = parametersOf();
        net::Optimizer optimizer(parameters, config);
        WorkerCrew crew(1, prepareTorchThread);
        for (const double size : {first, second}) {
            const at::Tensor before = parameters[0].clone();
            net::Gradients gradients{{at::full_like(before, 0.5)}};
            optimizer.step(gradients, 0.1, crew);
            QVERIFY(largest(before - parameters[0] - size) < 1e-5);
        }
    }

    void decayLeavesBiasesFree_data() { kinds(); }
    void decayLeavesBiasesFree()
    {
        const std::vector<at::Tensor> parameters = parametersOf(), before = parametersOf();
        net::Optimizer optimizer(parameters, configOf(kind()));
        WorkerCrew crew(1, prepareTorchThread);
        net::Gradients none{{at::zeros_like(parameters[0]), at::zeros_like(parameters[1])}};
        optimizer.step(none, kRate, crew);
        QVERIFY(parameters[0].norm().item<double>() < before[0].norm().item<double>());
        QVERIFY(at::equal(parameters[1], before[1]));
    }

    void penaltiesHaveTheirSlope()
    {
        BehaviorConfig config = configOf(OptimizerKind::Sgd);
        config.weightDecay = 0;
        config.momentum = 0;
        config.l1 = 0.3;
        config.l2 = 0.2;
        const std::vector<at::Tensor> parameters = parametersOf(), before = parametersOf();
        parameters[0].view({-1})[5] = 0; // where |w| has slope 0
        net::Optimizer optimizer(parameters, config);
        at::Tensor w = parameters[0].to(at::kDouble).requires_grad_(true);
        const at::Tensor penalty = 0.3 * w.abs().sum() + 0.1 * w.square().sum();
        const at::Tensor slope = torch::autograd::grad({penalty}, {w})[0];
        WorkerCrew crew(1, prepareTorchThread);
        net::Gradients none{{at::zeros_like(parameters[0]), at::zeros_like(parameters[1])}};
        const double norm = optimizer.step(none, kRate, crew);
        QVERIFY(largest(w.detach() - kRate * slope - parameters[0]) < 1e-6);
        QVERIFY(std::abs(norm / slope.norm().item<double>() - 1) < 1e-5);
        QVERIFY(at::equal(parameters[1], before[1])); // stays free
    }

    void longGradientsAreCut()
    {
        BehaviorConfig config = configOf(OptimizerKind::Sgd);
        config.weightDecay = 0;
        config.momentum = 0;
        config.gradientClip = 0.5;
        const std::vector<at::Tensor> parameters = parametersOf(), before = parametersOf();
        net::Optimizer optimizer(parameters, config);
        WorkerCrew crew(2, prepareTorchThread);
        net::Gradients shards = shardsAt(1);
        const double length = std::sqrt(sumOf(shards, 0).square().sum().item<double>() +
                                        sumOf(shards, 1).square().sum().item<double>());
        const double norm = optimizer.step(shards, 1.0, crew);
        QVERIFY(std::abs(norm / length - 1) < 1e-5);
        const double moved = std::sqrt((parameters[0] - before[0]).square().sum().item<double>() +
                                       (parameters[1] - before[1]).square().sum().item<double>());
        QVERIFY(std::abs(moved - 0.5) < 1e-4);
    }

    void whatIsNotFiniteMovesNothing()
    {
        for (const double bad : {std::nan(""), HUGE_VAL}) {
            const std::vector<at::Tensor> parameters = parametersOf(), before = parametersOf();
            net::Optimizer optimizer(parameters, configOf(OptimizerKind::AdamW));
            WorkerCrew crew(2, prepareTorchThread);
            net::Gradients shards = shardsAt(1);
            shards[2][0].view({-1})[20'000] = bad;
            QVERIFY(!std::isfinite(optimizer.step(shards, kRate, crew)));
            QVERIFY(at::equal(parameters[0], before[0]) && at::equal(parameters[1], before[1]));
            QCOMPARE(optimizer.memory().steps, (std::vector<std::int64_t>{0, 0, 0}));
        }
    }

    void workersDoNotShow()
    {
        std::vector<std::vector<at::Tensor>> ends;
        for (const int workers : {1, 2, 5}) {
            const std::vector<at::Tensor> parameters = parametersOf();
            net::Optimizer optimizer(parameters, configOf(OptimizerKind::AdamW));
            WorkerCrew crew(workers, prepareTorchThread);
            for (int step = 0; step < 4; ++step) {
                net::Gradients shards = shardsAt(step);
                optimizer.step(shards, kRate, crew);
            }
            ends.push_back(parameters);
        }
        for (std::size_t k = 1; k < ends.size(); ++k) {
            QVERIFY(at::equal(ends[k][0], ends[0][0]) && at::equal(ends[k][1], ends[0][1]));
        }
    }

    void memoryGoesOn_data() { kinds(); }
    void memoryGoesOn()
    {
        const BehaviorConfig config = configOf(kind());
        WorkerCrew crew(2, prepareTorchThread);
        const auto walk = [&](net::Optimizer &optimizer, int from, int to) {
            for (int step = from; step < to; ++step) {
                net::Gradients shards = shardsAt(step);
                optimizer.step(shards, kRate, crew);
            }
        };
        const std::vector<at::Tensor> one = parametersOf();
        net::Optimizer first(one, config);
        walk(first, 0, 5);
        net::OptimizerMemory memory{first.memory().steps, {}};
        for (const auto &moments : first.memory().moments) {
            memory.moments.push_back({});
            for (const at::Tensor &moment : moments) {
                memory.moments.back().push_back(moment.defined() ? moment.clone() : moment);
            }
        }
        std::vector<at::Tensor> two;
        for (const at::Tensor &parameter : one) {
            two.push_back(parameter.clone());
        }
        net::Optimizer second(two, config);
        QCOMPARE(second.momentKinds(), first.momentKinds());
        second.restore(memory);
        walk(first, 5, 9);
        walk(second, 5, 9);
        QVERIFY(at::equal(one[0], two[0]) && at::equal(one[1], two[1]));
    }

private:
    static void kinds()
    {
        QTest::addColumn<int>("kind");
        QTest::newRow("adam") << int(OptimizerKind::Adam);
        QTest::newRow("adamw") << int(OptimizerKind::AdamW);
        QTest::newRow("sgd") << int(OptimizerKind::Sgd);
    }
    static OptimizerKind kind()
    {
        QFETCH(int, kind);
        return static_cast<OptimizerKind>(kind);
    }
};

QTEST_GUILESS_MAIN(TestSteps)
#include "tst_steps.moc"
