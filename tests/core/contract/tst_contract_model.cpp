#include "core/base/rng.h"
#include "core/contract/contract_model.h"
#include "core/contract/contract_value.h"
#include "core/numeric/special.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <stop_token>

using namespace perennial;

namespace {

using Family = ContractFamily;

void closeTo(double actual, double expected, double tolerance)
{
    QVERIFY2(std::abs(actual - expected) <= tolerance, qPrintable(QString("%1 is not %2 ± %3")
                                                                      .arg(actual, 0, 'g', 12)
                                                                      .arg(expected, 0, 'g', 12)
                                                                      .arg(tolerance)));
}

/// Survivors of the two segments of Fader & Hardie (2007), years 0 … 12.
struct Published {
    std::vector<double> regular, highEnd;
};

Published readPublished()
{
    Published published;
    QFile file(QStringLiteral(PERENNIAL_SHARED_DIR "/data/sbg/sbg_fader_hardie.csv"));
    if (!file.open(QIODevice::ReadOnly)) {
        return published;
    }
    file.readLine();
    while (!file.atEnd()) {
        const QList<QByteArray> fields = file.readLine().trimmed().split(',');
        published.regular.push_back(fields[1].toDouble());
        published.highEnd.push_back(fields[2].toDouble());
    }
    return published;
}

ContractTable cohort(std::vector<double> survivors, std::size_t decisions)
{
    survivors.resize(decisions + 1);
    return *contractTable(*contractsOfCohort(survivors));
}

ModelFit fitOf(std::string_view model, const ContractTable &contracts)
{
    return *fitContractModel(model, contracts, {}, Task());
}

/// A cohort whose shares are exactly those of a model.
ContractTable expectedCohort(Family family, std::span<const double> parameters, double customers,
                             std::int32_t decisions)
{
    std::vector<double> survivors;
    for (std::int32_t t = 0; t <= decisions; ++t) {
        survivors.push_back(customers * contractSurvival(family, parameters, t));
    }
    return *contractTable(*contractsOfCohort(survivors));
}

/// Contracts of customers with a Beta churn, cohorts of different ages.
std::vector<ContractRow> simulate(double alpha, double beta, double c, int n, std::uint64_t seed)
{
    std::vector<ContractRow> rows;
    for (int i = 0; i < n; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        const double logStay = std::log1p(-rng.beta(alpha, beta));
        const double lifetime = std::pow(std::log(rng.uniform()) / logStay, 1.0 / c);
        const std::int32_t age = 3 + i % 8;
        const bool active = lifetime > age;
        rows.push_back(
            {active ? age : static_cast<std::int32_t>(std::floor(lifetime)) + 1, active, 1.0});
    }
    return rows;
}

void everythingIsFinite(const ModelFit &fit)
{
    QVERIFY(std::isfinite(fit.logLikelihood));
    for (const auto *values : {&fit.parameters, &fit.standardErrors, &fit.logCovariance}) {
        QVERIFY(
            std::all_of(values->begin(), values->end(), [](double v) { return std::isfinite(v); }));
    }
    const auto forecast = forecastContracts(fit, {40, 0.9, 50, 1});
    QVERIFY(forecast.ok());
    for (std::size_t t = 0; t < forecast->survival.size(); ++t) {
        for (const double v : {forecast->survival[t], forecast->lower[t], forecast->upper[t],
                               forecast->retention[t]}) {
            QVERIFY(v >= 0.0 && v <= 1.0);
        }
        QVERIFY(forecast->lower[t] <= forecast->upper[t]);
    }
    const Family family = *contractFamilyFromName(fit.reportedModel);
    const double derl = *discountedResidualLifetime(family, fit.parameters, 1, 0.1);
    QVERIFY(derl >= 0.0 && derl <= 11.0 + 1e-9);
}

constexpr std::array kSbg{0.668088, 3.806096};

} // namespace

class ContractModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fitsTheSegmentsAsPublished()
    {
        const Published published = readPublished();
        if (published.regular.empty()) {
            QSKIP("no shared data");
        }
        const ModelFit regular = fitOf("sbg", cohort(published.regular, 7));
        QCOMPARE(regular.status, FitStatus::Converged);
        QCOMPARE(regular.customers, 1000);
        closeTo(regular.parameters[0], 0.704077, 5.1e-7);
        closeTo(regular.parameters[1], 1.182043, 5.1e-7);
        closeTo(regular.logLikelihood, -1680.2652, 5.1e-5);
        const ModelFit highEnd = fitOf("sbg", cohort(published.highEnd, 7));
        closeTo(highEnd.parameters[0], 0.668088, 5.1e-7);
        closeTo(highEnd.parameters[1], 3.806096, 2e-6);
        // The published point is not above ours.
        const std::array there{0.668088, 3.806096};
        QVERIFY(highEnd.logLikelihood >=
                contractLogLikelihood(Family::Sbg, there, cohort(published.highEnd, 7)).value);
        closeTo(highEnd.logLikelihood, -1611.1581, 5.1e-5);
        closeTo(contractSurvival(Family::Sbg, highEnd.parameters, 12), 0.3780, 5.1e-5);
    }

    void residualLifetimesAsPublished()
    {
        const std::array parameters{3.80, 15.20};
        const std::array published{3.3098, 3.4510, 3.5865, 3.7168, 3.8421};
        for (std::size_t n = 0; n < published.size(); ++n) {
            closeTo(*discountedResidualLifetime(Family::Sbg, parameters,
                                                static_cast<std::int32_t>(n) + 1, 0.1),
                    published[n], 5.1e-5);
        }
    }

    /// DEL is 1 + DERL of the first period a period later; one churn for all gives a geometric sum.
    void lifetimesOfLimitingCases()
    {
        const double del = *discountedLifetime(Family::Sbg, kSbg, 0.1);
        const double derl = *discountedResidualLifetime(Family::Sbg, kSbg, 1, 0.1);
        closeTo(del, 1.0 + derl / 1.1, 1e-12);
        const std::array lambda{-std::log(0.8)};
        closeTo(*discountedLifetime(Family::Geometric, lambda, 0.25), 1.0 / (1.0 - 0.8 / 1.25),
                1e-11);
        closeTo(*discountedResidualLifetime(Family::Geometric, lambda, 9, 1e-5),
                0.8 / (1.0 - 0.8 / (1.0 + 1e-5)), 1e-10);
        for (const double d : {0.0, -0.1, 11.0, std::nan("")}) {
            QCOMPARE(discountedLifetime(Family::Sbg, kSbg, d).error().where,
                     std::string("discount"));
        }
        QCOMPARE(discountedResidualLifetime(Family::Sbg, kSbg, 0, 0.1).error().where,
                 std::string("period"));
    }

    /// The published recursion P(1) = α/(α+β), P(t) = P(t−1) (β+t−2)/(α+β+t−1).
    void survivalFollowsThePublishedRecursion()
    {
        for (const auto &p : {std::array{0.7, 1.2}, std::array{1e-5, 2e-4}, std::array{300.0, 5e5},
                              std::array{2e5, 3.0}}) {
            double probability = p[0] / (p[0] + p[1]);
            double survival = 1.0 - probability;
            for (std::int32_t t = 1; t <= 30; ++t) {
                if (t > 1) {
                    probability *= (p[1] + t - 2.0) / (p[0] + p[1] + t - 1.0);
                    survival -= probability;
                }
                closeTo(contractSurvival(Family::Sbg, p, t), survival, 1e-11);
                closeTo(contractRetention(Family::Sbg, p, t),
                        (p[1] + t - 1.0) / (p[0] + p[1] + t - 1.0), 1e-12);
                closeTo(contractHazard(Family::Sbg, p, t), p[0] / (p[0] + p[1] + t - 1.0), 1e-10);
            }
        }
    }

    void withoutShapeTheBdwIsTheSbg()
    {
        const std::array shaped{kSbg[0], kSbg[1], 1.0};
        const ContractTable contracts = *contractTable(simulate(0.7, 1.5, 1.0, 500, 3));
        const LogLikelihood one = contractLogLikelihood(Family::Sbg, kSbg, contracts);
        const LogLikelihood other = contractLogLikelihood(Family::Bdw, shaped, contracts);
        closeTo(other.value, one.value, 1e-10);
        closeTo(other.logGradient[0], one.logGradient[0], 1e-10);
        closeTo(other.logGradient[1], one.logGradient[1], 1e-10);
        closeTo(*discountedLifetime(Family::Bdw, shaped, 0.1),
                *discountedLifetime(Family::Sbg, kSbg, 0.1), 1e-11);
        const ModelFit fit = fitOf("bdw", expectedCohort(Family::Sbg, kSbg, 1000, 12));
        QCOMPARE(fit.status, FitStatus::Converged);
        closeTo(fit.parameters[0], kSbg[0], 1e-5);
        closeTo(fit.parameters[2], 1.0, 1e-5);
    }

    /// Survival against a direct ratio of gammas.
    void shapedSurvivalIsTheRatioOfBetas()
    {
        const std::array p{0.5, 2.5, 1.7};
        for (const std::int32_t t : {0, 1, 2, 9, 40}) {
            const double age = std::pow(static_cast<double>(t), 1.7);
            const double log =
                logGamma(2.5 + age) + logGamma(3.0) - logGamma(3.0 + age) - logGamma(2.5);
            closeTo(contractSurvival(Family::Bdw, p, t), std::exp(log), 1e-12);
        }
    }

    void gradientIsTheDerivative()
    {
        const ContractTable contracts = *contractTable(simulate(0.7, 1.5, 1.3, 400, 3));
        const auto check = [&](Family family, std::vector<double> at) {
            const LogLikelihood here = contractLogLikelihood(family, at, contracts);
            for (std::size_t i = 0; i < at.size(); ++i) {
                constexpr double h = 1e-5;
                auto up = at;
                auto down = at;
                up[i] *= std::exp(h);
                down[i] *= std::exp(-h);
                const double slope = (contractLogLikelihood(family, up, contracts).value -
                                      contractLogLikelihood(family, down, contracts).value) /
                                     (2.0 * h);
                closeTo(here.logGradient[i], slope, 1e-6 * (1.0 + std::abs(here.value)));
            }
        };
        check(Family::Sbg, {0.7, 1.2});
        check(Family::Sbg, {40.0, 600.0});
        check(Family::Sbg, {1e-3, 1e-2});
        check(Family::Bdw, {0.7, 1.2, 1.4});
        check(Family::Bdw, {30.0, 90.0, 0.4});
        check(Family::Bdw, {0.01, 0.2, 3.0});
        check(Family::Geometric, {0.3});
        check(Family::DiscreteWeibull, {0.2, 1.6});
    }

    void recoversWhatWasSimulated()
    {
        const ModelFit sbg = fitOf("sbg", *contractTable(simulate(0.8, 2.0, 1.0, 40000, 5)));
        QCOMPARE(sbg.status, FitStatus::Converged);
        closeTo(sbg.parameters[0], 0.8, 4.0 * sbg.standardErrors[0]);
        closeTo(sbg.parameters[1], 2.0, 4.0 * sbg.standardErrors[1]);
        const ModelFit bdw = fitOf("bdw", *contractTable(simulate(0.8, 4.0, 1.5, 40000, 6)));
        QCOMPARE(bdw.status, FitStatus::Converged);
        closeTo(bdw.parameters[0], 0.8, 4.0 * bdw.standardErrors[0]);
        closeTo(bdw.parameters[1], 4.0, 4.0 * bdw.standardErrors[1]);
        closeTo(bdw.parameters[2], 1.5, 4.0 * bdw.standardErrors[2]);
    }

    /// Nine of ten intervals hold the truth, over many simulated samples.
    void intervalsCoverTheTruth()
    {
        const std::array truth{0.8, 2.0};
        int covered = 0;
        constexpr int kSamples = 200;
        for (int sample = 0; sample < kSamples; ++sample) {
            const auto rows =
                simulate(0.8, 2.0, 1.0, 600, static_cast<std::uint64_t>(1000 + sample));
            const ContractForecast forecast =
                *forecastContracts(fitOf("sbg", *contractTable(rows)), {12, 0.9, 200, 1});
            const double wanted = contractSurvival(Family::Sbg, truth, 12);
            covered += wanted >= forecast.lower[12] && wanted <= forecast.upper[12] ? 1 : 0;
        }
        QVERIFY2(covered >= 170 && covered <= 192, qPrintable(QString::number(covered)));
    }

    void customersAlikeAreNamedAsSuch()
    {
        const std::array lambda{-std::log(0.75)};
        const ModelFit sbg = fitOf("sbg", expectedCohort(Family::Geometric, lambda, 5000, 10));
        QCOMPARE(sbg.status, FitStatus::Boundary);
        QCOMPARE(sbg.reason, std::string("homogeneous_churn"));
        QCOMPARE(sbg.model, std::string("sbg"));
        QCOMPARE(sbg.reportedModel, std::string("geometric"));
        closeTo(sbg.parameters[0], lambda[0], 1e-7);
        everythingIsFinite(sbg);
        // Hazards that rise: no mixture of constant ones can.
        const std::array rising{0.05, 1.8};
        const ContractTable contracts = expectedCohort(Family::DiscreteWeibull, rising, 5000, 8);
        QCOMPARE(fitOf("sbg", contracts).reason, std::string("homogeneous_churn"));
        const ModelFit bdw = fitOf("bdw", contracts);
        QCOMPARE(bdw.reason, std::string("homogeneous_churn"));
        QCOMPARE(bdw.reportedModel, std::string("discrete-weibull"));
        closeTo(bdw.parameters[0], 0.05, 1e-6);
        closeTo(bdw.parameters[1], 1.8, 1e-6);
        everythingIsFinite(bdw);
    }

    void oddSamplesStayFinite()
    {
        const std::vector<std::vector<double>> samples{
            {10, 4},                     // one decision
            {10, 0},                     // nobody stays
            {1, 0},                      // one customer
            {1000, 500, 500, 500, 500},  // churn at once or never
            {1000, 1000, 1000, 1000, 1}, // nearly all at the end
            {1e12, 9e11, 5e11, 1e11, 0}, // huge
            {0.5, 0.4, 0.35, 0.33},      // shares
            {1000, 999.999, 999.998},    // next to no churn
        };
        for (const auto &survivors : samples) {
            for (const std::string_view model : contractModelNames()) {
                const auto contracts = contractTable(*contractsOfCohort(survivors));
                const auto fit = fitContractModel(model, *contracts, {}, Task());
                QVERIFY(fit.ok());
                QVERIFY(fit->status == FitStatus::Converged || !fit->reason.empty());
                QVERIFY2(fit->usable(), qPrintable(QString::number(survivors[1])));
                everythingIsFinite(*fit);
            }
        }
        std::vector<ContractRow> old(3, {kMostContractPeriods, true, 1.0});
        old[0] = {kMostContractPeriods, false, 5.0};
        const auto fit = fitContractModel("bdw", *contractTable(old), {}, Task());
        QVERIFY(fit.ok());
        if (fit->usable()) {
            everythingIsFinite(*fit);
        }
    }

    void badTablesAreRefused()
    {
        const auto code = [](std::vector<double> survivors) {
            const auto rows = contractsOfCohort(survivors);
            return rows.ok() ? ErrorCode::Internal : rows.error().code;
        };
        QCOMPARE(code({}), ErrorCode::TooLittleData);
        QCOMPARE(code({5}), ErrorCode::TooLittleData);
        QCOMPARE(code({0, 0}), ErrorCode::TooLittleData);
        QCOMPARE(code({5, 6}), ErrorCode::BadData);
        QCOMPARE(code({5, -1}), ErrorCode::BadData);
        QCOMPARE(code({5, std::nan("")}), ErrorCode::BadData);
        QCOMPARE(code({std::numeric_limits<double>::infinity(), 1}), ErrorCode::BadData);
        const auto refused = [](ContractRow row) {
            return contractTable(std::array{ContractRow{1, true, 2.0}, row}).error();
        };
        QCOMPARE(refused({0, false, 1.0}).code, ErrorCode::BadData);
        QCOMPARE(refused({-1, true, 1.0}).detail, std::string("1"));
        QCOMPARE(refused({kMostContractPeriods + 1, true, 1.0}).code, ErrorCode::BadData);
        QCOMPARE(refused({1, true, -1.0}).code, ErrorCode::BadData);
        QCOMPARE(contractTable({}).error().code, ErrorCode::TooLittleData);
        const auto none = fitContractModel("sbg", cohort({10, 10, 10}, 2), {}, Task());
        QCOMPARE(none.error().code, ErrorCode::TooLittleData);
        QCOMPARE(none.error().detail, std::string("no_churn"));
        const ContractTable young = *contractTable(std::array{ContractRow{0, true, 9.0}});
        QCOMPARE(fitContractModel("sbg", young, {}, Task()).error().detail, std::string("periods"));
        QCOMPARE(fitContractModel("bg-nbd", young, {}, Task()).error().code,
                 ErrorCode::UnknownModel);
    }

    void equalContractsAreMerged()
    {
        const std::vector<ContractRow> rows = simulate(0.8, 2.0, 1.0, 3000, 5);
        const ContractTable table = *contractTable(rows);
        QCOMPARE(table.customers, 3000.0);
        QVERIFY(table.rows.size() <= 20);
        double one = 0.0;
        for (const ContractRow &row : rows) {
            one += contractLogLikelihood(Family::Sbg, kSbg, {{row}, 1.0}).value;
        }
        closeTo(contractLogLikelihood(Family::Sbg, kSbg, table).value, one, 1e-8);
    }

    void sameSeedSameInterval()
    {
        const ModelFit fit = fitOf("sbg", cohort({100, 60, 45, 38, 33}, 4));
        QCOMPARE(forecastContracts(fit, {})->lower, forecastContracts(fit, {})->lower);
        ContractForecastOptions other;
        other.seed = 2;
        QVERIFY(forecastContracts(fit, other)->lower != forecastContracts(fit, {})->lower);
        QCOMPARE(forecastContracts(ModelFit{}, {}).error().code, ErrorCode::NotTrained);
        other.level = 1.0;
        QCOMPARE(forecastContracts(fit, other).error().where, std::string("level"));
    }

    void cancelsMidway()
    {
        std::stop_source stop;
        int reports = 0;
        const Task task(stop.get_token(), [&](double, std::string_view) {
            if (++reports == 2) {
                stop.request_stop();
            }
        });
        const auto fit = fitContractModel("bdw", cohort({100, 60, 45, 38, 33}, 4), {}, task);
        QCOMPARE(fit.error().code, ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(ContractModelTest)
#include "tst_contract_model.moc"
