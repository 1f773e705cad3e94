#include "core/neural/runtime.h"
#include "core/neural/softmax_loss_torch.h"
#include "tests/core/neural/gradient_check_torch.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace perennial;
using namespace perennial::test;

namespace {

/// Rows that count as much as each other.
net::SoftmaxRows rowsOf(const at::Tensor &hidden, const at::Tensor &table, const at::Tensor &bias,
                        const at::Tensor &target, std::int64_t first = 0)
{
    return {hidden, table, bias, target, at::ones({hidden.size(0)}, hidden.options()), first};
}

double lossOf(const net::SoftmaxRows &rows)
{
    WorkerCrew crew(1, [] {});
    return (net::softmaxGradients(rows, crew).losses * rows.weight).sum().item<double>();
}

} // namespace

class TestSoftmaxLoss : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareTorchRuntime(); }

    void singleAndDoubleAgree()
    {
        // the loops in single precision have an exponential and sums of their own
        const at::Tensor hidden = noise({70, 24}, 0.5) * 3, table = noise({500, 24}, 0.9);
        const at::Tensor bias = noise({500}, 0.2), target = at::arange(70, at::kLong);
        const double exact = net::softmaxLossPlain(rowsOf(hidden, table, bias, target)).item<double>();
        const double single = lossOf(rowsOf(hidden.to(at::kFloat), table.to(at::kFloat),
                                            bias.to(at::kFloat), target));
        QVERIFY(std::abs(single / exact - 1) < 1e-6);
    }

    void lossOfWhatIsNotFiniteIsNotFinite()
    {
        for (const double bad : {std::nan(""), HUGE_VAL}) {
            at::Tensor hidden = noise({5, 4}, 0.5).to(at::kFloat);
            hidden[3][2] = bad;
            QVERIFY(!std::isfinite(lossOf(rowsOf(hidden, noise({20, 4}, 0.9).to(at::kFloat),
                                                 noise({20}, 0.2).to(at::kFloat),
                                                 at::arange(5, at::kLong)))));
        }
    }

    void softmaxIsThePlainOne_data()
    {
        QTest::addColumn<int>("rows");
        QTest::addColumn<int>("items");
        QTest::addColumn<int>("first");
        QTest::newRow("one") << 1 << 1 << 0;
        QTest::newRow("few") << 5 << 6 << 2;
        QTest::newRow("a tile and a bit") << 257 << 513 << 1;
        QTest::newRow("rounds") << 1100 << 7000 << 0; // more than are held at a time
        QTest::newRow("a shorter last round") << 513 << 7000 << 0;
        QTest::newRow("shorter rounds of fewer items") << 1537 << 4000 << 0;
        QTest::newRow("many items") << 70 << 90000 << 0;
    }

    void softmaxIsThePlainOne()
    {
        QFETCH(int, rows);
        QFETCH(int, items);
        QFETCH(int, first);
        net::SoftmaxRows in{noise({rows, 4}, 0.5) * 3, noise({first + items + 1, 4}, 0.9) * 3,
                            noise({items}, 0.2), at::arange(rows, at::kLong).remainder(items),
                            noise({rows}, 0.8) + 1.5, first};
        WorkerCrew one(1, [] {}), three(3, [] {});
        const net::SoftmaxGradients fused = net::softmaxGradients(in, one);
        const net::SoftmaxGradients others = net::softmaxGradients(in, three);
        const net::SoftmaxGradients byTensors = net::softmaxGradientsByTensors(in);
        std::vector<at::Tensor> inputs{in.hidden, in.table, in.bias};
        for (at::Tensor &input : inputs) {
            input.requires_grad_(true);
        }
        const at::Tensor plain = net::softmaxLossPlain(in);
        const auto exact = torch::autograd::grad({plain}, inputs);
        for (const net::SoftmaxGradients *made : {&fused, &byTensors}) {
            const double sum = (made->losses * in.weight).sum().item<double>();
            QVERIFY(std::abs(sum - plain.item<double>()) < 1e-12 * rows * items);
            QVERIFY(largest(made->hidden - exact[0]) < 1e-10);
            QVERIFY(largest(made->table - exact[1]) < 1e-10);
            QVERIFY(largest(made->bias - exact[2]) < 1e-10);
        }
        QVERIFY(at::equal(fused.losses, others.losses) && at::equal(fused.hidden, others.hidden));
        QVERIFY(at::equal(fused.table, others.table) && at::equal(fused.bias, others.bias));
    }

    void softmaxByFiniteDifferences()
    {
        const at::Tensor hidden = noise({5, 4}, 0.5), table = noise({9, 4}, 0.9);
        const at::Tensor bias = noise({6}, 0.2), target = at::arange(5, at::kLong);
        WorkerCrew crew(1, [] {});
        const at::Tensor weight = noise({5}, 0.8) + 1.5;
        const auto made = net::softmaxGradients({hidden, table, bias, target, weight, 2}, crew);
        std::vector<at::Tensor> inputs{hidden.clone(), table.clone(), bias.clone()};
        const std::vector<at::Tensor> derivatives{made.hidden, made.table, made.bias};
        constexpr double kStep = 1e-6;
        for (std::size_t k = 0; k < inputs.size(); ++k) {
            for (std::int64_t j = 0; j < inputs[k].numel(); ++j) {
                const auto at = [&](double by) {
                    std::vector<at::Tensor> moved{inputs[0], inputs[1], inputs[2]};
                    moved[k] = inputs[k].clone();
                    moved[k].view({-1})[j] += by;
                    return lossOf({moved[0], moved[1], moved[2], target, weight, 2});
                };
                const double slope = (at(kStep) - at(-kStep)) / (2 * kStep);
                QVERIFY(std::abs(slope - derivatives[k].view({-1})[j].item<double>()) < 1e-8);
            }
        }
    }

    void softmaxOfLargeScores()
    {
        // a tile of the items may be out of reach of the others: 0, not NaN
        const at::Tensor hidden = at::full({3, 1}, 30.0F), bias = at::zeros({1200}, at::kFloat);
        at::Tensor table = at::zeros({1200, 1}, at::kFloat);
        table[1100][0] = 30;
        const at::Tensor target = at::tensor({1100, 1100, 7}, at::kLong);
        WorkerCrew crew(1, [] {});
        const auto made = net::softmaxGradients(rowsOf(hidden, table, bias, target), crew);
        QVERIFY(made.table.isfinite().all().item<bool>());
        QCOMPARE(made.losses[0].item<double>(), 0.0);
        QVERIFY(std::abs(made.losses[2].item<double>() - 900) < 1e-3);
        QCOMPARE(made.hidden[0][0].item<float>(), 0.0F);
        QCOMPARE(made.hidden[2][0].item<float>(), 30.0F);
    }
};

QTEST_GUILESS_MAIN(TestSoftmaxLoss)
#include "tst_softmax_loss.moc"
