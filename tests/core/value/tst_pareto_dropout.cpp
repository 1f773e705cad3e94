#include "core/value/nbd.h"
#include "core/value/pareto_dropout.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

struct Exact {
    double shape, rate, s, beta, span, log;
};

/// By mpmath with 40 digits, adaptive quadrature of the integral as it stands.
const std::vector<Exact> kExact{
    {0.203613, 6.45067, 0.0595201, 33.8377, 27.6351, -3.548121811304951},
    {0.524431, 0.383776, 2.93198, 0.179073, 1.18681, -0.093612061737091},
    {254.909, 22.9343, 0.172565, 0.621085, 5.35592, -3.827688283703070},
    {0.264501, 0.0204315, 19.2978, 2750.85, 888.546, -2.130323414341438},
    {35.7084, 1.28693, 1.75806, 15583.5, 805.892, -12.38448596529340},
    {4.39929, 0.0769489, 0.00187531, 253.932, 21.4474, -15.60435460870885},
    {1.11994, 0.0134716, 0.0218549, 2.97614, 7.81039, -7.900750484756797},
    {955.446, 0.0175947, 2793.34, 114.678, 36.151, -7.708873095003426},
    {8.68934, 145.176, 163.338, 1917.46, 1051.38, -0.514867452135322},
    {16.179, 0.0056697, 0.913215, 2405.92, 4.24514, -15.76900386879760},
    {0.353534, 77.6986, 0.00191085, 0.00175819, 7.08462, -4.155419685710633},
    {100.591, 0.00532561, 55.8465, 3.86412, 1.2068, -7.166221268915260},
    {1.21536, 0.00560289, 46.1065, 2.43365, 123.708, -1.811061712198710},
    {0.234517, 1084.78, 137.859, 22.1553, 0.0659815, -1.089703660514291},
    {0.0245956, 0.0590828, 60.6575, 0.00730816, 9.83441, -0.000050887967160},
};

bool isClose(double a, double b, double tolerance)
{
    return std::abs(a - b) <= tolerance;
}

} // namespace

class ParetoDropoutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meetsFortyDigits()
    {
        for (const Exact &e : kExact) {
            const SilentExit exit = silentExit(e.shape, e.rate, e.s, e.beta, e.span);
            QVERIFY2(isClose(exit.log, e.log, 1e-12),
                     qPrintable(QString::number(exit.log - e.log)));
        }
    }

    void averagesAreTheDerivatives()
    {
        constexpr double kStep = 1e-5;
        for (const Exact &e : kExact) {
            const SilentExit here = silentExit(e.shape, e.rate, e.s, e.beta, e.span);
            const auto slope = [&](double shape, double rate, double s, double beta) {
                const auto at = [&](double k) {
                    return silentExit(e.shape * std::exp(k * shape), e.rate * std::exp(k * rate),
                                      e.s * std::exp(k * s), e.beta * std::exp(k * beta), e.span)
                        .log;
                };
                return (at(kStep) - at(-kStep)) / (2.0 * kStep);
            };
            const double rateTotal = e.rate + e.span;
            const double lifeTotal = e.beta + e.span;
            const auto agree = [](double a, double b, double scale) {
                QVERIFY2(isClose(a, b, 1e-6 * (1.0 + std::abs(scale))),
                         qPrintable(QStringLiteral("%1 %2").arg(a).arg(b)));
            };
            agree(slope(1, 0, 0, 0), e.shape * (here.rateGrowth - here.rateLog), e.shape);
            agree(slope(0, 0, 1, 0), 1.0 + e.s * (here.lifeGrowth - here.lifeLog), e.s);
            // E[u / (rate + u)] is 1 - rate E[1 / (rate + u)].
            agree(slope(0, 1, 0, 0), e.shape * (1.0 - e.rate / rateTotal * (1.0 + here.rateShare)),
                  e.shape);
            agree(slope(0, 0, 0, 1),
                  e.s - (e.s + 1.0) * e.beta / lifeTotal * (1.0 + here.lifeShare), e.s);
        }
    }

    void nothingHappensInNoTime()
    {
        const SilentExit exit = silentExit(0.5, 3.0, 0.6, 8.0, 0.0);
        QCOMPARE(std::exp(exit.log), 0.0);
        QCOMPARE(exit.rateGrowth, 0.0);
    }

    void theMeanLifetimeBridgesShapeOne()
    {
        for (const double t : {1e-6, 1.0, 50.0, 1e9}) {
            const double atOne = ParetoLifetime(1.0, 8.0).meanWithin(t);
            QVERIFY(isClose(atOne, 8.0 * std::log1p(t / 8.0), 1e-13 * atOne));
            for (const double near : {1e-13, 1e-9, 1e-7}) {
                const double up = ParetoLifetime(1.0 + near, 8.0).meanWithin(t);
                const double down = ParetoLifetime(1.0 - near, 8.0).meanWithin(t);
                QVERIFY(up <= atOne * (1 + 1e-14) && atOne <= down * (1 + 1e-14));
                QVERIFY(isClose(0.5 * (up + down), atOne, 1e-11 * atOne));
            }
        }
        // s > 1: a mean of β / (s - 1) without an end.
        QVERIFY(isClose(ParetoLifetime(3.0, 8.0).meanWithin(1e12), 4.0, 1e-12));
        QVERIFY(std::isfinite(ParetoLifetime(1e-6, 1e-6).meanWithin(1e15)));
    }

    void countsFollowTheLifetime()
    {
        // Everybody at nearly one rate of 2 and leaving at nearly one rate of 0.1.
        const double shape = 4e5;
        const auto counts =
            countsInLifetime(shape, shape / 2.0, ParetoLifetime(1e7, 1e8), 200, 30.0);
        // P(X >= n) is that of purchases winning the race n times; no one buys 100 in 30.
        double mean = 0.0;
        for (std::size_t n = 0; n < counts.size(); ++n) {
            mean += static_cast<double>(n) * counts[n];
        }
        QVERIFY(isClose(std::accumulate(counts.begin(), counts.end(), 0.0), 1.0, 1e-9));
        QVERIFY(isClose(mean, 2.0 * -std::expm1(-3.0) / 0.1, 1e-4));
        // n purchases and then leaving, all within 30: near q^n (1 - q), q = 2 / 2.1, for small n.
        const double q = 2.0 / 2.1;
        for (const std::size_t n : {0u, 1u, 5u, 20u}) {
            QVERIFY(isClose(counts[n], std::pow(q, static_cast<double>(n)) * (1.0 - q), 1e-6));
        }
    }

    void aBusyCustomersCountsAreSmooth()
    {
        // 5000 orders so far: against the sum over a fine midpoint rule.
        const ParetoLifetime lifetime(0.6, 200.0);
        const auto counts = countsInLifetime(5000.5, 1000.0, lifetime, 120, 20.0);
        std::vector<double> fine = negativeBinomial(5000.5, 1000.0, 120, 20.0);
        constexpr int kSteps = 40000;
        for (double &p : fine) {
            p *= lifetime.survival(20.0);
        }
        for (int i = 0; i < kSteps; ++i) {
            const double tau = (i + 0.5) * 20.0 / kSteps;
            const auto until = negativeBinomial(5000.5, 1000.0, 120, tau);
            for (std::size_t n = 0; n < fine.size(); ++n) {
                fine[n] += until[n] * lifetime.density(tau) * 20.0 / kSteps;
            }
        }
        for (std::size_t n = 0; n < fine.size(); ++n) {
            QVERIFY2(isClose(counts[n], fine[n], 2e-9), qPrintable(QString::number(n)));
        }
    }
};

QTEST_APPLESS_MAIN(ParetoDropoutTest)
#include "tst_pareto_dropout.moc"
