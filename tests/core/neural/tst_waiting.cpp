#include "core/base/rng.h"
#include "core/neural/ops_torch.h"
#include "core/neural/runtime.h"
#include "core/neural/waiting_torch.h"
#include "tests/core/neural/gradient_check_torch.h"

#include <QTest>

#include <cmath>
#include <vector>

using namespace perennial;
using namespace perennial::test;

namespace {

at::Tensor edges() { return at::tensor({0.0, 1.0, 3.0, 7.0, 30.0}, real()); }

at::Tensor rawOf(const std::vector<double> &hazards)
{
    return at::tensor(hazards, real()).expm1().log();
}

} // namespace

class TestWaiting : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { prepareTorchRuntime(); }

    /// One rate throughout is the geometric distribution.
    void oneRateIsGeometric()
    {
        const double rate = 0.11;
        const at::Tensor raw = rawOf({rate, 2 * rate, 4 * rate, 23 * rate}).view({1, 4});
        const auto lossOf = [&](double days, double happened) {
            const net::Waiting one{at::tensor({days}, real()), at::tensor({happened}, real())};
            return net::waitingLoss(raw, one, edges()).item<double>();
        };
        for (const double day : {1.0, 2.0, 3.0, 5.0, 7.0, 8.0, 30.0}) {
            const double p = std::exp(-rate * (day - 1)) - std::exp(-rate * day);
            QVERIFY2(std::abs(lossOf(day, 1) + std::log(p)) < 1e-12,
                     qPrintable(QString::number(day)));
            QVERIFY(std::abs(lossOf(day, 0) - rate * day) < 1e-12);
        }
        QVERIFY(std::abs(lossOf(31, 1) - rate * 30) < 1e-12); // past the last edge: censored there
    }

    /// By hand: the second stretch is twice as likely a day as the first.
    void stretchesByHand()
    {
        const at::Tensor raw = rawOf({0.1, 0.4, 0.0001, 0.0001}).view({1, 4});
        const auto loss = net::waitingLoss(
            raw, {at::tensor({3.0}, real()), at::tensor({1.0}, real())}, edges());
        const double p = std::exp(-0.1 - 0.2) * (1 - std::exp(-0.2));
        QVERIFY(std::abs(loss.item<double>() + std::log(p)) < 1e-12);
    }

    void gradientsAreThoseOfDifferences()
    {
        const net::Waiting waiting{at::tensor({1.0, 2.0, 5.0, 30.0, 30.0, 12.0, 40.0}, real()),
                                   at::tensor({1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0}, real())};
        const at::Tensor raw = 3 * noise({7, 4}, 0.4);
        const double error = gradientError(
            [&](const auto &x) { return net::waitingLoss(x[0], waiting, edges()); }, {raw});
        QVERIFY2(error < 1e-8, qPrintable(QString::number(error)));
    }

    /// Times of known hazards, watched for different lengths, give the hazards back.
    void simulatedHazardsAreFound()
    {
        const std::vector<double> daily{0.3, 0.05, 0.1, 0.02};
        const std::vector<double> edge{0, 1, 3, 7, 30};
        Rng rng(3);
        constexpr int kUsers = 40000;
        std::vector<double> days, happened;
        for (int user = 0; user < kUsers; ++user) {
            const int watched = 1 + static_cast<int>(rng.below(30));
            int day = 0;
            bool came = false;
            for (std::size_t k = 0; day < watched && !came;) {
                k += day >= edge[k + 1] ? 1 : 0;
                came = rng.uniform() < 1 - std::exp(-daily[k]);
                ++day;
            }
            days.push_back(day);
            happened.push_back(came ? 1.0 : 0.0);
        }
        const net::Waiting waiting{at::tensor(days, real()), at::tensor(happened, real())};
        at::Tensor raw = at::zeros({1, 4}, real()).requires_grad_(true);
        for (int step = 0; step < 400; ++step) {
            const at::Tensor loss = net::waitingLoss(raw.expand({kUsers, 4}), waiting, edges());
            const at::Tensor slope = torch::autograd::grad({loss / kUsers}, {raw})[0];
            const at::NoGradGuard frozen;
            raw.sub_(slope * 4.0);
        }
        const at::Tensor found = net::stretchHazards(raw.detach());
        for (std::size_t k = 0; k < daily.size(); ++k) {
            const double rate = found[0][static_cast<std::int64_t>(k)].item<double>() /
                                (edge[k + 1] - edge[k]);
            QVERIFY2(std::abs(rate / daily[k] - 1) < 0.05,
                     qPrintable(QString("%1 for %2").arg(rate).arg(daily[k])));
        }
    }

    void lossesAreFiniteFarOut()
    {
        for (const double far : {-1e30, -200.0, 200.0, 1e30}) {
            const at::Tensor raw = at::full({2, 4}, far).requires_grad_(true);
            const at::Tensor loss = net::waitingLoss(
                raw, {at::tensor({9.0F, 30.0F}), at::tensor({1.0F, 0.0F})}, edges());
            QVERIFY(std::isfinite(loss.item<double>()));
            QVERIFY(at::isfinite(torch::autograd::grad({loss}, {raw})[0]).all().item<bool>());
        }
    }

    void meansOfRows()
    {
        const at::Tensor table = noise({6, 3}, 0.3);
        const at::Tensor offsets = at::tensor({0, 0, 1, 4, 4}, at::kLong);
        const at::Tensor index = at::tensor({5, 0, 0, 2}, at::kLong);
        const at::Tensor means = net::meanRows(table, offsets, index);
        QVERIFY(largest(means - net::meanRowsPlain(table, offsets, index)) < 1e-14);
        QVERIFY(largest(means[0]) == 0 && largest(means[3]) == 0);
        QVERIFY(largest(means[1] - table[5]) < 1e-14);
        QVERIFY(largest(means[2] - (2 * table[0] + table[2]) / 3) < 1e-14);
        const at::Tensor weight = noise({4, 3}, 2.0);
        for (const auto mean : {&net::meanRows, &net::meanRowsPlain}) {
            QVERIFY(gradientError(
                        [&](const auto &x) { return (mean(x[0], offsets, index) * weight).sum(); },
                        {table.clone()}) < 1e-8);
        }
        const at::Tensor none = net::meanRows(table, at::zeros({1}, at::kLong),
                                              at::empty({0}, at::kLong));
        QCOMPARE(none.size(0), std::int64_t{0});
    }
};

QTEST_GUILESS_MAIN(TestWaiting)
#include "tst_waiting.moc"
