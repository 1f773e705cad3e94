#include "core/neural/layers_torch.h"
#include "core/neural/losses_torch.h"
#include "core/neural/ops_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/runtime_torch.h"
#include "tests/core/neural/gradient_check_torch.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

using namespace perennial;
using namespace perennial::test;

namespace {

const std::vector<std::int64_t> kLengths{3, 1, 5, 2};

/// An attention block of 8 columns named "b.", in double.
std::vector<net::Parameter> blockParameters()
{
    constexpr std::int64_t d = 8;
    const std::vector<std::pair<const char *, std::vector<std::int64_t>>> sizes{
        {"norm1.weight", {d}}, {"norm1.bias", {d}},   {"qkv.weight", {3 * d, d}},
        {"qkv.bias", {3 * d}}, {"out.weight", {d, d}}, {"out.bias", {d}},
        {"norm2.weight", {d}}, {"norm2.bias", {d}},   {"ff1.weight", {d, d}},
        {"ff1.bias", {d}},     {"ff2.weight", {d, d}}, {"ff2.bias", {d}}};
    std::vector<net::Parameter> all;
    for (const auto &[name, size] : sizes) {
        const double phase = 0.37 * static_cast<double>(all.size() + 1);
        all.push_back({std::string("b.") + name, noise(size, phase)});
    }
    return all;
}

} // namespace

