#include "core/base/rng.h"
#include "core/survival/proportionality.h"
#include "tests/core/survival/close_to.h"
#include "tests/core/survival/shared_sample.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

struct Columns {
    std::vector<double> week;
    std::vector<std::int8_t> arrest;
    std::vector<std::vector<double>> x;
    std::vector<std::uint32_t> strata;
    CoxData data() const { return {week, arrest, {x.begin(), x.end()}, strata}; }
};

Columns rossi(const SharedTable &shared, const std::vector<const char *> &names)
{
    Columns columns{shared.numbers("week"), shared.flags("arrest", "1"), {}, {}};
    for (const char *name : names) {
        columns.x.push_back(shared.numbers(name));
    }
    return columns;
}

const std::vector<const char *> kAll{"fin", "age", "race", "wexp", "mar", "paro", "prio"};

/// A group whose hazard ratio turns from e^1 to e^−1, or stays.
Columns madeUp(bool turns)
{
    Rng rng(17);
    Columns columns;
    columns.x.resize(1);
    for (int i = 0; i < 800; ++i) {
        const bool inGroup = rng.uniform() < 0.5;
        const double first = inGroup ? std::exp(1.0) : 1.0;
        const double then = inGroup ? std::exp(turns ? -1.0 : 1.0) : 1.0;
        double time = rng.exponential() / first;
        if (time > 0.4) {
            time = 0.4 + rng.exponential() / then;
        }
        columns.week.push_back(std::min(time, 3.0));
        columns.arrest.push_back(time < 3.0 ? 1 : 0);
        columns.x[0].push_back(inGroup ? 1.0 : 0.0);
    }
    return columns;
}

} // namespace

