#include "cdnow.h"
#include "core/base/rng.h"
#include "core/value/gamma_gamma.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace perennial;
using namespace perennial::test;

namespace {

CustomerSummary spenders(const std::vector<std::pair<int, double>> &daysAndMeans)
{
    CustomerSummary customers;
    for (const auto &[days, mean] : daysAndMeans) {
        customers.user.push_back(static_cast<std::int64_t>(customers.user.size()) + 1);
        customers.x.push_back(days);
        customers.tx.push_back(days);
        customers.T.push_back(days + 1.0);
        customers.spendDays.push_back(days);
        customers.meanSpend.push_back(mean);
        customers.realised.push_back(mean * days);
        customers.gross += mean * days;
    }
    return customers;
}

CustomerSummary simulateSpenders(double p, double q, double gamma, int n, std::uint64_t seed)
{
    std::vector<std::pair<int, double>> rows;
    for (int i = 0; i < n; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        const int days = 1 + static_cast<int>(rng.below(6));
        const double nu = rng.gamma(q) / gamma;
        rows.emplace_back(days, rng.gamma(p * days) / nu / days);
    }
    return spenders(rows);
}

void everythingIsFinite(const ModelFit &fit, const CustomerSummary &customers)
{
    QVERIFY(std::isfinite(fit.logLikelihood));
    for (const auto *values : {&fit.parameters, &fit.standardErrors, &fit.logCovariance}) {
        for (const double v : *values) {
            QVERIFY(std::isfinite(v));
        }
    }
    const auto spend = *predictSpend("gamma-gamma", fit.parameters, customers);
    for (const double v : spend.meanOrderValue) {
        QVERIFY(std::isfinite(v) && v >= 0.0);
    }
}

} // namespace

class GammaGammaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsCdnowAsPublished()
    {
        const Cdnow data = readCdnow();
        if (data.rows == 0) {
            QSKIP("no shared data");
        }
        const CustomerSummary customers = cdnowCalibration(data);
        const ModelFit fit = *fitSpendModel("gamma-gamma", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        QCOMPARE(fit.customers, 946);
        QCOMPARE(fit.excluded, 2357 - 946);
        const std::array published{6.249349, 3.744256, 15.444307};
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(std::abs(fit.parameters[i] / published[i] - 1.0) < 1e-4);
        }
        QVERIFY(std::abs(fit.logLikelihood + 4055.9177) < 5e-5);
        QVERIFY(fit.logLikelihood >=
                gammaGammaModel().logLikelihood(published, customers).value - 1e-9);
        const auto spend = *predictSpend("gamma-gamma", fit.parameters, customers);
        const std::array expected{24.65, 18.91, 35.17, 35.17, 35.17,
                                  71.46, 18.91, 35.17, 27.28, 35.17};
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(std::abs(spend.meanOrderValue[i] - expected[i]) < 0.0051);
        }
        QVERIFY(!spend.isObservedMean);
    }

    void gradientIsTheDerivative()
    {
        const CustomerSummary customers = simulateSpenders(4.0, 3.0, 20.0, 300, 3);
        for (const auto &at : {std::array{6.0, 3.7, 15.0}, std::array{0.4, 1.2, 200.0},
                               std::array{90.0, 40.0, 3.0}, std::array{2.0, 1e4, 2e5}}) {
            const LogLikelihood here = gammaGammaModel().logLikelihood(at, customers);
            for (std::size_t i = 0; i < 3; ++i) {
                constexpr double h = 1e-5;
                auto up = at;
                auto down = at;
                up[i] *= std::exp(h);
                down[i] *= std::exp(-h);
                const double slope = (gammaGammaModel().logLikelihood(up, customers).value -
                                      gammaGammaModel().logLikelihood(down, customers).value) /
                                     (2.0 * h);
                QVERIFY(std::abs(here.logGradient[i] - slope) <
                        1e-6 * (1.0 + std::abs(here.value)));
            }
        }
    }

    void logLikelihoodKeepsItsDigitsWhereLogGammasCancel()
    {
        struct Case {
            std::array<double, 3> parameters;
            int days;
            double mean, expected; // in 60-digit arithmetic
        };
        for (const Case &c : {Case{{2.0, 1e6, 5e5}, 3, 1.1, -0.1603868483847437},
                              Case{{1e6, 1e6, 1.0}, 4, 0.999, 5.477764894481174},
                              Case{{250.0, 0.5, 0.001}, 2, 30.0, -6.375899793089762},
                              Case{{2.0, 150.0, 80.0}, 1, 1.5, -1.154283637414601},
                              Case{{0.01, 1e6, 1e8}, 3, 0.2, -2.040013020012936},
                              Case{{6.249349, 3.744256, 15.444307}, 2, 30.0, -3.847028766427923}}) {
            const double found = gammaGammaModel()
                                     .logLikelihood(c.parameters, spenders({{c.days, c.mean}}))
                                     .value;
            QVERIFY(std::abs(found - c.expected) < 1e-11);
        }
    }

    void recoversWhatWasSimulated()
    {
        const ModelFit fit = *fitSpendModel(
            "gamma-gamma", simulateSpenders(4.0, 3.0, 20.0, 20000, 5), {}, Task());
        QCOMPARE(fit.status, FitStatus::Converged);
        const std::array truth{4.0, 3.0, 20.0};
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(std::abs(fit.parameters[i] - truth[i]) < 4.0 * fit.standardErrors[i]);
        }
    }

    void theUnitOfMoneyDoesNotMatter()
    {
        CustomerSummary customers = simulateSpenders(4.0, 3.0, 20.0, 2000, 5);
        const ModelFit one = *fitSpendModel("gamma-gamma", customers, {}, Task());
        for (double &mean : customers.meanSpend) {
            mean *= 1e6;
        }
        const ModelFit million = *fitSpendModel("gamma-gamma", customers, {}, Task());
        QVERIFY(std::abs(million.parameters[0] / one.parameters[0] - 1.0) < 1e-8);
        QVERIFY(std::abs(million.parameters[2] / one.parameters[2] / 1e6 - 1.0) < 1e-8);
        QVERIFY(std::abs(million.standardErrors[2] / one.standardErrors[2] / 1e6 - 1.0) < 1e-6);
    }

    void shrinksTowardsThePopulation()
    {
        const std::array parameters{6.0, 4.0, 15.0};
        const double population = 6.0 * 15.0 / 3.0;
        const SpendModel &model = gammaGammaModel();
        QCOMPARE(model.expectedSpend(parameters, 0, 0.0), population);
        QCOMPARE(model.expectedSpend(parameters, 3, -5.0), population);
        const double once = model.expectedSpend(parameters, 1, 100.0);
        const double often = model.expectedSpend(parameters, 50, 100.0);
        QVERIFY(population < once && once < often && often < 100.0);
    }

    void customersWhoAllSpendAlikeAreAFit()
    {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            std::vector<std::pair<int, double>> rows;
            double spent = 0.0;
            double days = 0.0;
            for (int i = 0; i < 3000; ++i) {
                Rng rng(seed, static_cast<std::uint64_t>(i));
                const int n = 1 + static_cast<int>(rng.below(6));
                rows.emplace_back(n, 40.0 * rng.gamma(2.0 * n) / (2.0 * n));
                spent += rows.back().second * n;
                days += n;
            }
            const CustomerSummary customers = spenders(rows);
            const ModelFit fit = *fitSpendModel("gamma-gamma", customers, {}, Task());
            QVERIFY(fit.usable());
            everythingIsFinite(fit, customers);
            QVERIFY(std::abs(fit.parameters[0] - 2.0) < 0.2);
            const double mean = gammaGammaModel().expectedSpend(fit.parameters, 0, 0.0);
            QVERIFY(std::abs(mean / (spent / days) - 1.0) < 0.01);
            // Half of such samples show no difference at all.
            QVERIFY(fit.status == FitStatus::Converged || fit.reason == "homogeneous_spend");
        }
    }

    void onePriceForAllIsAFit()
    {
        const CustomerSummary customers =
            spenders(std::vector<std::pair<int, double>>(100, {4, 19.99}));
        const ModelFit fit = *fitSpendModel("gamma-gamma", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Boundary);
        QCOMPARE(fit.reason, std::string("homogeneous_spend"));
        QVERIFY(std::abs(gammaGammaModel().expectedSpend(fit.parameters, 4, 19.99) - 19.99) < 1e-4);
    }

    void leavesOutAndCountsWhatHasNoSpend()
    {
        CustomerSummary customers = simulateSpenders(4.0, 3.0, 20.0, 500, 1);
        customers.meanSpend[3] = 0.0;
        customers.meanSpend[7] = -12.0;
        customers.spendDays[9] = 0;
        const ModelFit fit = *fitSpendModel("gamma-gamma", customers, {}, Task());
        QCOMPARE(fit.customers, 497);
        QCOMPARE(fit.excluded, 3);
        everythingIsFinite(fit, customers);
    }

    void oddSamplesStayFinite()
    {
        const std::vector<std::vector<std::pair<int, double>>> samples{
            {{1, 10.0}},
            {{3, 10.0}, {2, 30.0}},
            std::vector<std::pair<int, double>>(100, {4, 19.99}), // one price for all
            {{5, 1e-4}, {5, 1e9}, {1, 3.0}, {2, 7.0}},
            {{100000, 12.0}, {1, 13.0}, {7, 8.0}},
        };
        for (const auto &sample : samples) {
            const CustomerSummary customers = spenders(sample);
            const auto fit = fitSpendModel("gamma-gamma", customers, {}, Task());
            QVERIFY(fit.ok());
            QVERIFY(fit->status == FitStatus::Converged || !fit->reason.empty());
            everythingIsFinite(*fit, customers);
        }
    }

    void aTailWithoutMeanFallsBackToTheObservedOne()
    {
        const CustomerSummary customers = simulateSpenders(2.0, 0.8, 20.0, 5000, 4);
        const ModelFit fit = *fitSpendModel("gamma-gamma", customers, {}, Task());
        QCOMPARE(fit.status, FitStatus::Boundary);
        QCOMPARE(fit.reason, std::string("infinite_mean"));
        const auto spend = *predictSpend("gamma-gamma", fit.parameters, customers);
        QVERIFY(spend.isObservedMean);
        QCOMPARE(spend.meanOrderValue[0], observedMeanSpend(customers));
        QCOMPARE(spend.meanOrderValue[1], spend.meanOrderValue[0]);
    }

    void nobodyToLearnFrom()
    {
        const auto fit = fitSpendModel("gamma-gamma", spenders({{0, 0.0}, {2, -3.0}}), {}, Task());
        QVERIFY(!fit.ok());
        QCOMPARE(fit.error().code, ErrorCode::NoRepeatBuyers);
        QCOMPARE(fitSpendModel("lognormal", {}, {}, Task()).error().code, ErrorCode::UnknownModel);
    }
};

QTEST_APPLESS_MAIN(GammaGammaTest)
#include "tst_gamma_gamma.moc"
