#include "core/base/rng.h"
#include "core/value/covariates.h"

#include <QtTest>

#include <array>
#include <cmath>

using namespace perennial;

namespace {

constexpr std::array kTruth{0.8, 12.0, 0.7, 15.0};
/// Effects of a 0/1 column and of one around 50, on alpha and on beta.
constexpr std::array<double, 4> kEffects{0.6, 0.02, -0.7, 0.015};

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2 ± %3").arg(actual).arg(expected).arg(tolerance)));
}

struct Shop {
    CustomerSummary customers;
    CovariateTable covariates;
};

/// @param leaves whether anybody does.
Shop simulateShop(const std::array<double, 4> &effects, int customers, std::uint64_t seed,
                  bool leaves = true)
{
    Shop shop;
    shop.covariates.names = {"is_app", "age"};
    shop.covariates.rows = static_cast<std::size_t>(customers);
    for (int i = 0; i < customers; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        const double app = rng.uniform() < 0.4 ? 1.0 : 0.0;
        const double age = 50.0 + 15.0 * rng.normal();
        const double alpha = kTruth[1] * std::exp(-effects[0] * app - effects[1] * age);
        const double beta = kTruth[3] * std::exp(-effects[2] * app - effects[3] * age);
        const double rate = rng.gamma(kTruth[0]) / alpha;
        const double hazard = rng.gamma(kTruth[2]) / beta;
        const double T = 104.0 - 12.0 * rng.uniform();
        const double end = leaves ? std::min(T, rng.exponential() / hazard) : T;
        std::int32_t x = 0;
        double tx = 0.0;
        for (double at = rng.exponential() / rate; at < end; at += rng.exponential() / rate) {
            ++x;
            tx = at;
        }
        CustomerSummary &s = shop.customers;
        s.user.push_back(i + 1);
        s.x.push_back(x);
        s.tx.push_back(tx);
        s.T.push_back(T);
        s.spendDays.push_back(0);
        s.meanSpend.push_back(0.0);
        s.realised.push_back(0.0);
        shop.covariates.values.insert(shop.covariates.values.end(), {app, age});
    }
    return shop;
}

} // namespace

// The machinery is tested with the BG/NBD in tst_covariates.cpp; here is what the Pareto/NBD makes
// of it. Fader & Hardie (2007) give alpha and beta of a customer, and no figures.
class ParetoCovariatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recoversWhatWasSimulated()
    {
        const Shop shop = simulateShop(kEffects, 8000, 3);
        const CovariateFit fit =
            *fitWithCovariates("pareto-nbd", shop.customers, shop.covariates, {}, Task());
        QCOMPARE(fit.baseline.status, FitStatus::Converged);
        for (std::size_t i = 0; i < kTruth.size(); ++i) {
            closeTo(std::log(fit.baseline.parameters[i] / kTruth[i]), 0.0,
                    3.5 * fit.baseline.logStandardErrors[i]);
        }
        QCOMPARE(fit.terms.size(), kEffects.size());
        for (std::size_t i = 0; i < kEffects.size(); ++i) {
            closeTo(fit.terms[i].coefficient, kEffects[i], 3.5 * *fit.terms[i].standardError);
        }
        QCOMPARE(fit.terms[0].parameter, std::string("alpha"));
        QCOMPARE(fit.terms[2].parameter, std::string("beta"));
        QVERIFY(fit.likelihoodRatio > 100.0);
        QCOMPARE(fit.degreesOfFreedom, 4);
        const auto p = *predictWithCovariates(fit, shop.customers, shop.covariates, 26.0, Task());
        for (std::size_t i = 0; i < shop.customers.size(); ++i) {
            QVERIFY(p.pAlive[i] >= 0.0 && p.pAlive[i] <= 1.0);
            QVERIFY(std::isfinite(p.expectedOrders[i]) && p.expectedOrders[i] >= 0.0);
        }
    }

    void withoutEffectsItIsThePlainModel()
    {
        const Shop shop = simulateShop({}, 3000, 5);
        const CovariateFit fit =
            *fitWithCovariates("pareto-nbd", shop.customers, shop.covariates, {}, Task());
        QVERIFY(fit.baseline.logLikelihood >= fit.plain.logLikelihood);
        QVERIFY(fit.pValue > 0.001);
        for (const CovariateTerm &term : fit.terms) {
            closeTo(term.coefficient, 0.0, 3.5 * *term.standardError);
        }
    }

    void withoutChurnTheNbdIsReported()
    {
        const Shop shop = simulateShop(kEffects, 2000, 7, false);
        const CovariateFit fit =
            *fitWithCovariates("pareto-nbd", shop.customers, shop.covariates, {}, Task());
        QVERIFY(fit.baseline.usable());
        if (fit.baseline.reportedModel == "nbd") {
            QCOMPARE(fit.baseline.reason, std::string("no_churn"));
            QCOMPARE(fit.terms.size(), std::size_t{2});
        }
    }
};

QTEST_APPLESS_MAIN(ParetoCovariatesTest)
#include "tst_pareto_covariates.moc"
