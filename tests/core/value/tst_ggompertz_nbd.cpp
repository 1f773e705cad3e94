#include "cdnow.h"
#include "core/value/ggompertz_dropout.h"
#include "core/value/ggompertz_nbd.h"
#include "core/value/pareto_dropout.h"
#include "core/value/pareto_nbd.h"
#include "simulate_lifetimes.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance, qPrintable(QString("%1 is not %2 ± %3")
                                                                      .arg(actual, 0, 'g', 12)
                                                                      .arg(expected, 0, 'g', 12)
                                                                      .arg(tolerance)));
}

struct Exact {
    double shape, rate, b, s, beta, span, log;
};

/// By mpmath with 30 digits, adaptive quadrature of the integral as it stands.
const std::vector<Exact> kExact{
    {0.416068, 0.067557, 0.0513247, 0.0023024, 0.665178, 2.90239, -8.727603196723843},
    {238.445, 0.531632, 0.0918721, 0.937237, 1.65599, 6.68069, -9.058350875806726},
    {0.915998, 1.56453, 3.8919e-05, 1.48405, 3.63271e-05, 0.185948, -1.490669779526557},
    {0.0137938, 0.344193, 0.000300119, 2.90141, 4061.03, 6.1505, -13.56682269220679},
    {0.198072, 2.01636, 5.58624e-05, 35.4883, 0.0152776, 6.80211, -0.698382393469542},
    {0.0591879, 86.8279, 0.0580046, 0.00518675, 882.055, 741.616, -1.863766016695588},
    {0.218423, 0.0513732, 0.010079, 0.0155661, 9.66191e-05, 0.442381, -3.021473875576682},
    {0.352971, 0.914559, 1.01413e-05, 0.0809344, 0.186979, 10.2578, -10.59174113740514},
    {19.7924, 0.0230822, 0.158377, 0.0182376, 4.67789e-05, 1.15407, -3.717539009793011},
    {0.010422, 5.06208, 0.00370966, 0.0323411, 0.000184657, 2.37597, -2.136095969594749},
    {0.0686534, 0.0774664, 0.000153064, 33.8688, 0.297634, 0.758754, -4.443413858349124},
    {1.93475, 10.7958, 1.6804e-05, 8.1563, 0.00123934, 478.278, -0.823097099666086},
    {21.2066, 1652.67, 6.82941e-05, 0.092747, 0.000825167, 787.914, -1.943248214450650},
    {0.382312, 0.32807, 1.05075e-05, 6.00153, 1770.67, 34.3495, -14.96216608600857},
    {0.0584267, 729.328, 0.0197788, 0.0428242, 0.0366966, 932.814, -0.519907849478365},
};

/// r, alpha, b, s, beta of BTYDplus' example for this model.
constexpr std::array kTruth{0.85, 4.45, 0.12, 0.75, 9.55};

CustomerSummary simulated(int customers, std::uint64_t seed, int watchedDays = 364)
{
    return simulateLifetimes({kTruth[0], kTruth[1]}, customers, 140, watchedDays, seed,
                             [](Rng &rng) {
                                 const double eta = rng.gamma(kTruth[3]) / kTruth[4];
                                 return std::log1p(rng.exponential() / eta) / kTruth[2];
                             });
}

} // namespace

class GgompertzNbdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void meetsThirtyDigits()
    {
        for (const Exact &e : kExact) {
            const AgedExit exit = agedExit(e.shape, e.rate, e.b, e.s, e.beta, e.span);
            closeTo(exit.log, e.log, 1e-9);
        }
    }

    void aSettledHazardTakesNoMorePanelsHoweverFastItAged()
    {
        // From log(β) / b on the hazard is s b, whatever b: panels of 6 / b would never end.
        for (const auto &[shape, rate, span] :
             {std::array{5.3, 2.0, 90.0}, std::array{1e8, 4e8, 100.0}}) {
            const AgedExit slow = agedExit(shape, rate, 0.5, 0.08, 1.0, span);
            const AgedExit fast = agedExit(shape, rate, 4e11, 1e-13, 1.0, span);
            closeTo(fast.log, slow.log, 1e-12);
            closeTo(fast.left, slow.left, 1e-10 * slow.left);
            closeTo(fast.lifeGrowth, 4e11 / 0.5 * slow.lifeGrowth, 1e-10 * fast.lifeGrowth);
            const AgedExit late = agedExit(shape, rate, 4e11, 1e-13, 1e6, span);
            closeTo(late.log, slow.log, 1e-8);
        }
    }

    void withoutAgingItIsThePareto()
    {
        const double b = 1e-7;
        const RepeatTable table = mergeEqualCustomers(simulated(500, 4));
        const std::array aged{0.6, 9.0, b, 0.7, 12.0 * b};
        const std::array pareto{0.6, 9.0, 0.7, 12.0};
        const FrequencyModel &g = ggompertzNbdModel();
        const FrequencyModel &p = paretoNbdModel();
        const LogLikelihood ll = g.logLikelihood(aged, table);
        const LogLikelihood limit = p.logLikelihood(pareto, table);
        closeTo(ll.value, limit.value, 1e-5 * std::abs(limit.value));
        closeTo(ll.logGradient[0], limit.logGradient[0], 0.01);
        closeTo(ll.logGradient[1], limit.logGradient[1], 0.01);
        closeTo(ll.logGradient[3], limit.logGradient[2], 0.01);
        closeTo(ll.logGradient[4], limit.logGradient[3], 0.01);
        const RepeatHistory h{3, 19.0, 30.0};
        closeTo(g.pAlive(aged, h), p.pAlive(pareto, h), 1e-5);
        for (const double t : {1.0, 26.0, 500.0}) {
            const double expected = p.expectedWhileAlive(pareto, h, t);
            closeTo(g.expectedWhileAlive(aged, h, t), expected, 1e-4 * expected);
            closeTo(g.stayingWhileAlive(aged, h, t), p.stayingWhileAlive(pareto, h, t), 1e-4);
            closeTo(g.noneWhileAlive(aged, h, t), p.noneWhileAlive(pareto, h, t), 1e-4);
        }
    }

    void theMeanLifetimeIsItsSurvivalsIntegral()
    {
        for (const auto &[b, s, beta] :
             {std::array{0.12, 0.75, 9.55}, {2.0, 0.1, 1e-4}, {0.01, 30.0, 1e5}, {1.0, 1.0, 1.0}}) {
            const GgompertzLifetime lifetime(b, s, beta);
            constexpr int kSteps = 200000;
            const double t = 40.0;
            double sum = 0.0;
            for (int i = 0; i < kSteps; ++i) {
                // Finer near 0, where a small β lets survival fall at once.
                const double v = (i + 0.5) / kSteps;
                sum += lifetime.survival(t * v * v * v) * 3.0 * v * v * t / kSteps;
            }
            closeTo(lifetime.meanWithin(t), sum, 1e-8 * sum);
            QVERIFY(std::isfinite(lifetime.meanWithin(1e9)));
            QVERIFY(lifetime.meanWithin(1e9) >= sum * (1 - 1e-8));
        }
        // s = β = 1: exponential at rate b.
        closeTo(GgompertzLifetime(0.5, 1.0, 1.0).meanWithin(1e4), 2.0, 1e-12);
    }

    void laterIsTheConditionalLifetime()
    {
        const GgompertzLifetime now(0.3, 0.8, 40.0);
        for (const double T : {0.0, 3.0, 20.0, 4000.0}) {
            const GgompertzLifetime later(0.3, 0.8, ggompertzLater(0.3, 40.0, T));
            const double growth =
                ggompertzGrowth(0.3, 40.0, T + 6.0) - ggompertzGrowth(0.3, 40.0, T);
            closeTo(later.survival(6.0), std::exp(-0.8 * growth), 1e-12);
        }
    }

    void gradientIsTheDerivative()
    {
        const RepeatTable table = mergeEqualCustomers(simulated(400, 11));
        Rng rng(5);
        for (int trial = 0; trial < 20; ++trial) {
            std::array<double, 5> at{};
            for (double &p : at) {
                p = std::exp(2.0 * rng.normal());
            }
            at[2] *= 0.1;
            const LogLikelihood here = ggompertzNbdModel().logLikelihood(at, table);
            for (std::size_t i = 0; i < 5; ++i) {
                constexpr double h = 1e-5;
                auto up = at;
                auto down = at;
                up[i] *= std::exp(h);
                down[i] *= std::exp(-h);
                const double slope = (ggompertzNbdModel().logLikelihood(up, table).value -
                                      ggompertzNbdModel().logLikelihood(down, table).value) /
                                     (2.0 * h);
                closeTo(here.logGradient[i], slope, 1e-7 * (1.0 + std::abs(here.value)));
            }
        }
    }

    void recoversWhatWasSimulated()
    {
        const CustomerSummary customers = simulated(12000, 3);
        const ModelFit fit = *fitFrequencyModel("ggompertz-nbd", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        QCOMPARE(fit.reportedModel, std::string("ggompertz-nbd"));
        for (std::size_t i = 0; i < 5; ++i) {
            // Orders of the same day are one, which the model does not know.
            closeTo(fit.parameters[i], kTruth[i], 4.0 * fit.standardErrors[i] + 0.05 * kTruth[i]);
        }
        const ModelFit pareto = *fitFrequencyModel("pareto-nbd", customers, {}, Task());
        QVERIFY(fit.logLikelihood > pareto.logLikelihood + 10.0);
        // What it expects of the next half year is what its truth would.
        const GgompertzLifetime truth(kTruth[2], kTruth[3], kTruth[4]);
        const double expected = kTruth[0] / kTruth[1] * truth.meanWithin(78.0);
        closeTo(ggompertzNbdModel().expectedOfNew(fit.parameters, 78.0), expected, 0.05 * expected);
    }

    void cdnowDoesNotAge()
    {
        // CLVTools' manual: on this data set the model collapses into the Pareto/NBD.
        const Cdnow data = readCdnow();
        if (data.rows == 0) {
            QSKIP("no shared data");
        }
        const CustomerSummary customers = cdnowCalibration(data);
        const ModelFit fit = *fitFrequencyModel("ggompertz-nbd", customers, {}, Task());
        const ModelFit pareto = *fitFrequencyModel("pareto-nbd", customers, {}, Task());
        QCOMPARE(fit.model, std::string("ggompertz-nbd"));
        QCOMPARE(fit.status, FitStatus::Boundary);
        QCOMPARE(fit.reason, std::string("no_aging"));
        QCOMPARE(fit.reportedModel, std::string("pareto-nbd"));
        QCOMPARE(fit.parameters, pareto.parameters);
        closeTo(fit.logLikelihood, -9594.9762, 5e-5);
    }

    void withoutChurnTheNbdIsReported()
    {
        const CustomerSummary customers =
            simulateLifetimes({0.9, 10.0}, 1500, 100, 250, 6, [](Rng &) { return 1e9; });
        const ModelFit fit = *fitFrequencyModel("ggompertz-nbd", customers, {}, Task());
        const ModelFit nbd = *fitFrequencyModel("nbd", customers, {}, Task());
        QCOMPARE(fit.model, std::string("ggompertz-nbd"));
        if (fit.reportedModel != "nbd") { // a little dropout by chance
            QVERIFY(fit.logLikelihood > nbd.logLikelihood);
            return;
        }
        QCOMPARE(fit.reason, std::string("no_churn"));
        QCOMPARE(fit.parameters, nbd.parameters);
    }

    void sameDataSameFit()
    {
        const CustomerSummary customers = simulated(1000, 2);
        const ModelFit one = *fitFrequencyModel("ggompertz-nbd", customers, {}, Task());
        const ModelFit two = *fitFrequencyModel("ggompertz-nbd", customers, {}, Task());
        QCOMPARE(one.parameters, two.parameters);
        QCOMPARE(one.logLikelihood, two.logLikelihood);
    }

    void cancels()
    {
        const CustomerSummary customers = simulated(1000, 2);
        for (const double after : {0.05, 0.35}) {
            std::stop_source stop;
            const Task stopsLater(stop.get_token(), [&](double fraction, std::string_view) {
                if (fraction > after) {
                    stop.request_stop();
                }
            });
            const auto fit = fitFrequencyModel("ggompertz-nbd", customers, {}, stopsLater);
            QVERIFY(!fit.ok());
            QCOMPARE(fit.error().code, ErrorCode::Cancelled);
        }
    }
};

QTEST_APPLESS_MAIN(GgompertzNbdTest)
#include "tst_ggompertz_nbd.moc"
