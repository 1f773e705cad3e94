#include "core/base/rng.h"
#include "core/survival/weibull_aft.h"
#include "core/survival/weibull_likelihood.h"
#include "tests/core/survival/close_to.h"
#include "tests/core/survival/shared_sample.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

struct Table {
    std::vector<double> durations;
    std::vector<std::int8_t> observed;
    std::vector<std::vector<double>> covariates;

    WeibullData data() const
    {
        return {durations, observed, {covariates.begin(), covariates.end()}};
    }
};

/// log T = 2 + 0.5 x₀ − 0.8 x₁ + 0.6 W, censored on the way.
Table madeUp(std::size_t rows, std::uint64_t seed)
{
    Rng rng(seed);
    Table table;
    table.covariates.resize(2);
    for (std::size_t i = 0; i < rows; ++i) {
        const double x0 = rng.normal(), x1 = rng.uniform() < 0.4 ? 1.0 : 0.0;
        const double log = 2.0 + 0.5 * x0 - 0.8 * x1 + 0.6 * std::log(rng.exponential());
        const double end = 20.0 * rng.uniform();
        table.durations.push_back(std::min(std::exp(log), end));
        table.observed.push_back(std::exp(log) <= end ? 1 : 0);
        table.covariates[0].push_back(x0);
        table.covariates[1].push_back(x1);
    }
    return table;
}

WeibullFit fitted(const Table &table)
{
    return *fitWeibullAft(table.data(), Task());
}

} // namespace

class WeibullAftTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rossiAsPublished()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        Table table{shared.numbers("week"), shared.flags("arrest", "1"), {}};
        for (const char *column : {"fin", "age", "race", "wexp", "mar", "paro", "prio"}) {
            table.covariates.push_back(shared.numbers(column));
        }
        const WeibullFit fit = fitted(table);
        QCOMPARE(fit.status, SurvivalFitStatus::Converged);
        closeTo(fit.shape, 1.403695, 6e-7);
        closeTo(fit.logLikelihood, -679.91656, 6e-6);
        // survreg of R's survival 3.5-3, rel.tolerance = 1e-14.
        const std::array coefficients{.27216335974596,  .04071379832427, -.22480244317318,
                                      .10655658690573,  .31127326495467, .05882725261619,
                                      -.06581690482200};
        const std::array errors{.13796191684895, .01600355107545, .22015888360025,
                                .15154096705019, .27330224660304, .13963823972288,
                                .02094057528005};
        for (std::size_t k = 0; k < 7; ++k) {
            closeTo(*fit.terms[k].coefficient, coefficients[k], 1e-9);
            closeTo(*fit.terms[k].standardError, errors[k], 1e-9);
        }
        closeTo(*fit.intercept.coefficient, 3.99013479720469, 1e-8);
        closeTo(*fit.intercept.standardError, .41909518917920, 1e-9);
        closeTo(*fit.logScaleError, .08902669069933, 1e-9);
        closeTo(fit.nullLogLikelihood, -696.6243969478, 1e-9);
        QCOMPARE(fit.likelihoodRatio.df, 7);
        table.covariates.clear();
        const WeibullFit alone = fitted(table);
        closeTo(*alone.intercept.coefficient, 4.817674107545, 1e-9);
        closeTo(*alone.intercept.standardError, .10787560963495, 1e-9);
        closeTo(alone.scale(), .7325249597479, 1e-9);
        closeTo(alone.logLikelihood, -696.6243969478, 1e-9);
    }

    void slopesAreTheFiniteDifferences()
    {
        Rng rng(3);
        WeibullRows rows;
        rows.logTime = Eigen::VectorXd::NullaryExpr(60, [&] { return rng.normal(); });
        rows.event =
            Eigen::VectorXd::NullaryExpr(60, [&] { return rng.uniform() < 0.6 ? 1.0 : 0.0; });
        rows.x = Eigen::MatrixXd::NullaryExpr(60, 3, [&] { return rng.normal(); });
        rows.x.col(0).setOnes();
        rows.meanLog = 1.3;
        const Eigen::Vector4d at(1.2, 0.3, -0.4, 0.2);
        const ConcavePoint here = weibullLikelihood(rows, at);
        constexpr double kStep = 1e-5;
        for (Eigen::Index k = 0; k < 4; ++k) {
            Eigen::VectorXd up = at, down = at;
            up[k] += kStep;
            down[k] -= kStep;
            const ConcavePoint above = weibullLikelihood(rows, up);
            const ConcavePoint below = weibullLikelihood(rows, down);
            closeTo(here.gradient[k], (above.value - below.value) / (2 * kStep), 1e-6);
            for (Eigen::Index j = 0; j < 4; ++j) {
                closeTo(here.information(j, k),
                        (below.gradient[j] - above.gradient[j]) / (2 * kStep), 1e-5);
            }
        }
        QVERIFY(!std::isfinite(weibullLikelihood(rows, Eigen::Vector4d(0, 0, 0, 0)).value));
    }

    void exponentialTimesHaveTheirMeanAsScale()
    {
        // With shape 1 the best scale is Σ t / events; the likelihood there is at most the fit's.
        Table table = madeUp(500, 4);
        table.covariates.clear();
        const WeibullFit fit = fitted(table);
        double sum = 0, events = 0;
        for (std::size_t i = 0; i < table.durations.size(); ++i) {
            sum += table.durations[i];
            events += table.observed[i];
        }
        QVERIFY(fit.logLikelihood >= events * (std::log(events / sum) - 1));
        // All score equations at once: Σ (t / e^η)^shape = events.
        double hazards = 0;
        for (const double t : table.durations) {
            hazards -= std::log(fit.survival(t, {}));
        }
        closeTo(hazards, events, 1e-6);
    }

    void findsWhatTheDataWereMadeFrom()
    {
        const WeibullFit fit = fitted(madeUp(20000, 7));
        closeTo(*fit.intercept.coefficient, 2.0, 4 * *fit.intercept.standardError);
        closeTo(*fit.terms[0].coefficient, 0.5, 4 * *fit.terms[0].standardError);
        closeTo(*fit.terms[1].coefficient, -0.8, 4 * *fit.terms[1].standardError);
        closeTo(std::log(fit.scale()), std::log(0.6), 4 * *fit.logScaleError);
        const std::array x{0.3, 1.0};
        closeTo(fit.survival(fit.median(x), x), 0.5, 1e-12);
        QCOMPARE(fit.survival(0.0, x), 1.0);
    }

    void unitsDoNotMatter()
    {
        const Table table = madeUp(300, 5);
        Table other = table;
        for (std::size_t i = 0; i < other.durations.size(); ++i) {
            other.durations[i] *= 1e6;
            other.covariates[0][i] = 1e-200 * other.covariates[0][i];
            other.covariates[1][i] = 1e6 + other.covariates[1][i];
        }
        const WeibullFit a = fitted(table), b = fitted(other);
        closeTo(b.shape, a.shape, 1e-7);
        closeTo(*b.terms[0].coefficient * 1e-200, *a.terms[0].coefficient, 1e-7);
        closeTo(*b.terms[1].coefficient, *a.terms[1].coefficient, 1e-7);
    }

    void whatIsLeftOut()
    {
        Table table = madeUp(300, 6);
        const WeibullFit plain = fitted(table);
        table.covariates.push_back(std::vector(300, 4.2));
        table.covariates.push_back(table.covariates[0]);
        table.durations.push_back(0.0); // censored before anything
        table.observed.push_back(0);
        for (auto &column : table.covariates) {
            column.push_back(4.2);
        }
        const WeibullFit fit = fitted(table);
        QCOMPARE(fit.terms[2].state, TermState::Constant);
        QCOMPARE(fit.terms[3].state, TermState::Collinear);
        closeTo(*fit.terms[1].coefficient, *plain.terms[1].coefficient, 1e-9);
        closeTo(fit.logLikelihood, plain.logLikelihood, 1e-9);
        QCOMPARE(fit.likelihoodRatio.df, 2);
    }

    void aGroupWithoutAnEvent()
    {
        Table table = madeUp(400, 8);
        for (std::size_t i = 0; i < 400; ++i) {
            if (table.covariates[1][i] == 1.0) {
                table.observed[i] = 0;
            }
        }
        const WeibullFit fit = fitted(table);
        QCOMPARE(fit.status, SurvivalFitStatus::MonotoneLikelihood);
        QCOMPARE(fit.terms[1].state, TermState::Infinite);
        QCOMPARE(fit.terms[1].sign, 1);
        QVERIFY(!fit.terms[1].coefficient);
        QCOMPARE(fit.terms[0].state, TermState::Estimated);
    }

    void everybodyOnOneDay()
    {
        const Table table{{5, 5, 5}, {1, 1, 1}, {}};
        QCOMPARE(fitted(table).status, SurvivalFitStatus::DidNotConverge);
        QVERIFY(!fitted(table).intercept.coefficient);
    }

    void refusesWhatIsNoData()
    {
        const auto errorOf = [](const Table &table) {
            return fitWeibullAft(table.data(), Task()).error();
        };
        QCOMPARE(errorOf({}).detail, std::string("rows"));
        QCOMPARE(errorOf({{3}, {1}, {}}).detail, std::string("rows"));
        QCOMPARE(errorOf({{3, 4}, {0, 0}, {}}).detail, std::string("events"));
        QCOMPARE(errorOf({{0, 4}, {1, 1}, {}}).where, std::string("durations"));
        QCOMPARE(errorOf({{-1, 4}, {1, 1}, {}}).where, std::string("durations"));
        QCOMPARE(errorOf({{2, 4}, {1, 1}, {{1}}}).where, std::string("lengths"));
        QCOMPARE(errorOf({{2, 4}, {1, 1}, {{1, std::nan("")}}}).where, std::string("covariates"));
        std::stop_source stop;
        stop.request_stop();
        const Table table = madeUp(50, 1);
        QCOMPARE(fitWeibullAft(table.data(), Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
    }
};

QTEST_APPLESS_MAIN(WeibullAftTest)
#include "tst_weibull_aft.moc"