class ProportionalityTestCase : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void rossiAsRHasIt()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        // cox.zph of R's survival 3.5-3; the last is GLOBAL.
        const std::array<std::array<double, 8>, 4> published{
            {{.06242975136, 5.97398165342, 2.06826538748, 4.22459563342, 1.01102156444,
              .01838329917, .52058425030, 17.69441525445},
             {1.38380845141, .89642146157, 2.25997815120, 4.15968375317, .08959214185,
              .02185165569, 1.64080345194, 11.02518340712},
             {.1375994333, 8.2314983419, 1.6170849394, 2.0858548411, 1.1259733148, .2192028103,
              .0134790732, 17.6615705707},
             {.008950558751, 6.615943789294, 2.144426256785, 3.876755124674, 1.031348318712,
              .028176598723, .424798396303, 18.182687039129}}};
        const Columns columns = rossi(shared, kAll);
        const CoxFit fit = *fitCox(columns.data(), CoxTies::Efron, Task());
        for (std::size_t t = 0; t < 4; ++t) {
            const auto transform = static_cast<TimeTransform>(t);
            const auto test = *testProportionality(columns.data(), fit, transform);
            for (std::size_t k = 0; k < 7; ++k) {
                closeTo(test.terms[k].chi2, published[t][k], 1e-7);
                QCOMPARE(test.terms[k].df, 1);
            }
            closeTo(test.global.chi2, published[t][7], 1e-7);
            QCOMPARE(test.global.df, 7);
        }
        closeTo(*testProportionality(columns.data(), fit, TimeTransform::KaplanMeier)->global.p,
                .01342750679, 1e-9);
    }

    void rossiWithStrata()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        Columns columns = rossi(shared, {"fin", "age", "prio"});
        const auto race = shared.numbers("race"), wexp = shared.numbers("wexp");
        for (std::size_t i = 0; i < race.size(); ++i) {
            columns.strata.push_back(static_cast<std::uint32_t>(2 * race[i] + wexp[i]));
        }
        const CoxFit fit = *fitCox(columns.data(), CoxTies::Efron, Task());
        const auto test = *testProportionality(columns.data(), fit, TimeTransform::KaplanMeier);
        closeTo(test.terms[0].chi2, .02083338879, 1e-8);
        closeTo(test.terms[1].chi2, 11.35931036892, 1e-7);
        closeTo(test.terms[2].chi2, .17283512732, 1e-8);
        closeTo(test.global.chi2, 11.43916103992, 1e-7);
    }

    void scaledResidualsAsRHasThem()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        const Columns columns = rossi(shared, kAll);
        const CoxFit fit = *fitCox(columns.data(), CoxTies::Efron, Task());
        const auto scaled =
            *scaledSchoenfeld(columns.data(), fit, TimeTransform::KaplanMeier);
        const std::array<std::array<double, 7>, 2> published{
            {{-2.109101718, -.1345515883, 1.3663292520, -2.494301424, .09556836305, -3.211543511,
              -.4223430812802},
             {-2.557631139, 1.0751070332, .6602268685, -1.096895872, -4.97596016227, 2.451112189,
              .0001638047231}}};
        QCOMPARE(scaled.time.size(), std::size_t{114});
        for (std::size_t row = 0; row < 2; ++row) {
            for (std::size_t k = 0; k < 7; ++k) {
                closeTo(scaled.residuals[k][row], published[row][k], 1e-7);
            }
        }
        closeTo(scaled.transformed[0], 0.0, 0.0);
        closeTo(scaled.transformed[1], .002314814815, 6e-13);
        // They average to the coefficient.
        for (std::size_t k = 0; k < 7; ++k) {
            const auto &column = scaled.residuals[k];
            const double mean = std::accumulate(column.begin(), column.end(), 0.0) / 114;
            closeTo(mean, *fit.terms[k].coefficient, 1e-8);
        }
    }

    void tellsATurnFromNone()
    {
        for (const bool turns : {false, true}) {
            const Columns columns = madeUp(turns);
            const CoxFit fit = *fitCox(columns.data(), CoxTies::Efron, Task());
            const auto test = *testProportionality(columns.data(), fit, TimeTransform::KaplanMeier);
            QCOMPARE(*test.global.p < 1e-6, turns);
            QCOMPARE(test.global.chi2, test.terms[0].chi2);
        }
    }

    void dummiesOfOneColumnTogether()
    {
        const SharedTable shared("rossi.csv");
        if (shared.missing()) {
            QSKIP("no shared data");
        }
        const Columns columns = rossi(shared, kAll);
        const CoxFit fit = *fitCox(columns.data(), CoxTies::Efron, Task());
        const auto alone = *testProportionality(columns.data(), fit, TimeTransform::Identity);
        const auto grouped = *testProportionality(columns.data(), fit, TimeTransform::Identity,
                                                  {0, 0, 0, 0, 0, 0, 0});
        QCOMPARE(grouped.terms.size(), std::size_t{1});
        QCOMPARE(grouped.terms[0].df, 7);
        closeTo(grouped.terms[0].chi2, alone.global.chi2, 1e-10);
        const auto pairs = *testProportionality(columns.data(), fit, TimeTransform::Identity,
                                                {0, 1, 1, 2, 3, 4, 5});
        QCOMPARE(pairs.terms[1].df, 2);
        closeTo(pairs.terms[0].chi2, alone.terms[0].chi2, 1e-10);
        closeTo(pairs.terms[5].chi2, alone.terms[6].chi2, 1e-10);
        QVERIFY(!testProportionality(columns.data(), fit, TimeTransform::Identity, {0, 1}));
        QVERIFY(!testProportionality(columns.data(), fit, TimeTransform::Identity,
                                     {5, 1, 1, 2, 3, 4, 0}));
    }

    void nothingToTest()
    {
        // All events at one time: no coefficient can drift.
        Columns columns{{2, 2, 2, 3, 3, 3}, {1, 1, 1, 0, 0, 0}, {{1, 5, 2, 3, 4, 0}}, {}};
        const CoxFit fit = *fitCox(columns.data(), CoxTies::Efron, Task());
        for (const TimeTransform transform : {TimeTransform::KaplanMeier, TimeTransform::Log}) {
            const auto test = *testProportionality(columns.data(), fit, transform);
            QCOMPARE(test.global.df, 0);
            QVERIFY(!test.global.p && !test.terms[0].p);
        }
        // A constant has no coefficient to drift.
        columns.x.push_back(std::vector(6, 1.0));
        const CoxFit two = *fitCox(columns.data(), CoxTies::Efron, Task());
        const auto test = *testProportionality(columns.data(), two, TimeTransform::Rank);
        QCOMPARE(test.terms[1].df, 0);
        QVERIFY(scaledSchoenfeld(columns.data(), two, TimeTransform::Rank)->residuals[1].empty());
    }

    void refuses()
    {
        Columns columns{{0, 1, 2, 3, 4}, {1, 1, 0, 1, 1}, {{1, 5, 2, 3, 4}}, {}};
        const CoxFit fit = *fitCox(columns.data(), CoxTies::Efron, Task());
        QCOMPARE(testProportionality(columns.data(), fit, TimeTransform::Log).error().where,
                 std::string("transform"));
        CoxFit failed = fit;
        failed.status = SurvivalFitStatus::MonotoneLikelihood;
        QCOMPARE(testProportionality(columns.data(), failed, TimeTransform::Rank).error().code,
                 ErrorCode::DidNotConverge);
        QCOMPARE(timeTransformFromName("rank"), std::optional(TimeTransform::Rank));
        QCOMPARE(timeTransformFromName("km"), std::optional(TimeTransform::KaplanMeier));
        QVERIFY(!timeTransformFromName("sqrt"));
    }
};

QTEST_APPLESS_MAIN(ProportionalityTestCase)
#include "tst_proportionality.moc"
