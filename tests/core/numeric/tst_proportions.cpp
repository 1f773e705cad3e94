#include "core/base/rng.h"
#include "core/numeric/proportions.h"

#include <QTest>

#include <cmath>

using namespace perennial;

namespace {

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

bool near(const Interval &a, double lower, double upper, double tolerance)
{
    return near(a.lower, lower, tolerance) && near(a.upper, upper, tolerance);
}

} // namespace

class TestProportions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wilsonsPublishedIntervals()
    {
        // Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3.
        QVERIFY(near(wilsonInterval(81.0 / 263.0, 263, 0.95), 0.2553, 0.3662, 5e-5));
        QVERIFY(near(wilsonInterval(15.0 / 148.0, 148, 0.95), 0.0624, 0.1605, 5e-5));
        QVERIFY(near(wilsonInterval(0.0, 20, 0.95), 0.0, 0.1611, 5e-5));
        QVERIFY(near(wilsonInterval(1.0 / 29.0, 29, 0.95), 0.0061, 0.1718, 5e-5));
        for (const double n : {1.0, 3.0, 20000.0, 1e9}) {
            QCOMPARE(wilsonInterval(0.0, n, 0.95).lower, 0.0);
            QCOMPARE(wilsonInterval(1.0, n, 0.95).upper, 1.0);
        }
    }

    void differencesPublishedIntervals()
    {
        // Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method 10.
        QVERIFY(near(differenceInterval(56, 70, 48, 80, 0.95), 0.0524, 0.3339, 5e-5));
        QVERIFY(near(differenceInterval(9, 10, 3, 10, 0.95), 0.1705, 0.8090, 5e-5));
        QVERIFY(near(differenceInterval(10, 10, 0, 20, 0.95), 0.6791, 1.0, 5e-5));
        QVERIFY(near(differenceInterval(5, 56, 0, 29, 0.95), -0.0381, 0.1926, 5e-5));
        const Interval turned = differenceInterval(48, 80, 56, 70, 0.95);
        QVERIFY(near(turned, -0.3339, -0.0524, 5e-5));
    }

    void fishersTea()
    {
        // Fisher (1935), The Design of Experiments, ch. 2: 3 of 4 cups right, two-sided 34/70.
        QVERIFY(near(twoSharesP(3, 4, 1, 4), 34.0 / 70.0, 1e-12));
        QVERIFY(near(twoSharesP(4, 4, 0, 4), 2.0 / 70.0, 1e-12));
        QCOMPARE(twoSharesP(0, 4, 0, 9), 1.0);
        QCOMPARE(twoSharesP(4, 4, 9, 9), 1.0);
    }

    void largeTablesByChiSquare()
    {
        // 2 × 2 of 56/70 and 48/80: χ² = n (ad − bc)² / (product of the margins).
        const double chi2 =
            150.0 * std::pow(56.0 * 32 - 14.0 * 48, 2) / (70.0 * 80.0 * 104.0 * 46.0);
        QVERIFY(near(twoSharesP(56, 70, 48, 80), chiSquareTail(chi2, 1), 1e-12));
        QVERIFY(near(chiSquareTail(3.841458820694124, 1), 0.05, 1e-12));
        QVERIFY(near(chiSquareTail(50.998460165710674, 36), 0.05, 1e-12));
        QCOMPARE(chiSquareTail(0, 4), 1.0);
        QVERIFY(twoSharesP(900'000, 1'000'000, 1, 3) >= 0.0);
    }

    void ofNullRatesAFewAreFound()
    {
        Rng rng(5);
        int found = 0;
        for (int i = 0; i < 2000; ++i) {
            std::int64_t x1 = 0;
            std::int64_t x2 = 0;
            for (int k = 0; k < 80; ++k) {
                x1 += rng.uniform() < 0.3 ? 1 : 0;
                x2 += k < 50 && rng.uniform() < 0.3 ? 1 : 0;
            }
            found += twoSharesP(x1, 80, x2, 50) < 0.05 ? 1 : 0;
        }
        QVERIFY(found > 70 && found < 135); // 100 expected, SD 9.7
    }

    void benjaminiAndHochbergsExample()
    {
        // Their §4.1: 15 comparisons of which four are found at q = 0.05.
        const std::vector<double> p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000};
        const auto adjusted = benjaminiHochberg(p);
        QCOMPARE(std::ranges::count_if(adjusted, [](double q) { return q <= 0.05; }), 4);
        QVERIFY(near(adjusted[0], 0.0015, 1e-12));
        QVERIFY(near(adjusted[3], 0.0095 * 15 / 4, 1e-12));
        QVERIFY(near(adjusted[5], 0.0298 * 15 / 7, 1e-12)); // the next one's is smaller
        QVERIFY(near(adjusted[14], 1.0, 0));
        QVERIFY(benjaminiHochberg({}).empty());
        const std::vector<double> turned{p.rbegin(), p.rend()};
        QVERIFY(near(benjaminiHochberg(turned)[14], adjusted[0], 0));
    }

    void betaQuantiles()
    {
        QVERIFY(near(betaQuantile(1, 1, 0.3), 0.3, 1e-14));
        QVERIFY(near(betaQuantile(4, 1, 0.3), std::pow(0.3, 0.25), 1e-14));
        QVERIFY(near(betaQuantile(0.5, 0.5, 0.25), 0.5 - std::sqrt(0.5) / 2, 1e-12)); // arcsine
        // Brown, Cai & DasGupta (2001), table 5: Jeffreys' interval of 1 in 10.
        QVERIFY(near(betaQuantile(1.5, 9.5, 0.025), 0.011, 5e-4));
        QVERIFY(near(betaQuantile(1.5, 9.5, 0.975), 0.381, 5e-4));
        QCOMPARE(betaQuantile(2, 3, 0), 0.0);
        QCOMPARE(betaQuantile(2, 3, 1), 1.0);
        QVERIFY(std::isfinite(betaQuantile(0.5, 1e6 + 3, 0.975)));
    }

    void ratiosPublishedInterval()
    {
        // RR of 56/70 against 48/80 is 4/3; the interval is symmetric in logs and turns with it.
        const Interval ratio = ratioInterval(56, 70, 48, 80, 0.95);
        QVERIFY(near(std::sqrt(ratio.lower * ratio.upper), 4.0 / 3.0, 1e-12));
        const Interval turned = ratioInterval(48, 80, 56, 70, 0.95);
        QVERIFY(near(turned.lower * ratio.upper, 1.0, 1e-12));
        const double se = std::sqrt(1.0 / 56 - 1.0 / 70 + 1.0 / 48 - 1.0 / 80);
        QVERIFY(near(std::log(ratio.upper) - std::log(4.0 / 3.0), 1.959963984540054 * se, 1e-12));
    }
};

QTEST_APPLESS_MAIN(TestProportions)
#include "tst_proportions.moc"
