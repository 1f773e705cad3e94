#include "cdnow.h"
#include "core/value/nbd.h"
#include "simulate.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

class NbdTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsCdnowAsMeasuredElsewhere()
    {
        const Cdnow data = readCdnow();
        if (data.rows == 0) {
            QSKIP("no shared data");
        }
        const CustomerSummary customers = cdnowCalibration(data);
        const ModelFit fit = *fitFrequencyModel("nbd", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        QVERIFY(std::abs(fit.parameters[0] - 0.384766) < 1e-6);
        QVERIFY(std::abs(fit.parameters[1] - 12.072014) < 2e-5);
        QVERIFY(std::abs(fit.logLikelihood + 9763.6576) < 5e-5);
        const auto prediction = *predictFrequency(fit, customers, 39.0, Task());
        QVERIFY(std::abs(std::accumulate(prediction.expectedOrders.begin(),
                                         prediction.expectedOrders.end(), 0.0) -
                         2929.82) < 0.006);
    }

    void gradientIsTheDerivative()
    {
        const RepeatTable table = mergeEqualCustomers(simulateBgNbd({}, 300, 84, 280, 6));
        for (const auto &at : {std::array{0.3, 5.0}, std::array{4.0, 0.2}, std::array{50.0, 900.0}}) {
            const LogLikelihood here = nbdModel().logLikelihood(at, table);
            for (std::size_t i = 0; i < 2; ++i) {
                constexpr double h = 1e-5;
                auto up = at;
                auto down = at;
                up[i] *= std::exp(h);
                down[i] *= std::exp(-h);
                const double slope = (nbdModel().logLikelihood(up, table).value -
                                      nbdModel().logLikelihood(down, table).value) /
                                     (2.0 * h);
                QVERIFY(std::abs(here.logGradient[i] - slope) <
                        1e-7 * (1.0 + std::abs(here.value)));
            }
        }
    }

    void becomesPoissonForALargeShape()
    {
        const std::array parameters{1e7, 2e7}; // half an order a week, everybody
        const auto p = nbdModel().countProbabilities(parameters, 40, 4.0);
        double poisson = std::exp(-2.0);
        for (std::size_t n = 0; n < 10; ++n) {
            QVERIFY(std::abs(p[n] - poisson) < 1e-6);
            poisson *= 2.0 / static_cast<double>(n + 1);
        }
        QVERIFY(std::abs(nbdModel().noneWhileAlive(parameters, {3, 5.0, 7.0}, 4.0) - std::exp(-2.0)) <
                1e-6);
    }

    void countsSumToOneForBusyCustomersToo()
    {
        const auto p = negativeBinomial(400.0, 0.5, 200000, 50.0); // (1 - z)^400 underflows
        QVERIFY(std::abs(std::accumulate(p.begin(), p.end(), 0.0) - 1.0) < 1e-9);
    }
};

QTEST_APPLESS_MAIN(NbdTest)
#include "tst_nbd.moc"
