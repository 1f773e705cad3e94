#include "core/value/bg_nbd.h"
#include "core/value/covariates.h"
#include "simulate.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2 ± %3")
                            .arg(actual, 0, 'g', 12)
                            .arg(expected, 0, 'g', 12)
                            .arg(tolerance)));
}

struct Shop {
    CustomerSummary customers;
    CovariateTable covariates;
};

const FlipTruth kBaseline{0.8, 12.0, 0.7, 2.5, 1, false};
/// Effects of a 0/1 column and of one around 50, on α, a and b.
constexpr std::array<double, 6> kEffects{0.6, 0.02, -0.5, 0.01, 0.3, -0.01};
constexpr std::array<double, 6> kNone{};

Shop simulateShop(const std::array<double, 6> &effects, int customers, std::uint64_t seed)
{
    Shop shop;
    shop.covariates.names = {"is_app", "age"};
    shop.covariates.rows = static_cast<std::size_t>(customers);
    for (int i = 0; i < customers; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        const double app = rng.uniform() < 0.4 ? 1.0 : 0.0;
        const double age = 50.0 + 15.0 * rng.normal();
        const auto shift = [&](std::size_t e) { return effects[e] * app + effects[e + 1] * age; };
        const double rate = rng.gamma(kBaseline.r) / (kBaseline.alpha * std::exp(-shift(0)));
        const double dropout = rng.beta(kBaseline.a * std::exp(shift(2)),
                                        kBaseline.b * std::exp(shift(4)));
        const double T = 104.0 - 12.0 * rng.uniform();
        const std::vector<double> at = simulateFlips(kBaseline, rate, dropout, T, rng).purchases;
        CustomerSummary &s = shop.customers;
        s.user.push_back(i + 1);
        s.x.push_back(static_cast<std::int32_t>(at.size()));
        s.tx.push_back(at.empty() ? 0.0 : at.back());
        s.T.push_back(T);
        s.spendDays.push_back(0);
        s.meanSpend.push_back(0.0);
        s.realised.push_back(0.0);
        shop.covariates.values.insert(shop.covariates.values.end(), {app, age});
    }
    return shop;
}

/// The fit's likelihood, customer by customer through the plain model.
double likelihoodOf(const CovariateFit &fit, const Shop &shop)
{
    const FrequencyModel &model = **findFrequencyModel(fit.baseline.reportedModel);
    double sum = 0.0;
    for (std::size_t i = 0; i < shop.customers.size(); ++i) {
        const RepeatTable one{{shop.customers.x[i]}, {shop.customers.tx[i]}, {shop.customers.T[i]},
                              {1.0}, 1.0, {}};
        sum += model.logLikelihood(parametersFor(fit, shop.covariates.row(i)), one).value;
    }
    return sum;
}

Error errorOf(const Shop &shop)
{
    const auto fit = fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
    return fit ? Error{} : fit.error();
}

void everythingIsFinite(const CovariateFit &fit, const Shop &shop)
{
    for (const double p : fit.baseline.parameters) {
        QVERIFY(std::isfinite(p) && p > 0.0);
    }
    for (const CovariateTerm &term : fit.terms) {
        QVERIFY(std::isfinite(term.coefficient));
        QVERIFY(!term.standardError || std::isfinite(*term.standardError));
        QVERIFY(!term.z || std::isfinite(*term.z));
    }
    QVERIFY(std::isfinite(fit.likelihoodRatio) && fit.pValue >= 0.0 && fit.pValue <= 1.0);
    const auto p = predictWithCovariates(fit, shop.customers, shop.covariates, 26.0, Task());
    QVERIFY(p.ok());
    for (std::size_t i = 0; i < shop.customers.size(); ++i) {
        QVERIFY(std::isfinite(p->expectedOrders[i]) && p->pAlive[i] >= 0.0 && p->pAlive[i] <= 1.0);
    }
}

} // namespace

class CovariatesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recoversWhatWasSimulated()
    {
        const Shop shop = simulateShop(kEffects, 8000, 3);
        const CovariateFit fit =
            *fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
        QCOMPARE(fit.baseline.status, FitStatus::Converged);
        const std::array truth{kBaseline.r, kBaseline.alpha, kBaseline.a, kBaseline.b};
        for (std::size_t i = 0; i < truth.size(); ++i) {
            closeTo(std::log(fit.baseline.parameters[i] / truth[i]), 0.0,
                    3.5 * fit.baseline.logStandardErrors[i]);
        }
        QCOMPARE(fit.terms.size(), kEffects.size());
        for (std::size_t i = 0; i < kEffects.size(); ++i) {
            closeTo(fit.terms[i].coefficient, kEffects[i], 3.5 * *fit.terms[i].standardError);
            closeTo(*fit.terms[i].z, fit.terms[i].coefficient / *fit.terms[i].standardError, 1e-12);
            QVERIFY(!fit.terms[i].unbounded);
        }
        QCOMPARE(fit.terms[0].covariate, std::string("is_app"));
        QCOMPARE(fit.terms[0].parameter, std::string("alpha"));
        QCOMPARE(fit.terms[3].covariate, std::string("age"));
        QCOMPARE(fit.terms[3].parameter, std::string("a"));
        QVERIFY(*fit.terms[0].z > 10.0);
        QVERIFY(fit.likelihoodRatio > 100.0 && fit.pValue < 1e-10);
        QCOMPARE(fit.degreesOfFreedom, 6);
        everythingIsFinite(fit, shop);
    }

    /// The reported likelihood is the sum over customers of the plain model's at their own parameters,
    /// and any step away from the fit lowers it: the gradient that led there was right.
    void isTheMaximum()
    {
        const Shop shop = simulateShop(kEffects, 1500, 4);
        for (const char *name : {"bg-nbd", "mbg-nbd", "pareto-nbd", "nbd"}) {
            const CovariateFit fit =
                *fitWithCovariates(name, shop.customers, shop.covariates, {}, Task());
            QVERIFY(fit.baseline.usable());
            const double top = likelihoodOf(fit, shop);
            closeTo(top, fit.baseline.logLikelihood, 1e-9 * std::abs(top));
            for (std::size_t i = 0; i < fit.terms.size() + fit.baseline.parameters.size(); ++i) {
                for (const double step : {-1e-3, 1e-3}) {
                    CovariateFit away = fit;
                    if (i < fit.terms.size()) {
                        away.terms[i].coefficient += step * fit.terms[i].standardError.value_or(1.0);
                    } else {
                        away.baseline.parameters[i - fit.terms.size()] *= 1.0 + step;
                    }
                    QVERIFY(likelihoodOf(away, shop) < top);
                }
            }
        }
    }

    void gradientsOfACustomerAreDerivatives()
    {
        const std::vector<RepeatHistory> histories{
            {0, 0.0, 0.0}, {0, 0.0, 30.0}, {1, 2.0, 30.0}, {7, 30.0, 30.0}, {300, 25.0, 36.0}};
        Rng rng(6);
        for (const CovariateModel &model : covariateModels()) {
            const std::size_t k = model.model->parameterNames().size();
            for (const RepeatHistory &h : histories) {
                std::array<double, 4> at{};
                for (double &p : at) {
                    p = std::exp(rng.normal());
                }
                const auto ofCustomer = [&](const std::array<double, 4> &p) {
                    return model.ofCustomer(std::span(p).first(k), h);
                };
                const CustomerLikelihood here = ofCustomer(at);
                const RepeatTable one{{h.x}, {h.tx}, {h.T}, {1.0}, 1.0, {}};
                closeTo(here.value, model.model->logLikelihood(std::span(at).first(k), one).value,
                        1e-10 * (1.0 + std::abs(here.value)));
                for (std::size_t i = 0; i < k; ++i) {
                    constexpr double kStep = 1e-5;
                    auto up = at;
                    auto down = at;
                    up[i] *= std::exp(kStep);
                    down[i] *= std::exp(-kStep);
                    closeTo(here.logGradient[i],
                            (ofCustomer(up).value - ofCustomer(down).value) / (2.0 * kStep),
                            1e-6 * (1.0 + std::abs(here.value)));
                }
            }
        }
    }

    void withoutEffectsItIsThePlainModel()
    {
        const Shop shop = simulateShop(kNone, 3000, 5);
        CovariateFit fit = *fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
        QVERIFY(fit.baseline.logLikelihood >= fit.plain.logLikelihood);
        QVERIFY(fit.pValue > 0.001);
        for (CovariateTerm &term : fit.terms) {
            closeTo(term.coefficient, 0.0, 3.5 * *term.standardError);
            term.coefficient = 0.0;
        }
        QCOMPARE(fit.plain.parameters,
                 fitFrequencyModel("bg-nbd", shop.customers, {}, Task())->parameters);
        fit.baseline.parameters = fit.plain.parameters;
        for (std::size_t j = 0; j < 4; ++j) {
            closeTo(parametersFor(fit, shop.covariates.row(7))[j] / fit.plain.parameters[j], 1.0, 1e-14);
        }
        const auto with =
            *predictWithCovariates(fit, shop.customers, shop.covariates, 20.0, Task());
        const auto plain = *predictFrequency(fit.plain, shop.customers, 20.0, Task());
        for (std::size_t i = 0; i < shop.customers.size(); ++i) {
            closeTo(with.expectedOrders[i], plain.expectedOrders[i], 1e-12);
            closeTo(with.churnRisk[i], plain.churnRisk[i], 1e-12);
        }
    }

    void theUnitDoesNotMatter()
    {
        const Shop shop = simulateShop(kEffects, 1500, 4);
        Shop scaled = shop;
        for (std::size_t i = 0; i < scaled.covariates.rows; ++i) {
            double &age = scaled.covariates.values[2 * i + 1];
            age = 1e6 * (age + 40.0);
        }
        const auto one = *fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
        const auto two =
            *fitWithCovariates("bg-nbd", scaled.customers, scaled.covariates, {}, Task());
        closeTo(two.baseline.logLikelihood, one.baseline.logLikelihood, 1e-5);
        closeTo(two.terms[1].coefficient * 1e6, one.terms[1].coefficient, 1e-5);
        closeTo(*two.terms[1].standardError * 1e6, *one.terms[1].standardError, 1e-5);
        closeTo(parametersFor(two, scaled.covariates.row(9))[1],
                parametersFor(one, shop.covariates.row(9))[1], 1e-3);
    }

    void namesConstantAndCollinearColumns()
    {
        Shop shop = simulateShop(kEffects, 300, 6);
        CovariateTable &t = shop.covariates;
        const CovariateTable sound = t;
        const auto addColumn = [&](const char *name, auto value) {
            const CovariateTable before = t;
            t.names.emplace_back(name);
            t.values.clear();
            for (std::size_t i = 0; i < before.rows; ++i) {
                const auto row = before.row(i);
                t.values.insert(t.values.end(), row.begin(), row.end());
                t.values.push_back(value(row));
            }
        };
        addColumn("ones", [](auto) { return 1e9; });
        addColumn("zeros", [](auto) { return 0.0; });
        QCOMPARE(errorOf(shop).code, ErrorCode::InvalidArgument);
        QCOMPARE(errorOf(shop).where, std::string("covariates"));
        QCOMPARE(errorOf(shop).detail, std::string("constant: ones, zeros"));
        t = sound;
        addColumn("noise", [n = 0](auto) mutable { return std::sin(double(n++)); });
        addColumn("not_app", [](auto row) { return 1.0 - row[0]; });
        QCOMPARE(errorOf(shop).detail, std::string("collinear: is_app, not_app"));
        t = sound;
        t.values[3] = std::numeric_limits<double>::quiet_NaN();
        t.values[5] = std::numeric_limits<double>::infinity();
        t.values[0] = std::numeric_limits<double>::quiet_NaN();
        QCOMPARE(errorOf(shop).detail, std::string("missing: is_app 1, age 2"));
        t = sound;
        t.rows = 299;
        QCOMPARE(errorOf(shop).detail, std::string("rows"));
        t = {};
        QCOMPARE(errorOf(shop).detail, std::string("rows"));
        t = sound;
        const auto unknown = fitWithCovariates("bg-cnbd-k", shop.customers, t, {}, Task());
        QCOMPARE(unknown.ok() ? ErrorCode::Internal : unknown.error().code, ErrorCode::UnknownModel);
    }

    void separationIsSaid()
    {
        Shop shop = simulateShop(kNone, 2000, 7);
        // Nobody of the app ever came back.
        for (std::size_t i = 0; i < shop.customers.size(); ++i) {
            if (shop.covariates.row(i)[0] > 0.0) {
                shop.customers.x[i] = 0;
                shop.customers.tx[i] = 0.0;
            }
        }
        const auto fit = *fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
        QCOMPARE(fit.baseline.status, FitStatus::Boundary);
        QCOMPARE(fit.baseline.reason, std::string("unbounded_effect"));
        QVERIFY(fit.terms[0].unbounded);
        QVERIFY(fit.terms[0].coefficient < -3.0);
        QVERIFY(!fit.terms[1].unbounded); // of age and the rate the others tell
        everythingIsFinite(fit, shop);
    }

    void withoutChurnTheNbdIsReported()
    {
        Shop shop = simulateShop(kEffects, 600, 8);
        for (std::size_t i = 0; i < shop.customers.size(); ++i) {
            shop.customers.x[i] = 1 + static_cast<std::int32_t>(i % 7);
            shop.customers.tx[i] = shop.customers.T[i] - 0.1;
        }
        const auto fit = *fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
        QCOMPARE(fit.baseline.model, std::string("bg-nbd"));
        QCOMPARE(fit.baseline.reportedModel, std::string("nbd"));
        QCOMPARE(fit.baseline.status, FitStatus::Boundary);
        QCOMPARE(fit.baseline.reason, std::string("no_churn"));
        QCOMPARE(fit.terms.size(), std::size_t{2});
        everythingIsFinite(fit, shop);
    }

    void sameDataSameFitAndCancels()
    {
        const Shop shop = simulateShop(kEffects, 500, 9);
        const auto one = *fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
        const auto two = *fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, Task());
        QCOMPARE(one.baseline.parameters, two.baseline.parameters);
        QCOMPARE(one.covariance, two.covariance);
        std::stop_source stop;
        const Task stopsLater(stop.get_token(), [&](double fraction, std::string_view) {
            if (fraction >= 0.3) {
                stop.request_stop();
            }
        });
        const auto fit =
            fitWithCovariates("bg-nbd", shop.customers, shop.covariates, {}, stopsLater);
        QCOMPARE(fit.ok() ? ErrorCode::Internal : fit.error().code, ErrorCode::Cancelled);
        const auto prediction = predictWithCovariates(one, shop.customers, shop.covariates, 9.0,
                                                      Task(stop.get_token(), {}));
        QCOMPARE(prediction.ok() ? ErrorCode::Internal : prediction.error().code,
                 ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(CovariatesTest)
#include "tst_covariates.moc"
