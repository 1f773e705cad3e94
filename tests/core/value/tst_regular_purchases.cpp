#include "core/base/rng.h"
#include "core/value/beta_mean.h"
#include "core/value/regular_purchases.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2 ± %3")
                            .arg(actual, 0, 'g', 12)
                            .arg(expected, 0, 'g', 12)
                            .arg(tolerance)));
}

} // namespace

class RegularPurchasesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNarrowBetaTakesFewPoints()
    {
        // f = (1 - p)^10, which a narrow Beta never sees rise to half of f(0).
        for (const auto &[a, b] : {std::array{8e6, 6.5e7}, {400.0, 900.0}, {3.0, 5.0}, {0.1, 0.4}}) {
            double expected = 1.0;
            for (int i = 0; i < 10; ++i) {
                expected *= (b + i) / (a + b + i);
            }
            int points = 0;
            const double found = betaMean(a, b, 1.0, 0.0, [&](double, double q) {
                ++points;
                return std::pow(q, 10.0);
            });
            closeTo(found, expected, 1e-11);
            QVERIFY2(points < 1000, qPrintable(QString::number(points)));
        }
    }

    void hiddenEventsAreThoseOfTheSilence()
    {
        const std::array p{0.8, 3.0, 0.9, 1.7};
        // Ordered today: none is hidden.
        QCOMPARE(regularBuyer({Leaving::AfterRepeats, 3}, p, {2, 9.0, 9.0}).hidden[0], 1.0);
        const RegularBuyer buyer = regularBuyer({Leaving::AfterAny, 3}, p, {2, 6.0, 9.0});
        const double s = 0.8 + 6.0;
        const double z = 3.0 / 12.0;
        const double sum = 1.0 + s * z + s * (s + 1.0) / 2.0 * z * z;
        closeTo(buyer.hidden[1], s * z / sum, 1e-15);
        closeTo(buyer.hidden[0] + buyer.hidden[1] + buyer.hidden[2], 1.0, 1e-15);
        QCOMPARE(buyer.b, 1.7 + 3.0);
    }

    void aLongSilenceBringsTheNextOrderNearer()
    {
        const std::array p{0.8, 3.0, 0.9, 1.7};
        const BetaGeometric kind{Leaving::AfterRepeats, 4};
        const double fresh = noneOfRegular(regularBuyer(kind, p, {3, 20.0, 20.0}), 2.0);
        const double due = noneOfRegular(regularBuyer(kind, p, {3, 14.0, 20.0}), 2.0);
        QVERIFY(due < fresh - 0.1);
    }

    void sumAndIntegralAgree()
    {
        Rng rng(1);
        int compared = 0;
        for (int i = 0; i < 2000; ++i) {
            RegularBuyer buyer;
            buyer.k = 2 + static_cast<std::int32_t>(rng.below(kMostRegular - 1));
            buyer.shape = std::exp(2.0 * rng.normal());
            buyer.rate = std::exp(2.0 * rng.normal() + 1.0);
            buyer.a = std::exp(3.0 * rng.normal());
            buyer.b = std::exp(3.0 * rng.normal());
            double sum = 0.0;
            for (std::int32_t j = 0; j < buyer.k; ++j) {
                buyer.hidden[static_cast<std::size_t>(j)] = rng.uniform();
                sum += buyer.hidden[static_cast<std::size_t>(j)];
            }
            for (double &weight : buyer.hidden) {
                weight /= sum;
            }
            const double t = std::exp(2.0 * rng.normal() + 2.0);
            if (t / buyer.rate > 500.0 || t / buyer.rate < 1.0 ||
                buyer.shape * std::log1p(t / buyer.rate) > 600.0) {
                continue;
            }
            const auto bySum = regularOutlookBySum(buyer, t);
            const auto byIntegral = regularOutlookByIntegral(buyer, t);
            closeTo(byIntegral[0], bySum[0], 1e-9 * (0.01 + bySum[0]));
            closeTo(byIntegral[1], bySum[1], 1e-9);
            buyer.a = 0.0;
            const auto staying = regularOutlookBySum(buyer, t);
            closeTo(staying[1], 1.0, 1e-12);
            closeTo(regularOutlookByIntegral(buyer, t)[0], staying[0], 1e-9 * (0.01 + staying[0]));
            ++compared;
        }
        QVERIFY(compared > 700);
    }

    void countsSumToOneAndMeetTheExpectation()
    {
        Rng rng(2);
        for (int i = 0; i < 60; ++i) {
            const std::array p{std::exp(rng.normal()), std::exp(rng.normal() + 1.0),
                               std::exp(rng.normal()), std::exp(rng.normal())};
            const BetaGeometric kind{i % 3 == 0   ? Leaving::Never
                                     : i % 3 == 1 ? Leaving::AfterRepeats
                                                  : Leaving::AfterAny,
                                     1 + i % kMostRegular};
            const RegularBuyer buyer = regularBuyer(kind, p, {i % 4, i % 4 > 0 ? 7.0 : 0.0, 12.0});
            for (const double t : {1e-3, 0.5, 20.0}) {
                const auto counts = countsOfRegular(buyer, 2000, t);
                double mean = 0.0;
                for (std::size_t n = 0; n < counts.size(); ++n) {
                    QVERIFY(counts[n] >= 0.0);
                    mean += static_cast<double>(n) * counts[n];
                }
                closeTo(std::accumulate(counts.begin(), counts.end(), 0.0), 1.0, 1e-11);
                closeTo(expectedOfRegular(buyer, t), mean, 1e-9 * (1e-6 + mean));
                closeTo(noneOfRegular(buyer, t), counts[0], 1e-13);
            }
        }
    }

    void staysFiniteAtTheEdges()
    {
        for (const double size : {1e-8, 1.0, 1e8}) {
            for (const double ab : {1e-8, 1.0, 1e8}) {
                const std::array p{size, size, ab, ab};
                for (const double t : {1e-9, 1.0, 1e9}) {
                    const RegularBuyer buyer =
                        regularBuyer({Leaving::AfterAny, 7}, p, {5, 5.0, 9.0});
                    const double expected = expectedOfRegular(buyer, t);
                    QVERIFY(std::isfinite(expected) && expected >= 0.0);
                    const double stays = stayingOfRegular(buyer, t);
                    QVERIFY(stays >= 0.0 && stays <= 1.0);
                    const double none = noneOfRegular(buyer, t);
                    QVERIFY(none >= 0.0 && none <= 1.0);
                }
            }
        }
    }
};

QTEST_APPLESS_MAIN(RegularPurchasesTest)
#include "tst_regular_purchases.moc"
