#include "core/base/rng.h"
#include "core/features/metrics.h"
#include "core/forecast/accuracy.h"
#include "core/numeric/bootstrap.h"
#include "core/forecast/draw_quality.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace perennial;

namespace {

struct Sample {
    std::vector<double> predicted, actual;
};

/// With ties on both sides, as shops have them.
Sample someSample(std::uint64_t seed, int n)
{
    Rng rng(seed);
    Sample sample;
    for (int i = 0; i < n; ++i) {
        sample.predicted.push_back(std::floor(rng.exponential() * 10.0));
        sample.actual.push_back(rng.uniform() < 0.5 ? 0.0 : sample.predicted.back() * rng.uniform());
    }
    return sample;
}

/// The sample with each row as often as its weight says.
Sample repeated(const Sample &sample, const std::vector<double> &weight)
{
    Sample result;
    for (std::size_t i = 0; i < weight.size(); ++i) {
        for (int k = 0; k < static_cast<int>(weight[i]); ++k) {
            result.predicted.push_back(sample.predicted[i]);
            result.actual.push_back(sample.actual[i]);
        }
    }
    return result;
}

void closeTo(std::optional<double> actual, double expected, double tolerance = 1e-12)
{
    QVERIFY(actual);
    QVERIFY2(std::abs(*actual - expected) <= tolerance,
             qPrintable(QString("%1 is not %2").arg(*actual, 0, 'g', 12).arg(expected, 0, 'g', 12)));
}

} // namespace

class AccuracyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        const std::vector<double> predicted{4.0, 2.0, 1.0};
        const std::vector<double> actual{3.0, 0.0, 3.0};
        const MetricValues m = Judge(predicted, actual).metrics();
        closeTo(at(m, Metric::Mae), 5.0 / 3.0);
        closeTo(at(m, Metric::Rmse), std::sqrt(3.0));
        closeTo(at(m, Metric::Bias), 7.0 / 6.0 - 1.0);
        // Ranks 1 2 3 against 1.5 3 1.5: covariance 0.
        closeTo(at(m, Metric::Spearman), 0.0);
        // Cumulative shares .5 .5 1 → 2/3·2 − 1 = 1/3; perfect .5 1 1 → 2/3.
        closeTo(at(m, Metric::NormGini), 0.5);
        // One customer a group: |4-3|/3, (0 is left out), |1-3|/3.
        closeTo(at(m, Metric::DecileMape), 0.5);
    }

    void tiedPredictionsShareTheRandomOrder()
    {
        // All predicted alike: whatever comes out is chance, so the ranking is worth nothing more.
        const std::vector<double> predicted{5.0, 5.0, 5.0, 5.0};
        const std::vector<double> actual{8.0, 0.0, 0.0, 0.0};
        const MetricValues m = Judge(predicted, actual).metrics();
        // Mean over the four places of the one: 2/4·(4+3+2+1)/4 − 1 = .25; perfect 2/4·4 − 1 = 1.
        closeTo(at(m, Metric::NormGini), 0.25);
        QVERIFY(!at(m, Metric::Spearman));
    }

    void perfectAndReversed()
    {
        std::vector<double> actual(200);
        std::iota(actual.begin(), actual.end(), 1.0);
        const MetricValues perfect = Judge(actual, actual).metrics();
        closeTo(at(perfect, Metric::Mae), 0.0);
        closeTo(at(perfect, Metric::Bias), 0.0);
        closeTo(at(perfect, Metric::Spearman), 1.0);
        closeTo(at(perfect, Metric::NormGini), 1.0);
        closeTo(at(perfect, Metric::DecileMape), 0.0);
        const std::vector<double> reversed(actual.rbegin(), actual.rend());
        closeTo(at(Judge(reversed, actual).metrics(), Metric::Spearman), -1.0);
        QVERIFY(*at(Judge(reversed, actual).metrics(), Metric::NormGini) < 0.0);
    }

    void weightsAreRepetitions()
    {
        const Sample sample = someSample(3, 400);
        std::vector<std::int64_t> users(400);
        std::iota(users.begin(), users.end(), 1);
        const std::vector<double> weight = userWeights(users, 9, 4);
        const MetricValues weighted = Judge(sample.predicted, sample.actual).metrics(weight);
        const Sample spelledOut = repeated(sample, weight);
        const MetricValues plain = Judge(spelledOut.predicted, spelledOut.actual).metrics();
        for (const Metric metric : kMetrics) {
            // A row that counts several times may stand on a group's edge with all of them.
            const double tolerance = metric == Metric::DecileMape ? 0.05 : 1e-9;
            closeTo(at(weighted, metric), *at(plain, metric), tolerance);
        }
    }

    void spearmanIsTheOneOfFeatures()
    {
        const Sample sample = someSample(5, 500);
        closeTo(at(Judge(sample.predicted, sample.actual).metrics(), Metric::Spearman),
                *spearman(sample.predicted, sample.actual), 1e-12);
    }

    void decilesHoldEverybody()
    {
        const Sample sample = someSample(6, 1003);
        const auto rows = Judge(sample.predicted, sample.actual).deciles();
        QCOMPARE(rows.size(), std::size_t{10});
        double customers = 0.0;
        double actual = 0.0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            QVERIFY(std::abs(rows[i].customers - 100.3) < 1.0);
            QVERIFY(i == 0 || rows[i].predicted <= rows[i - 1].predicted);
            customers += rows[i].customers;
            actual += rows[i].customers * rows[i].actual;
        }
        QCOMPARE(customers, 1003.0);
        QVERIFY(std::abs(actual - std::accumulate(sample.actual.begin(), sample.actual.end(), 0.0)) <
                1e-6);
        QCOMPARE(Judge({}, {}).deciles().size(), std::size_t{0});
    }

    void decileOfIsTheRowOfDeciles()
    {
        for (const int n : {0, 1, 5, 9, 10, 11, 15, 30, 1003}) {
            const Sample sample = someSample(7, n);
            const Judge judge(sample.predicted, sample.actual);
            const auto rows = judge.deciles();
            const auto decile = judge.decileOf();
            QCOMPARE(decile.size(), static_cast<std::size_t>(n));
            std::vector<double> customers(rows.size()), predicted(rows.size());
            for (std::size_t i = 0; i < decile.size(); ++i) {
                QVERIFY(decile[i] < rows.size());
                customers[decile[i]] += 1.0;
                predicted[decile[i]] += sample.predicted[i];
            }
            for (std::size_t r = 0; r < rows.size(); ++r) {
                QCOMPARE(customers[r], rows[r].customers);
                closeTo(predicted[r] / customers[r], rows[r].predicted, 1e-9);
            }
        }
    }

    void nothingToJudgeIsEmpty()
    {
        QVERIFY(!at(Judge({}, {}).metrics(), Metric::Mae));
        const std::vector<double> zero{0.0, 0.0};
        const MetricValues m = Judge(zero, zero).metrics();
        closeTo(at(m, Metric::Mae), 0.0);
        for (const Metric metric :
             {Metric::Bias, Metric::Spearman, Metric::NormGini, Metric::DecileMape}) {
            QVERIFY(!at(m, metric));
        }
        const std::vector<double> one{3.0};
        QVERIFY(!at(Judge(one, one).metrics(), Metric::NormGini));
        const std::vector<double> owed{-5.0, -1.0}; // refunds only: no share of a total below 0
        QVERIFY(!at(Judge(owed, owed).metrics(), Metric::NormGini));
    }

    void bootstrapWeightsArePoissonAndFollowTheUser()
    {
        std::vector<std::int64_t> users(20000);
        std::iota(users.begin(), users.end(), 1);
        const std::vector<double> w = userWeights(users, 1, 1);
        const double mean = std::accumulate(w.begin(), w.end(), 0.0) / 20000.0;
        const double none = static_cast<double>(std::count(w.begin(), w.end(), 0.0)) / 20000.0;
        QVERIFY(std::abs(mean - 1.0) < 0.03);
        QVERIFY(std::abs(none - std::exp(-1.0)) < 0.02);
        const std::vector<std::int64_t> some{17, 5000};
        const std::vector<double> again = userWeights(some, 1, 1);
        QCOMPARE(again[0], w[16]);
        QCOMPARE(again[1], w[4999]);
        QVERIFY(userWeights(users, 1, 2) != w);
        QVERIFY(userWeights(users, 2, 1) != w);
    }

    void intervalsOfReplicates()
    {
        std::vector<std::optional<double>> values;
        for (int i = 0; i <= 100; ++i) {
            values.push_back(i);
        }
        closeTo(percentileInterval(values, 0.9)->lower, 5.0);
        closeTo(percentileInterval(values, 0.9)->upper, 95.0);
        QVERIFY(!percentileInterval(std::vector<std::optional<double>>{1.0}, 0.9));
        std::vector<std::optional<double>> gaps(10);
        gaps[0] = gaps[1] = 1.0;
        QVERIFY(!percentileInterval(gaps, 0.9));
    }

    void crpsByItsDefinition()
    {
        const std::vector<double> draws{0.0, 1.0, 1.0, 4.0};
        double distance = 0.0;
        double spread = 0.0;
        for (const double a : draws) {
            distance += std::abs(a - 2.5) / 4.0;
            for (const double b : draws) {
                spread += std::abs(a - b) / 16.0;
            }
        }
        closeTo(crpsOfSorted(draws, 2.5), distance - 0.5 * spread);
        const std::vector<double> sure{2.0, 2.0};
        closeTo(crpsOfSorted(sure, 5.0), 3.0); // a sure forecast: the absolute error
    }

    void randomisedCoverageIsExactForTheTruth()
    {
        // Truth and draws from the same law with a large mass at 0: 90 % in expectation.
        Rng rng(4);
        const auto future = [&] { return rng.uniform() < 0.8 ? 0.0 : rng.exponential(); };
        double covered = 0.0;
        constexpr int kTimes = 4000;
        for (int i = 0; i < kTimes; ++i) {
            std::vector<double> draws(200);
            std::generate(draws.begin(), draws.end(), future);
            std::sort(draws.begin(), draws.end());
            covered += randomisedCoverage(draws, future());
        }
        QVERIFY(std::abs(covered / kTimes - 0.9) < 0.015);
    }
};

QTEST_GUILESS_MAIN(AccuracyTest)
#include "tst_accuracy.moc"
