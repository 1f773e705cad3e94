#include "cdnow.h"
#include "core/base/rng.h"
#include "core/value/bg_nbd.h"
#include "core/value/geometric_dropout.h"
#include "core/value/nbd.h"
#include "simulate.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr std::array kPublished{0.2425945, 4.4136019, 0.7929199, 2.4258881};

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2 ± %3")
                            .arg(actual, 0, 'g', 12)
                            .arg(expected, 0, 'g', 12)
                            .arg(tolerance)));
}

RepeatTable oneCustomer(std::int32_t x, double tx, double T)
{
    return {{x}, {tx}, {T}, {1.0}, 1.0, {}};
}

/// 2F1 by its series, for |z| < 1.
double hypergeometric(double a, double b, double c, double z)
{
    double term = 1.0;
    double sum = 1.0;
    for (int n = 0; n < 100000 && std::abs(term) > 1e-17 * std::abs(sum); ++n) {
        term *= (a + n) * (b + n) / ((c + n) * (n + 1.0)) * z;
        sum += term;
    }
    return sum;
}

} // namespace

class BgNbdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_data = readCdnow();
        if (m_data.rows == 0) {
            return;
        }
        m_customers = cdnowCalibration(m_data);
        m_fit = *fitFrequencyModel("bg-nbd", m_customers, {}, Task());
    }

    void readsCdnow()
    {
        if (m_data.rows == 0) {
            QSKIP("no shared data");
        }
        QCOMPARE(m_data.rows, 6919);
        QCOMPARE(m_data.total, moneyFromUnits(244091.94));
        QCOMPARE(m_customers.size(), std::size_t{2357});
        QCOMPARE(std::accumulate(m_customers.x.begin(), m_customers.x.end(), 0), 2457);
    }

    void fitsCdnowAsPublished()
    {
        if (m_data.rows == 0) {
            QSKIP("no shared data");
        }
        QCOMPARE(m_fit.status, FitStatus::Converged);
        QCOMPARE(m_fit.reportedModel, std::string("bg-nbd"));
        const std::array published = kPublished;
        const std::array errors{0.012557, 0.378224, 0.185733, 0.705407};
        for (std::size_t i = 0; i < 4; ++i) {
            closeTo(m_fit.parameters[i], published[i], 1e-5 * published[i]);
            closeTo(m_fit.standardErrors[i], errors[i], 2e-5 * errors[i] + 5e-7);
        }
        closeTo(m_fit.logLikelihood, -9582.4292, 5e-5);
        QCOMPARE(m_fit.customers, 2357);
        // The published point is not above ours.
        const double there = bgNbdModel()
                                 .logLikelihood(published, mergeEqualCustomers(m_customers))
                                 .value;
        QVERIFY(m_fit.logLikelihood >= there - 1e-9);
    }

    void predictsTheHoldoutAsPublished()
    {
        if (m_data.rows == 0) {
            QSKIP("no shared data");
        }
        const auto prediction = *predictFrequency(m_fit, m_customers, 39.0, Task());
        std::map<std::int64_t, int> actual;
        int transactions = 0;
        for (const UserPurchases &p : purchasesBetween(m_data, kCalibrationEnd, kHoldoutEnd)) {
            actual[p.user] = p.orderDays;
            transactions += p.orderDays;
        }
        QCOMPARE(transactions, 1882);
        double sum = 0.0;
        double absolute = 0.0;
        double square = 0.0;
        double alive = 0.0;
        for (std::size_t i = 0; i < m_customers.size(); ++i) {
            const double miss = prediction.expectedOrders[i] - actual[m_customers.user[i]];
            sum += prediction.expectedOrders[i];
            absolute += std::abs(miss);
            square += miss * miss;
            alive += prediction.pAlive[i];
        }
        const auto n = static_cast<double>(m_customers.size());
        closeTo(sum, 1653.41, 0.006);
        closeTo(absolute / n, 0.78545, 6e-6);
        closeTo(std::sqrt(square / n), 1.60798, 6e-6);
        closeTo(alive / n, 0.81344, 6e-6);
    }

    void expectsTheHistogramAndTheTrackingPlot()
    {
        if (m_data.rows == 0) {
            QSKIP("no shared data");
        }
        const auto histogram = *expectedHistogram(m_fit, m_customers, 6);
        const std::array expected{1407.68, 460.32, 192.46, 101.17, 59.85, 38.12, 25.55};
        for (std::size_t n = 0; n < expected.size(); ++n) {
            closeTo(histogram[n], expected[n], 0.011);
        }
        closeTo(std::accumulate(histogram.begin(), histogram.end(), 0.0), 2357.0, 1e-9);
        const std::array days{kCalibrationEnd + 1, kHoldoutEnd + 1};
        const auto tracking = *expectedCumulativeRepeats(m_fit, m_customers, days);
        closeTo(tracking[0], 2501.52, 0.05);
        closeTo(tracking[1], 4165.63, 0.05);
    }

    void predictsFromTheRoundedSummaryAsPublished()
    {
        const CustomerSummary rounded = cdnowRounded();
        if (rounded.size() == 0) {
            QSKIP("no shared data");
        }
        const ModelFit fit = *fitFrequencyModel("bg-nbd", rounded, {}, Task());
        closeTo(fit.logLikelihood, -9582.4256, 5e-5);
        const FrequencyModel &model = bgNbdModel();
        closeTo(model.pAlive(fit.parameters, {2, 30.43, 38.86}) *
                    model.expectedWhileAlive(fit.parameters, {2, 30.43, 38.86}, 39.0),
                1.226, 0.001);
        const std::array t{0.1429, 1.0, 3.0, 31.8571, 32.0, 78.0};
        const std::array expected{0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576};
        for (std::size_t i = 0; i < t.size(); ++i) {
            closeTo(model.expectedOfNew(fit.parameters, t[i]), expected[i],
                    5e-5 + 3e-4 * expected[i]);
        }
    }

    void countsOfNewCustomersArePublishedOnes()
    {
        // R's BTYD prints its parameters with three digits and computes with them.
        const std::array rounded{0.243, 4.414, 0.793, 2.426};
        closeTo(bgNbdModel().countProbabilities(rounded, 0, 39.0)[0], 0.5737864, 5e-8);
    }

    void likelihoodsThatBrokeOtherTools()
    {
        const std::array parameters{0.25, 4.0, 0.8, 2.5};
        const FrequencyModel &model = bgNbdModel();
        closeTo(model.logLikelihood(parameters, oneCustomer(0, 0.0, 40.0)).value, -0.59947382,
                5e-9);
        closeTo(model.logLikelihood(parameters, oneCustomer(200, 38.0, 40.0)).value, 100.79569,
                5e-6);
    }

    void gradientIsTheDerivative()
    {
        const RepeatTable table =
            mergeEqualCustomers(simulateBgNbd({}, 400, 84, 280, 11));
        Rng rng(5);
        for (int trial = 0; trial < 20; ++trial) {
            std::array<double, 4> at{};
            for (double &p : at) {
                p = std::exp(1.5 * rng.normal());
            }
            const LogLikelihood here = bgNbdModel().logLikelihood(at, table);
            for (std::size_t i = 0; i < 4; ++i) {
                constexpr double h = 1e-5;
                auto up = at;
                auto down = at;
                up[i] *= std::exp(h);
                down[i] *= std::exp(-h);
                const double slope = (bgNbdModel().logLikelihood(up, table).value -
                                      bgNbdModel().logLikelihood(down, table).value) /
                                     (2.0 * h);
                closeTo(here.logGradient[i], slope, 1e-6 * (1.0 + std::abs(here.value)));
            }
        }
    }

    void expectationIsTheTextbooks()
    {
        // Fader, Hardie & Lee (2005), eq. 9, away from a = 1.
        for (const double a : {0.4, 0.793, 1.7, 6.0}) {
            for (const double t : {0.5, 5.0, 39.0}) {
                const double r = 0.2426;
                const double alpha = 4.4136;
                const double b = 2.4259;
                const double z = t / (alpha + t);
                const double textbook = (a + b - 1.0) / (a - 1.0) *
                                        (1.0 - std::pow(1.0 - z, r) *
                                                   hypergeometric(r, b, a + b - 1.0, z));
                closeTo(expectedUntilDropout(r, alpha, a, b, t), textbook, 1e-11 * textbook);
            }
        }
    }

    void sumAndIntegralAgree()
    {
        Rng rng(1);
        int compared = 0;
        for (int i = 0; i < 3000; ++i) {
            const double shape = std::exp(2.0 * rng.normal());
            const double rate = std::exp(2.0 * rng.normal() + 1.0);
            const double a = std::exp(3.0 * rng.normal());
            const double b = std::exp(3.0 * rng.normal());
            const double t = std::exp(2.0 * rng.normal() + 2.0);
            if (t / rate > 500.0 || shape * std::log1p(t / rate) > 600.0) {
                continue;
            }
            const double sum = expectedUntilDropoutBySum(shape, rate, a, b, t);
            closeTo(expectedUntilDropoutByIntegral(shape, rate, a, b, t), sum, 1e-10 * sum);
            ++compared;
        }
        QVERIFY(compared > 2000);
    }

    void withoutDropoutItIsTheNbd()
    {
        const CustomerSummary customers = simulateBgNbd({}, 500, 84, 280, 3);
        const RepeatTable table = mergeEqualCustomers(customers);
        const std::array bg{0.6, 7.0, 1e-13, 2.0};
        const std::array nbd{0.6, 7.0};
        closeTo(bgNbdModel().logLikelihood(bg, table).value,
                nbdModel().logLikelihood(nbd, table).value, 1e-8);
        closeTo(bgNbdModel().expectedWhileAlive(bg, {3, 9.0, 20.0}, 30.0),
                nbdModel().expectedWhileAlive(nbd, {3, 9.0, 20.0}, 30.0), 1e-9);
        closeTo(bgNbdModel().pAlive(bg, {3, 10.0, 20.0}), 1.0, 1e-10);
        const auto counts = bgNbdModel().countProbabilities(bg, 20, 12.0);
        const auto reference = nbdModel().countProbabilities(nbd, 20, 12.0);
        for (std::size_t n = 0; n < counts.size(); ++n) {
            closeTo(counts[n], reference[n], 1e-12);
        }
    }

    void countsSumToOneAndMeetTheExpectation()
    {
        const std::array parameters{0.7, 6.0, 0.9, 1.8};
        const auto p = bgNbdModel().countProbabilities(parameters, 3000, 25.0);
        double mean = 0.0;
        for (std::size_t n = 0; n < p.size(); ++n) {
            QVERIFY(p[n] >= 0.0);
            mean += static_cast<double>(n) * p[n];
        }
        closeTo(std::accumulate(p.begin(), p.end(), 0.0), 1.0, 1e-12);
        closeTo(mean, bgNbdModel().expectedOfNew(parameters, 25.0), 1e-9);
    }

    void predictionsKeepTheirBounds()
    {
        const CustomerSummary customers = simulateBgNbd({}, 2000, 84, 280, 8);
        const ModelFit fit = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        std::vector<double> before(customers.size(), 0.0);
        std::vector<double> riskBefore(customers.size(), 1.0);
        for (const double t : {0.01, 1.0, 4.0, 26.0, 52.0, 520.0}) {
            const auto p = *predictFrequency(fit, customers, t, Task());
            for (std::size_t i = 0; i < customers.size(); ++i) {
                QVERIFY(p.pAlive[i] >= 0.0 && p.pAlive[i] <= 1.0);
                QVERIFY(customers.x[i] > 0 || p.pAlive[i] == 1.0);
                QVERIFY(p.expectedOrders[i] >= before[i]);
                QVERIFY(p.churnRisk[i] >= 0.0 && p.churnRisk[i] <= riskBefore[i]);
                // One order or more is expected at least as often as it happens.
                QVERIFY(p.expectedOrders[i] >= 1.0 - p.churnRisk[i] - 1e-12);
            }
            before = p.expectedOrders;
            riskBefore = p.churnRisk;
        }
    }

    void recoversWhatWasSimulated()
    {
        const CustomerSummary customers = simulateBgNbd({}, 30000, 84, 728, 21);
        const ModelFit fit = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        const std::array truth{0.25, 4.0, 0.8, 2.5};
        for (std::size_t i = 0; i < 4; ++i) {
            // Orders of the same day are one, which the model does not know: 4 errors, not 2.
            closeTo(fit.parameters[i], truth[i],
                    4.0 * fit.standardErrors[i] + 0.05 * truth[i]);
        }
    }

    void sameDataSameFit()
    {
        const CustomerSummary customers = simulateBgNbd({}, 3000, 84, 280, 2);
        const ModelFit one = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        const ModelFit two = *fitFrequencyModel("bg-nbd", customers, {}, Task());
        QCOMPARE(one.parameters, two.parameters);
        QCOMPARE(one.logLikelihood, two.logLikelihood);
        QCOMPARE(drawParameters(one, 5, 9), drawParameters(two, 5, 9));
    }

private:
    Cdnow m_data;
    CustomerSummary m_customers;
    ModelFit m_fit;
};

QTEST_APPLESS_MAIN(BgNbdTest)
#include "tst_bg_nbd.moc"
