#include "core/behavior/optimizer_torch.h"
#include "core/neural/item_losses_torch.h"
#include "core/neural/ops_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "core/neural/softmax_loss_torch.h"
#include "tests/core/neural/gradient_check_torch.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace perennial;
using namespace perennial::test;

namespace {

/// 5 rows over 6 items.
const at::Tensor &targets()
{
    static const at::Tensor t = at::tensor({0, 5, 2, 2, 1}, at::kLong);
    return t;
}
std::vector<at::Tensor> inputs() { return {noise({5, 4}, 0.5), noise({6, 4}, 0.9), noise({6}, 0.2)}; }
net::ItemScoring scoringOf(const std::vector<at::Tensor> &x) { return {x[0], x[1], x[2]}; }

/// Item 3 is never drawn in practice, item 0 half the time.
at::Tensor logShares() { return at::tensor({0.5, 0.2, 0.1, 1e-12, 0.1, 0.1}, real()).log(); }

} // namespace

class TestObjectives : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        prepareTorchRuntime();
        prepareTorchThread();
    }

    void itemsAreDrawnByTheirShare()
    {
        const net::NegativeSampler sampler(logShares() + 3.0, at::kCPU); // need not sum to 1
        const net::Negatives drawn = sampler.draw(20000, 5);
        QVERIFY(at::equal(drawn.items, sampler.draw(20000, 5).items));
        QVERIFY(!at::equal(drawn.items, sampler.draw(20000, 6).items));
        const at::Tensor counts = at::bincount(drawn.items, {}, 6).to(at::kDouble);
        const at::Tensor expected = drawn.logExpected.exp();
        QVERIFY(std::abs(expected.sum().item<double>() - 20000) < 1e-6);
        // five standard deviations
        QVERIFY((counts - expected).abs().le(5 * expected.sqrt() + 1e-6).all().item<bool>());
    }

    void oneItemAloneIsDrawn()
    {
        const net::NegativeSampler sampler(at::zeros({1}, real()), at::kCPU);
        QVERIFY(at::equal(sampler.draw(3, 1).items, at::zeros({3}, at::kLong)));
        const std::vector<at::Tensor> x{noise({2, 4}, 0.5), noise({1, 4}, 0.9), noise({1}, 0.2)};
        const at::Tensor only = at::zeros({2}, at::kLong);
        // nothing else could come next
        QVERIFY(std::abs(net::sampledSoftmaxLoss(scoringOf(x), only, sampler.draw(3, 1))
                             .item<double>()) < 1e-12);
        QVERIFY(std::isfinite(
            net::contrastedLoss(scoringOf(x), only, sampler.draw(3, 1)).item<double>()));
    }

    void manyNegativesGiveTheFullSoftmax()
    {
        const auto x = inputs();
        const net::NegativeSampler sampler(at::tensor({0.3, 0.2, 0.1, 0.2, 0.1, 0.1}, real()).log(),
                                           at::kCPU);
        const double full = net::softmaxLossPlain({x[0], x[1], x[2], targets(),
                                                     at::ones({x[0].size(0)}, real())}).item<double>();
        const double many =
            net::sampledSoftmaxLoss(scoringOf(x), targets(), sampler.draw(400000, 1)).item<double>();
        QVERIFY2(std::abs(many - full) < 0.01 * full, qPrintable(QString::number(many / full)));
        const double few =
            net::sampledSoftmaxLoss(scoringOf(x), targets(), sampler.draw(2, 1)).item<double>();
        QVERIFY(std::abs(few - full) > 0.01 * full); // the tolerance tells them apart
    }

    /// By hand: one row of score s = 0.3 for the target, one negative of score 0.7, expected 2 × 0.25.
    void oneNegativeByHand()
    {
        const std::vector<at::Tensor> x{at::ones({1, 1}, real()),
                                        at::tensor({0.2, 0.5}, real()).view({2, 1}),
                                        at::tensor({0.1, 0.2}, real())};
        const net::Negatives negatives{at::tensor({1}, at::kLong),
                                       at::tensor({1.5, 0.5}, real()).log()};
        const at::Tensor target = at::zeros({1}, at::kLong);
        const double sampled =
            net::sampledSoftmaxLoss(scoringOf(x), target, negatives).item<double>();
        QVERIFY(std::abs(sampled - std::log(1 + std::exp(0.7 - 0.3) / 0.5)) < 1e-12);
        const double contrasted = net::contrastedLoss(scoringOf(x), target, negatives).item<double>();
        const double byHand =
            std::log(1 + 1.5 * std::exp(-0.3)) + std::log(1 + std::exp(0.7) / 0.5);
        QVERIFY(std::abs(contrasted - byHand) < 1e-12);
    }

    /// Contrasted with noise, scores settle at the log probability of what came next.
    void contrastedScoresAreLogProbabilities()
    {
        const std::vector<double> truth{0.5, 0.3, 0.2};
        at::Tensor bias = at::zeros({3}, real()).requires_grad_(true);
        const net::ItemScoring scoring{at::zeros({10, 1}, real()), at::zeros({3, 1}, real()), bias};
        const at::Tensor target = at::tensor({0, 0, 0, 0, 0, 1, 1, 1, 2, 2}, at::kLong);
        // each drawn just as often as expected: 6, 2 and 2 of 10
        const net::Negatives negatives{at::tensor({0, 0, 0, 0, 0, 0, 1, 1, 2, 2}, at::kLong),
                                       at::tensor({6.0, 2.0, 2.0}, real()).log()};
        for (int step = 0; step < 2000; ++step) {
            const auto slope = torch::autograd::grad(
                {net::contrastedLoss(scoring, target, negatives)}, {bias});
            const at::NoGradGuard frozen;
            bias.sub_(slope[0], 0.2);
        }
        for (std::int64_t i = 0; i < 3; ++i) {
            const double p = std::exp(bias[i].item<double>());
            QVERIFY2(std::abs(p - truth[static_cast<std::size_t>(i)]) < 1e-6,
                     qPrintable(QString::number(p)));
        }
    }

    void gradientsAreThoseOfDifferences()
    {
        const net::NegativeSampler sampler(logShares(), at::kCPU);
        const net::Negatives negatives = sampler.draw(7, 3); // targets are among them
        QVERIFY(gradientError(
                    [&](const auto &x) {
                        return net::sampledSoftmaxLoss(scoringOf(x), targets(), negatives);
                    },
                    inputs()) < 1e-8);
        QVERIFY(gradientError(
                    [&](const auto &x) {
                        return net::contrastedLoss(scoringOf(x), targets(), negatives);
                    },
                    inputs()) < 1e-8);
    }

    void lossesAreFiniteFarOut()
    {
        auto x = inputs();
        x[0] = x[0] * 1e4;
        const net::Negatives negatives = net::NegativeSampler(logShares(), at::kCPU).draw(7, 3);
        for (const auto &loss : {net::sampledSoftmaxLoss(scoringOf(x), targets(), negatives),
                                 net::contrastedLoss(scoringOf(x), targets(), negatives)}) {
            QVERIFY(std::isfinite(loss.item<double>()));
        }
    }

    void ratesFallAsTheyShould()
    {
        const auto at_ = [](RateSchedule schedule, int epoch) {
            return net::rateOf(schedule, epoch, 10);
        };
        for (const auto schedule :
             {RateSchedule::Constant, RateSchedule::Linear, RateSchedule::Cosine}) {
            QCOMPARE(at_(schedule, 1), 1.0);
        }
        QCOMPARE(at_(RateSchedule::Constant, 10), 1.0);
        QVERIFY(std::abs(at_(RateSchedule::Linear, 6) - 0.55) < 1e-12); // half way to 0.1
        QVERIFY(std::abs(at_(RateSchedule::Cosine, 6) - 0.55) < 1e-12);
        QVERIFY(at_(RateSchedule::Cosine, 3) > at_(RateSchedule::Linear, 3));
        QVERIFY(at_(RateSchedule::Linear, 10) > 0.1 && at_(RateSchedule::Linear, 10) < 0.2);
        QCOMPARE(net::warmUpOf(1, 0), 1.0);
        QCOMPARE(net::warmUpOf(5, 50), 0.1);
        QCOMPARE(net::warmUpOf(50, 50), 1.0);
        QCOMPARE(net::warmUpOf(51, 50), 1.0);
    }
};

QTEST_GUILESS_MAIN(TestObjectives)
#include "tst_objectives.moc"
