#include "core/base/rng.h"
#include "core/survival/cox.h"
#include "core/survival/cox_pass.h"
#include "core/survival/log_rank.h"
#include "tests/core/survival/close_to.h"
#include "tests/core/survival/shared_sample.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>

using namespace perennial;
using namespace perennial::test;

namespace {

const std::array<const char *, 7> kRossiColumns{"fin", "age", "race", "wexp",
                                                "mar", "paro", "prio"};

/// Columns that own their numbers.
struct Table {
    std::vector<double> durations;
    std::vector<std::int8_t> observed;
    std::vector<std::vector<double>> covariates;
    std::vector<std::uint32_t> strata;

    CoxData data() const
    {
        return {durations, observed, {covariates.begin(), covariates.end()}, strata};
    }
};

Table rossi(const SharedTable &shared)
{
    Table table{shared.numbers("week"), shared.flags("arrest", "1"), {}, {}};
    for (const char *column : kRossiColumns) {
        table.covariates.push_back(shared.numbers(column));
    }
    return table;
}

/// Exponential times with known coefficients, rounded so that many are tied.
Table madeUp(std::size_t rows, std::uint64_t seed, double round, std::uint32_t strata = 0)
{
    Rng rng(seed);
    Table table;
    table.covariates.resize(3);
    for (std::size_t i = 0; i < rows; ++i) {
        const std::array<double, 3> x{rng.normal(), rng.uniform() < 0.3 ? 1.0 : 0.0,
                                      100.0 + 5.0 * rng.normal()};
        const double rate = std::exp(0.7 * x[0] - 0.5 * x[1] + 0.05 * (x[2] - 100.0));
        const double time = rng.exponential() / rate, end = 2.0 * rng.uniform();
        const double seen = std::min(time, end);
        table.durations.push_back(round > 0 ? std::ceil(seen / round) * round : seen);
        table.observed.push_back(time <= end ? 1 : 0);
        for (std::size_t k = 0; k < 3; ++k) {
            table.covariates[k].push_back(x[k]);
        }
        if (strata > 0) {
            table.strata.push_back(rng.below(strata));
        }
    }
    return table;
}

/// The partial likelihood by its definition, row by row.
double byDefinition(const Table &table, const std::vector<double> &beta, CoxTies ties)
{
    const auto eta = [&](std::size_t i) {
        double sum = 0;
        for (std::size_t k = 0; k < beta.size(); ++k) {
            sum += beta[k] * table.covariates[k][i];
        }
        return sum;
    };
    const auto stratum = [&](std::size_t i) { return table.strata.empty() ? 0 : table.strata[i]; };
    double value = 0;
    for (std::size_t i = 0; i < table.durations.size(); ++i) {
        double atRisk = 0, dying = 0, deaths = 0, before = 0;
        for (std::size_t j = 0; j < table.durations.size(); ++j) {
            if (stratum(i) != stratum(j) || table.durations[j] < table.durations[i]) {
                continue;
            }
            atRisk += std::exp(eta(j));
            if (table.durations[j] == table.durations[i] && table.observed[j] != 0) {
                dying += std::exp(eta(j));
                deaths += 1;
                before += j < i ? 1 : 0;
            }
        }
        if (table.observed[i] != 0) {
            value += eta(i) -
                     std::log(atRisk - (ties == CoxTies::Efron ? before / deaths * dying : 0.0));
        }
    }
    return value;
}

struct Slope {
    double value = 0;
    Eigen::VectorXd score;
    Eigen::MatrixXd information;
};

Slope slopeAt(const CoxRows &rows, const Eigen::VectorXd &beta, CoxTies ties)
{
    const auto stride = static_cast<Eigen::Index>(rows.stride);
    Slope slope{0, Eigen::VectorXd::Zero(stride), Eigen::MatrixXd::Zero(stride, stride)};
    walkCox(rows, predictorsOf(rows, beta).eta, ties, [&](const CoxTime &time) {
        slope.value += time.logLikelihood;
        slope.score += time.score;
        slope.information += time.information;
    });
    return slope;
}

CoxFit fitted(const Table &table, CoxTies ties = CoxTies::Efron)
{
    return *fitCox(table.data(), ties, Task());
}

} // namespace

class CoxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rossiAsPublished()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        const CoxFit fit = fitted(rossi(shared));
        const std::array coefficients{-.3794222, -.0574377, .3138998, -.1497957,
                                      -.4337039, -.0848711, .0914971};
        const std::array errors{.1913795, .0219995, .3079928, .2122243,
                                .3818681, .1957567, .0286485};
        QCOMPARE(fit.status, SurvivalFitStatus::Converged);
        QCOMPARE(fit.events, std::size_t{114});
        for (std::size_t k = 0; k < 7; ++k) {
            closeTo(*fit.terms[k].coefficient, coefficients[k], 6e-8);
            closeTo(*fit.terms[k].standardError, errors[k], 6e-8);
        }
        closeTo(fit.logLikelihood, -658.747659, 6e-7);
        closeTo(fit.nullLogLikelihood, -675.380632, 6e-7);
        closeTo(fit.likelihoodRatio.chi2, 33.266, 6e-4);
        closeTo(*fit.concordance.index(), .640329, 6e-7);
        // The rest as R's survival 3.5-3 prints it.
        closeTo(fit.score.chi2, 33.52868890, 6e-8);
        closeTo(fit.wald->chi2, 32.11, 6e-3);
        closeTo(*fit.likelihoodRatio.p, 2.362045054e-05, 1e-13);
        closeTo(*fit.terms[0].p(), .0474161, 6e-8);
        const SurvivalRatio prio = *ratioOf(fit.terms[6], 0.95);
        closeTo(prio.ratio, 1.095813578, 6e-9);
        closeTo(prio.lower, 1.035979084, 6e-8);
        closeTo(prio.upper, 1.159103901, 6e-8);
        QCOMPARE(fit.concordance.concordant, std::int64_t{27242});
        QCOMPARE(fit.concordance.discordant, std::int64_t{15291});
        QCOMPARE(fit.concordance.tiedTime, std::int64_t{111});
    }

    void rossiWithBreslowsTies()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        const Table table = rossi(shared);
        const CoxFit fit = fitted(table, CoxTies::Breslow);
        closeTo(*fit.terms[0].coefficient, -.3790219, 6e-8);
        closeTo(fit.logLikelihood, -659.120606, 6e-7);
        closeTo(baselineHazard(table.data(), fit).front().at(52), .2745280269236, 6e-12);
    }

    void rossisBaselineHazard()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        // basehaz of R's survival 3.5-3 with eps = 1e-14, taken from 0 to the means of all columns.
        const Table table = rossi(shared);
        const CoxFit fit = fitted(table);
        const auto hazards = baselineHazard(table.data(), fit);
        QCOMPARE(hazards.size(), std::size_t{1});
        closeTo(hazards[0].at(1), .001958081647864, 6e-14);
        closeTo(hazards[0].at(10), .029943928995726, 6e-13);
        closeTo(hazards[0].at(20), .084012999656808, 6e-13);
        closeTo(hazards[0].at(1000), .275295865272014, 6e-12);
        QCOMPARE(hazards[0].at(0.5), 0.0);
        // At covariates all 0 it is .956499233885.
        const double eta = coxPredictor(fit, std::vector(7, 0.0));
        closeTo(hazards[0].at(52) * std::exp(eta), .956499233885016, 6e-12);
    }

    void rossiWithStrata()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        // coxph(Surv(week, arrest) ~ fin + age + prio + strata(race, wexp)) of R's survival 3.5-3.
        Table table = rossi(shared);
        for (std::size_t i = 0; i < table.durations.size(); ++i) {
            table.strata.push_back(
                static_cast<std::uint32_t>(2 * table.covariates[2][i] + table.covariates[3][i]));
        }
        table.covariates = {table.covariates[0], table.covariates[1], table.covariates[6]};
        const CoxFit fit = fitted(table);
        QCOMPARE(fit.strata, std::size_t{4});
        const std::array<std::array<double, 2>, 3> expected{
            {{-.36581953, .19069663}, {-.06127596, .02216642}, {.09148640, .02846805}}};
        for (std::size_t k = 0; k < 3; ++k) {
            closeTo(*fit.terms[k].coefficient, expected[k][0], 6e-9);
            closeTo(*fit.terms[k].standardError, expected[k][1], 6e-9);
        }
        closeTo(fit.logLikelihood, -543.8208193, 6e-8);
        closeTo(fit.nullLogLikelihood, -554.5862651, 6e-8);
        closeTo(*fit.concordance.index(), .5969333, 6e-8);
        QCOMPARE(baselineHazard(table.data(), fit).size(), std::size_t{4});
    }

    void likelihoodIsItsDefinition()
    {
        for (const std::uint32_t strata : {0U, 3U}) {
            const Table table = madeUp(80, 5, 0.2, strata);
            for (const CoxTies ties : {CoxTies::Efron, CoxTies::Breslow}) {
                const CoxFit fit = fitted(table, ties);
                closeTo(fit.nullLogLikelihood, byDefinition(table, {0, 0, 0}, ties), 1e-10);
                closeTo(fit.logLikelihood, byDefinition(table, fit.coefficients(), ties), 1e-9);
            }
        }
    }

    void slopesAreTheFiniteDifferences()
    {
        constexpr double kStep = 1e-5;
        for (const std::uint32_t strata : {0U, 4U}) {
            for (const CoxTies ties : {CoxTies::Efron, CoxTies::Breslow}) {
                const Table table = madeUp(300, 9, 0.1, strata);
                const CoxRows rows = coxRowsOf(table.data());
                const Eigen::Vector3d at(0.4, -0.3, 0.9);
                const Slope here = slopeAt(rows, at, ties);
                for (Eigen::Index k = 0; k < 3; ++k) {
                    Eigen::VectorXd up = at, down = at;
                    up[k] += kStep;
                    down[k] -= kStep;
                    const Slope above = slopeAt(rows, up, ties), below = slopeAt(rows, down, ties);
                    closeTo(here.score[k], (above.value - below.value) / (2 * kStep), 1e-6);
                    for (Eigen::Index j = k; j < 3; ++j) {
                        closeTo(here.information(j, k),
                                (below.score[j] - above.score[j]) / (2 * kStep), 1e-5);
                    }
                }
            }
        }
    }

    void findsWhatTheDataWereMadeFrom()
    {
        const Table table = madeUp(20000, 2, 0.0);
        const CoxFit fit = fitted(table);
        const std::array truth{0.7, -0.5, 0.05};
        for (std::size_t k = 0; k < 3; ++k) {
            closeTo(*fit.terms[k].coefficient, truth[k], 4 * *fit.terms[k].standardError);
        }
        // Without ties both ways are one.
        closeTo(fitted(table, CoxTies::Breslow).logLikelihood, fit.logLikelihood, 1e-7);
    }

    void scoreTestOfOneDummyIsTheLogRankTest()
    {
        // Without ties; Therneau & Grambsch (2000), 3.1.
        Table table = madeUp(200, 4, 0.0);
        table.covariates = {table.covariates[1]};
        std::vector<std::uint32_t> group(table.covariates[0].begin(), table.covariates[0].end());
        const auto logrank = *logRank(table.durations, table.observed, group, 2);
        closeTo(fitted(table).score.chi2, logrank.chi2, 1e-9);
    }

    void unitsAndOffsetsDoNotMatter()
    {
        const Table table = madeUp(400, 6, 0.1);
        Table other = table;
        for (double &v : other.covariates[0]) {
            v = 1e150 * v;
        }
        for (double &v : other.covariates[1]) {
            v = 1e9 + v;
        }
        for (double &v : other.covariates[2]) {
            v = -v * 1e-30;
        }
        const CoxFit a = fitted(table), b = fitted(other);
        closeTo(*b.terms[0].coefficient * 1e150, *a.terms[0].coefficient, 1e-10);
        closeTo(*b.terms[1].coefficient, *a.terms[1].coefficient, 1e-6);
        closeTo(*b.terms[2].coefficient * -1e-30, *a.terms[2].coefficient, 1e-10);
        closeTo(*b.terms[0].standardError * 1e150, *a.terms[0].standardError, 1e-10);
        closeTo(b.logLikelihood, a.logLikelihood, 1e-6);
    }

    void constantAndCollinearColumnsAreLeftOut()
    {
        Table table = madeUp(300, 8, 0.1);
        const CoxFit plain = fitted(table);
        std::vector<double> twice = table.covariates[0];
        for (std::size_t i = 0; i < twice.size(); ++i) {
            twice[i] = 2 * twice[i] - 3 * table.covariates[1][i] + 7;
        }
        table.covariates.insert(table.covariates.begin() + 2, {std::vector(300, 0.1), twice});
        table.covariates.push_back(std::vector(300, 0.0));
        const CoxFit fit = fitted(table);
        QCOMPARE(fit.status, SurvivalFitStatus::Converged);
        const std::array states{TermState::Estimated, TermState::Estimated, TermState::Constant,
                                TermState::Collinear, TermState::Estimated, TermState::Constant};
        for (std::size_t k = 0; k < states.size(); ++k) {
            QCOMPARE(fit.terms[k].state, states[k]);
            QCOMPARE(fit.terms[k].coefficient.has_value(), states[k] == TermState::Estimated);
        }
        closeTo(*fit.terms[0].coefficient, *plain.terms[0].coefficient, 1e-9);
        closeTo(*fit.terms[4].standardError, *plain.terms[2].standardError, 1e-9);
        QCOMPARE(fit.likelihoodRatio.df, 3);
        QCOMPARE(baselineHazard(table.data(), fit).size(), std::size_t{1});
    }

    void aColumnThatOnlyTellsTheStrataIsConstant()
    {
        Table table = madeUp(200, 3, 0.1, 2);
        table.covariates[2].assign(table.strata.begin(), table.strata.end());
        const CoxFit fit = fitted(table);
        QCOMPARE(fit.terms[2].state, TermState::Constant);
        QCOMPARE(fit.terms[0].state, TermState::Estimated);
    }

    void onlyConstants()
    {
        Table table = madeUp(50, 3, 0.1);
        table.covariates.assign(2, std::vector(50, 3.0));
        const CoxFit fit = fitted(table);
        QCOMPARE(fit.status, SurvivalFitStatus::Converged);
        QCOMPARE(fit.logLikelihood, fit.nullLogLikelihood);
        QCOMPARE(fit.likelihoodRatio.df, 0);
        QVERIFY(!fit.likelihoodRatio.p);
        QCOMPARE(fit.concordance.index(), std::optional(0.5));
    }

    void separationIsTold()
    {
        // Nobody of the group has an event: the more negative its coefficient the better.
        Table table = madeUp(400, 11, 0.0);
        for (std::size_t i = 0; i < 400; ++i) {
            if (table.covariates[1][i] == 1.0) {
                table.observed[i] = 0;
            }
        }
        Table without = table; // at the limit they count for nothing
        for (std::size_t i = 400; i > 0; --i) {
            if (table.covariates[1][i - 1] == 1.0) {
                const auto at = static_cast<std::ptrdiff_t>(i - 1);
                without.durations.erase(without.durations.begin() + at);
                without.observed.erase(without.observed.begin() + at);
                for (auto &column : without.covariates) {
                    column.erase(column.begin() + at);
                }
            }
        }
        for (const CoxTies ties : {CoxTies::Efron, CoxTies::Breslow}) {
            const CoxFit fit = fitted(table, ties), limit = fitted(without, ties);
            QCOMPARE(fit.status, SurvivalFitStatus::MonotoneLikelihood);
            QCOMPARE(fit.terms[1].state, TermState::Infinite);
            QCOMPARE(fit.terms[1].sign, -1);
            QVERIFY(!fit.terms[1].coefficient && !fit.terms[1].p() && !fit.wald);
            for (const std::size_t k : {std::size_t{0}, std::size_t{2}}) {
                QCOMPARE(fit.terms[k].state, TermState::Estimated);
                closeTo(*fit.terms[k].coefficient, *limit.terms[k].coefficient, 1e-4);
                closeTo(*fit.terms[k].standardError, *limit.terms[k].standardError, 1e-4);
            }
            closeTo(fit.logLikelihood, limit.logLikelihood, 1e-5);
        }
    }

    void oneColumnThatOrdersEverybody()
    {
        Table table;
        for (int i = 1; i <= 30; ++i) {
            table.durations.push_back(i);
            table.observed.push_back(1);
        }
        table.covariates = {table.durations};
        const CoxFit fit = fitted(table);
        QCOMPARE(fit.status, SurvivalFitStatus::MonotoneLikelihood);
        QCOMPARE(fit.terms[0].state, TermState::Infinite);
        QCOMPARE(fit.terms[0].sign, -1);
        QCOMPARE(fit.concordance.index(), std::optional(1.0));
        closeTo(fit.logLikelihood, 0.0, 1e-5);
    }

    void everybodyOnOneDay()
    {
        // All leave at once: nobody before another. Efron's weights still compare them, Breslow's
        // mean is everybody's.
        Table table = madeUp(40, 12, 0.0);
        table.durations.assign(40, 2.0);
        table.observed.assign(40, 1);
        for (const CoxTies ties : {CoxTies::Efron, CoxTies::Breslow}) {
            const CoxFit fit = fitted(table, ties);
            QCOMPARE(fit.status, SurvivalFitStatus::Converged);
            for (const SurvivalTerm &term : fit.terms) {
                closeTo(*term.coefficient, 0.0, 1e-9);
            }
            QVERIFY(!fit.concordance.index());
        }
    }

    void refusesWhatIsNoData()
    {
        const Table good = madeUp(20, 1, 0.1);
        const auto errorOf = [](const Table &table) {
            return fitCox(table.data(), CoxTies::Efron, Task()).error();
        };
        Table table = good;
        table.observed.assign(20, 0);
        QCOMPARE(errorOf(table).code, ErrorCode::TooLittleData);
        QCOMPARE(errorOf(table).detail, std::string("events"));
        QCOMPARE(errorOf(Table{{3.0}, {1}, {{1.0}}, {}}).detail, std::string("rows"));
        QCOMPARE(errorOf(Table{}).detail, std::string("rows"));
        for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
            table = good;
            table.covariates[1][3] = bad;
            QCOMPARE(errorOf(table).where, std::string("covariates"));
            table = good;
            table.durations[3] = bad;
            QCOMPARE(errorOf(table).where, std::string("durations"));
        }
        table = good;
        table.covariates[0].pop_back();
        QCOMPARE(errorOf(table).where, std::string("lengths"));
        table = good;
        table.covariates.assign(501, table.covariates[0]);
        QCOMPARE(errorOf(table).where, std::string("covariates"));
    }

    void cancels()
    {
        std::stop_source stop;
        stop.request_stop();
        const Table table = madeUp(50, 1, 0.1);
        QCOMPARE(fitCox(table.data(), CoxTies::Efron, Task(stop.get_token(), {})).error().code,
                 ErrorCode::Cancelled);
    }

    void namesGoBothWays()
    {
        for (const CoxTies ties : {CoxTies::Efron, CoxTies::Breslow}) {
            QCOMPARE(coxTiesFromName(coxTiesName(ties)), std::optional(ties));
        }
        QVERIFY(!coxTiesFromName("exact"));
    }
};

QTEST_APPLESS_MAIN(CoxTest)
#include "tst_cox.moc"