class TestNetworks : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareTorchRuntime(); }

    void rowsAreSummed()
    {
        const at::Tensor table = noise({7, 4}, 0.3);
        const at::Tensor index = at::tensor({0, 1, 1, 6, 6, 6}, at::kLong).view({3, 2});
        QVERIFY(largest(net::sumRows(table, index) - net::sumRowsPlain(table, index)) < 1e-14);
        const at::Tensor weight = noise({3, 4}, 2.0);
        QVERIFY(gradientError([&](const auto &x) { return (net::sumRows(x[0], index) * weight).sum(); },
                              {table.clone()}) < 1e-8);
        const at::Tensor base = noise({3, 4}, 1.3);
        QVERIFY(largest(net::addSumRows(base, table, index) - base - net::sumRows(table, index)) < 1e-14);
        QVERIFY(gradientError(
                    [&](const auto &x) { return (net::addSumRows(x[0], x[1], index) * weight).sum(); },
                    {base.clone(), table.clone()}) < 1e-8);
    }

    void tokensAreThePlainOnes()
    {
        const at::Tensor table = noise({7, 4}, 0.3), others = noise({5, 4}, 0.6);
        const at::Tensor index = at::tensor({0, 1, 6}, at::kLong).view({3, 1});
        const at::Tensor other = at::tensor({0, 4, 4, 4, 2, 3}, at::kLong).view({3, 2});
        const at::Tensor weight = noise({3, 4}, 2.0);
        const net::Dropout dropout{0.3, 9};
        const auto sum = [&](auto rows, const auto &x) {
            return (rows(x[0], index, x[1], other, 1.5, dropout, 0) * weight).sum();
        };
        const std::vector<at::Tensor> inputs{table, others};
        QVERIFY(largest(sum(net::tokenRows, inputs) - sum(net::tokenRowsPlain, inputs)) < 1e-14);
        QVERIFY(gradientError([&](const auto &x) { return sum(net::tokenRows, x); },
                              {table.clone(), others.clone()}) < 1e-8);
    }

    void attentionIsThePlainOne()
    {
        const at::Tensor qkv = noise({11, 24}, 0.1);
        const at::Tensor weight = noise({11, 8}, 1.0);
        for (const net::Drop &drop : {net::Drop{}, net::dropOf(0.4, 3)}) {
            const at::Tensor fused = net::packedAttention(qkv, kLengths, 2, drop);
            QVERIFY(largest(fused - net::packedAttentionPlain(qkv, kLengths, 2, drop)) < 1e-12);
            QVERIFY(gradientError(
                        [&](const auto &x) {
                            return (net::packedAttention(x[0], kLengths, 2, drop) * weight).sum();
                        },
                        {qkv.clone()}) < 1e-8);
        }
    }

    void droppedWeightsKeepTheirMean()
    {
        // All tokens alike: token i weighs each of i + 1 by 1 / (i + 1), and its output is the sum of
        // the weights that stay, each doubled.
        const std::vector<std::int64_t> lengths{100, 100};
        const at::Tensor sums =
            net::packedAttention(at::ones({200, 12}, real()), lengths, 2, net::dropOf(0.5, 1));
        QVERIFY(std::abs(sums.mean().item<double>() - 1) < 0.1);
        const at::Tensor kept = sums.narrow(0, 0, 100) * at::arange(1, 101, real()).view({100, 1}) / 2;
        QVERIFY(largest(kept - kept.round()) < 1e-9); // whole weights, …
        QVERIFY(kept.max().item<double>() < 75);      // … of 100 about half
        QVERIFY(!at::equal(sums.narrow(0, 0, 100), sums.narrow(0, 100, 100))); // of each sequence
        QVERIFY(!at::equal(sums.narrow(1, 0, 2), sums.narrow(1, 2, 2)));       // and head its own
    }

    void attentionOfLongSequencesIsThePlainOne()
    {
        const std::vector<std::int64_t> lengths{1, 50, 12, 13, 16, 25}; // blocks of rows, and parts of one
        const at::Tensor qkv = noise({117, 24}, 0.1) * 3, weight = noise({117, 8}, 1.0);
        for (const net::Drop &drop : {net::Drop{}, net::dropOf(0.3, 6)}) {
            const auto sum = [&](auto attention, const at::Tensor &x) {
                return (attention(x, lengths, 2, drop) * weight).sum();
            };
            at::Tensor x = qkv.clone().requires_grad_(true);
            const auto fused = torch::autograd::grad({sum(net::packedAttention, x)}, {x});
            const auto plain = torch::autograd::grad({sum(net::packedAttentionPlain, x)}, {x});
            QVERIFY(largest(net::packedAttention(qkv, lengths, 2, drop) -
                            net::packedAttentionPlain(qkv, lengths, 2, drop)) < 1e-12);
            QVERIFY(largest(fused[0] - plain[0]) < 1e-12);
        }
    }

    void attentionSeesNeitherTheFutureNorOthers()
    {
        const at::Tensor qkv = noise({11, 24}, 0.1);
        const at::Tensor before = net::packedAttention(qkv, kLengths, 2);
        at::Tensor changed = qkv.clone();
        changed[6] += 10; // third sequence's third token: rows 4 … 8
        const at::Tensor after = net::packedAttention(changed, kLengths, 2);
        QCOMPARE(largest((after - before).narrow(0, 0, 6)), 0.0);
        QCOMPARE(largest((after - before).narrow(0, 9, 2)), 0.0);
        QVERIFY(largest((after - before).narrow(0, 6, 3)) > 1e-3);
    }

    void sequenceThatIsNoNumberSpoilsNoOther()
    {
        const std::vector<std::int64_t> lengths{20, 3, 14};
        const at::Tensor weight = noise({37, 8}, 1.0);
        at::Tensor whole = noise({37, 24}, 0.1), broken = whole.clone();
        broken.narrow(0, 0, 20).fill_(std::numeric_limits<double>::quiet_NaN());
        for (const net::Drop &drop : {net::Drop{}, net::dropOf(0.3, 6)}) {
            const auto derivative = [&](at::Tensor x) {
                x = x.clone().requires_grad_(true);
                const at::Tensor sum = (net::packedAttention(x, lengths, 2, drop) * weight).sum();
                return torch::autograd::grad({sum}, {x})[0].narrow(0, 20, 17);
            };
            const auto after = [&](const at::Tensor &x) {
                return net::packedAttention(x, lengths, 2, drop).narrow(0, 20, 17);
            };
            QVERIFY(at::equal(after(broken), after(whole)));
            QVERIFY(at::equal(derivative(broken), derivative(whole)));
        }
    }

    void blockIsThePlainOne()
    {
        const at::Tensor x = noise({11, 8}, 0.1), weight = noise({11, 8}, 1.0);
        const std::vector<net::Parameter> parameters = blockParameters();
        std::vector<at::Tensor> inputs{x.clone()};
        for (const net::Parameter &parameter : parameters) {
            inputs.push_back(parameter.value);
        }
        const net::Dropout dropout{0.3, 5};
        const auto sum = [&](auto block, const std::vector<at::Tensor> &in) {
            std::vector<net::Parameter> all = parameters;
            for (std::size_t k = 0; k < all.size(); ++k) {
                all[k].value = in[k + 1];
            }
            return (block(net::Parameters(all), in[0], kLengths, 2, "b.", dropout, 10) * weight).sum();
        };
        const at::Tensor fused = sum(net::attentionBlock, inputs);
        QVERIFY(largest(fused - sum(net::attentionBlockPlain, inputs)) < 1e-12);
        QVERIFY(gradientError([&](const auto &in) { return sum(net::attentionBlock, in); }, inputs) <
                1e-7);
    }

    void blockSeesNeitherTheFutureNorOthers()
    {
        const net::Parameters parameters(blockParameters());
        const auto of = [&](const at::Tensor &x) {
            return net::attentionBlock(parameters, x, kLengths, 2, "b.", {}, 10);
        };
        const at::Tensor x = noise({11, 8}, 0.1);
        at::Tensor changed = x.clone();
        changed[6] += noise({8}, 0.4); // third sequence's third token: rows 4 … 8
        const at::Tensor moved = of(changed) - of(x);
        QCOMPARE(largest(moved.narrow(0, 0, 6)), 0.0);
        QCOMPARE(largest(moved.narrow(0, 9, 2)), 0.0);
        QVERIFY(largest(moved.narrow(0, 7, 2)) > 1e-3);
    }

    void singleAndDoubleAgree()
    {
        // the loops in single precision have an exponential and sums of their own
        const at::Tensor qkv = noise({11, 24}, 0.1);
        QVERIFY(largest(net::packedAttention(qkv.to(at::kFloat), kLengths, 2).to(at::kDouble) -
                        net::packedAttentionPlain(qkv, kLengths, 2)) < 1e-6);
    }

    void rowsAreAddedWhereTheyBelong()
    {
        at::Tensor table = at::ones({3, 2}, real());
        net::addRows(table, {2, 0, 2}, at::tensor({1.0, 2.0, 3.0, 4.0, 5.0, 6.0}, real()).view({3, 2}));
        QVERIFY(at::equal(table, at::tensor({4.0, 5.0, 1.0, 1.0, 7.0, 9.0}, real()).view({3, 2})));
    }

    void dropoutDependsOnItsKeyAlone()
    {
        const at::Tensor x = at::ones({100, 101}, real());
        const at::Tensor one = net::keyedDropout(x, net::dropOf(0.25, 42));
        QVERIFY(at::equal(one, net::keyedDropout(x, net::dropOf(0.25, 42))));
        QVERIFY(!at::equal(one, net::keyedDropout(x, net::dropOf(0.25, 43))));
        const double kept = (one > 0).to(at::kDouble).mean().item<double>();
        QVERIFY(std::abs(kept - 0.75) < 0.02); // 4.6 standard deviations
        QVERIFY(std::abs(one.max().item<double>() - 1 / 0.75) < 1e-4);
        QVERIFY(at::equal(net::keyedDropout(x, net::dropOf(0.0, 42)), x));
        const net::Drop half = net::dropOf(0.5, 7);
        QVERIFY(gradientError([&](const auto &v) { return net::keyedDropout(v[0], half).sum(); },
                              {noise({3, 5}, 0.7)}) < 1e-8);
    }

    void zilnMeetsThePublishedNumbers()
    {
        const at::Tensor raw = at::tensor({0.1, 0.2, 0.3, 0.4, 0.5, 0.6}, real()).view({2, 3});
        const net::Ziln ziln = net::plainZiln(raw);
        const auto lossOf = [&](std::int64_t row, double y) {
            return net::zilnLoss(net::plainZiln(raw.narrow(0, row, 1)), at::tensor({y}, real()))
                .item<double>();
        };
        QVERIFY(std::abs(lossOf(0, 0.0) - 0.7443966601) < 1e-9);
        QVERIFY(std::abs(lossOf(1, 1.5) - 1.8783725913) < 1e-9);
        const at::Tensor mean = net::zilnMean(ziln);
        QVERIFY(std::abs(mean[0].item<double>() - 0.9236378530) < 1e-9);
        QVERIFY(std::abs(mean[1].item<double>() - 1.6907553323) < 1e-9);
    }

    void boundedZilnCannotExplode()
    {
        const net::ZilnBounds bounds{3.0, 0.8, 6.0};
        const at::Tensor raw = at::full({1, 3}, 1e6, real());
        const double mean = net::zilnMean(net::boundedZiln(raw, bounds)).item<double>();
        QVERIFY(mean <= std::exp(6.0 + 0.5 * 0.82 * 0.82) + 1e-6);
        const at::Tensor y = at::tensor({0.0, 3.5}, real());
        QVERIFY(gradientError(
                    [&](const auto &x) { return net::zilnLoss(net::boundedZiln(x[0], bounds), y); },
                    {noise({2, 3}, 0.4)}) < 1e-7);
    }

    void logisticLossIsFiniteFarOut()
    {
        const at::Tensor logit = at::tensor({800.0, -800.0, 0.0}, real());
        const at::Tensor happened = at::tensor({1.0, 0.0, 1.0}, real());
        QVERIFY(std::abs(net::logisticLoss(logit, happened).item<double>() - std::log(2.0)) < 1e-12);
    }

    void devicesAreChosenWithAReason()
    {
        QCOMPARE(chooseDevice("cpu")->device, std::string("cpu"));
        QCOMPARE(chooseDevice("gpu").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(chooseDevice("cuda:x").error().code, ErrorCode::InvalidArgument);
        QCOMPARE(chooseDevice("").error().code, ErrorCode::InvalidArgument);
        const RuntimeInfo info = runtimeInfo();
        const auto automatic = chooseDevice("auto");
        QVERIFY(automatic.ok());
        if (info.cudaDevices == 0) {
            QCOMPARE(automatic->device, std::string("cpu"));
            QVERIFY(automatic->reason == DeviceReason::LibraryWithoutCuda ||
                    automatic->reason == DeviceReason::NoCudaDevice);
            QCOMPARE(chooseDevice("cuda").error().code, ErrorCode::DeviceUnavailable);
        }
        QCOMPARE(chooseDevice("cuda:99").error().code, ErrorCode::DeviceUnavailable);
        QVERIFY(!info.torchVersion.empty());
        QVERIFY(!info.blasLibrary.empty());
    }

    void exceptionsBecomeErrors()
    {
        const auto status = withTorchErrors([]() -> Status {
            (void)at::mm(at::ones({2, 3}), at::ones({2, 3}));
            return Done{};
        });
        QCOMPARE(status.error().code, ErrorCode::Internal);
        const auto memory = withTorchErrors([]() -> Status { throw std::bad_alloc(); });
        QCOMPARE(memory.error().code, ErrorCode::OutOfMemory);
        const auto huge = withTorchErrors([]() -> Status {
            (void)at::empty({std::int64_t{1} << 50});
            return Done{};
        });
        QCOMPARE(huge.error().code, ErrorCode::OutOfMemory);
    }
};

QTEST_GUILESS_MAIN(TestNetworks)
#include "tst_networks.moc"
