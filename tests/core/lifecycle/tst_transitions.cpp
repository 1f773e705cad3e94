#include "core/lifecycle/transition_tests.h"
#include "core/lifecycle/transitions.h"
#include "random_days.h"

#include <QtTest>

#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr Day kAt = 20000;

bool near(double a, double b, double tolerance) { return std::abs(a - b) <= tolerance; }

std::size_t at(Stage stage) { return static_cast<std::size_t>(stage); }

/// A history as given: a row of stages per user, none before he is known.
StageHistory historyOf(const std::vector<std::vector<std::optional<Stage>>> &rows,
                       std::size_t ends)
{
    StageHistory history;
    for (std::size_t end = 0; end < ends; ++end) {
        history.ends.push_back(kAt + static_cast<Day>(end));
    }
    history.offsets.push_back(0);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        for (std::size_t end = 0; end < ends; ++end) {
            if (rows[i][end] && (end == 0 || rows[i][end] != rows[i][end - 1])) {
                history.spells.push_back({static_cast<std::uint32_t>(end), *rows[i][end]});
            }
        }
        history.user.push_back(static_cast<std::int64_t>(i) + 1);
        history.offsets.push_back(history.spells.size());
    }
    return history;
}

/// One user per count of a table of moves.
StageHistory fromTable(const std::vector<std::vector<int>> &table)
{
    std::vector<std::vector<std::optional<Stage>>> rows;
    for (std::size_t i = 0; i < table.size(); ++i) {
        for (std::size_t j = 0; j < table[i].size(); ++j) {
            for (int k = 0; k < table[i][j]; ++k) {
                rows.push_back({kStages[i], kStages[j]});
            }
        }
    }
    return historyOf(rows, 2);
}

/// Walks of a chain on three stages whose next step leans on the step before the last by `second`
/// and on the period by `drift`.
StageHistory walks(std::size_t users, std::size_t ends, double second, double drift,
                   std::uint64_t seed)
{
    std::vector<std::vector<std::optional<Stage>>> rows;
    for (std::size_t u = 0; u < users; ++u) {
        Rng rng(seed, u);
        std::vector<std::size_t> walk{rng.below(3), rng.below(3)};
        while (walk.size() < ends) {
            const double move = rng.uniform();
            const std::size_t last = walk.back();
            const double stay = 0.5 + drift * static_cast<double>(walk.size() % 2);
            const std::size_t other =
                rng.uniform() < second ? walk[walk.size() - 2] : rng.below(3);
            walk.push_back(move < stay ? last : other);
        }
        std::vector<std::optional<Stage>> row;
        for (std::size_t end = 0; end < ends; ++end) {
            row.push_back(kStages[walk[end]]);
        }
        rows.push_back(std::move(row));
    }
    return historyOf(rows, ends);
}

} // namespace

class TransitionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sumsAgreeWithBothLaddersAndListsWithTheirCells()
    {
        for (std::uint64_t seed = 1; seed <= 5; ++seed) {
            const auto days = randomDays(400, kAt - 260, 280, seed);
            LifecycleOptions options;
            options.thresholds.churnedAfterDays = 70;
            const std::vector<Day> ends{kAt - 90, kAt - 30, kAt};
            const auto history = *stageHistory(days, {}, ends, options.thresholds, 70, Task());
            const auto matrix = *transitionMatrix(history, 0, 2, {});
            const auto first = *computeLifecycle(days, {}, ends[0], options, Task());
            const auto last = *computeLifecycle(days, {}, ends[2], options, Task());
            QVERIFY(matrix.before == first->counts);
            QVERIFY(matrix.after == last->counts);
            for (std::size_t j = 0; j < kStageCount; ++j) {
                std::int64_t row = 0;
                std::int64_t column = matrix.fresh[j];
                double share = 0;
                for (std::size_t i = 0; i < kStageCount; ++i) {
                    row += matrix.users[j][i];
                    column += matrix.users[i][j];
                    share += matrix.shares[j][i] ? matrix.shares[j][i]->share : 0;
                    QCOMPARE(static_cast<std::int64_t>(
                                 transitionUsers(history, 0, 2, kStages[j], kStages[i]).size()),
                             matrix.users[j][i]);
                }
                QCOMPARE(row, matrix.before[j]);
                QCOMPARE(column, matrix.after[j]);
                QCOMPARE(matrix.shares[j][0].has_value(), row > 0);
                QVERIFY(row == 0 || near(share, 1.0, 1e-12));
                QCOMPARE(static_cast<std::int64_t>(
                             transitionUsers(history, 0, 2, std::nullopt, kStages[j]).size()),
                         matrix.fresh[j]);
            }
        }
    }

    void sharesAreOfADirichletPosterior()
    {
        const auto history = fromTable({{7, 0, 2, 0, 0, 1, 0}});
        for (const TransitionPrior prior : {TransitionPrior::Jeffreys, TransitionPrior::Uniform}) {
            const double a = prior == TransitionPrior::Jeffreys ? 0.5 : 1.0;
            const auto matrix = *transitionMatrix(history, 0, 1, {prior, 0.9});
            // Draws of the whole row.
            constexpr std::size_t kDraws = 40000;
            const std::array<int, kStageCount> counts{7, 0, 2, 0, 0, 1, 0};
            std::vector<std::vector<double>> draws(kStageCount);
            Rng rng(4);
            for (std::size_t d = 0; d < kDraws; ++d) {
                std::array<double, kStageCount> gammas{};
                for (std::size_t j = 0; j < kStageCount; ++j) {
                    gammas[j] = rng.gamma(counts[j] + a);
                }
                const double sum = std::accumulate(gammas.begin(), gammas.end(), 0.0);
                for (std::size_t j = 0; j < kStageCount; ++j) {
                    draws[j].push_back(gammas[j] / sum);
                }
            }
            for (std::size_t j = 0; j < kStageCount; ++j) {
                std::ranges::sort(draws[j]);
                const TransitionShare &share = *matrix.shares[0][j];
                const double mean =
                    std::accumulate(draws[j].begin(), draws[j].end(), 0.0) / kDraws;
                QCOMPARE(share.share, counts[j] / 10.0);
                QVERIFY(near(share.mean, mean, 0.005));
                QVERIFY(near(share.mean, (counts[j] + a) / (10 + 7 * a), 1e-12));
                QVERIFY(near(share.interval.upper, draws[j][kDraws * 95 / 100], 0.01));
                QVERIFY(near(share.interval.lower,
                             counts[j] == 0 ? 0.0 : draws[j][kDraws * 5 / 100], 0.01));
            }
        }
        // All went to one stage: up to 1.
        QCOMPARE(transitionMatrix(fromTable({{5}}), 0, 1, {})->shares[0][0]->interval.upper, 1.0);
    }

    void independenceAsPublished()
    {
        // Agresti, An Introduction to Categorical Data Analysis (2007), table 2.5: gender by party,
        // G² = 30.0 with 2 degrees of freedom.
        const auto test =
            *testIndependence(fromTable({{762, 327, 468}, {484, 239, 477}}), 0, 1);
        QVERIFY(near(test.chi2, 30.0, 0.05));
        QCOMPARE(test.df, 2);
        QCOMPARE(test.users, 2757);
        QVERIFY(near(*test.p, std::exp(-0.5 * test.chi2), 1e-15)); // of 2 degrees, exactly
        QCOMPARE(test.ground, TestGround::Sound);
    }

    void emptyRowsAndColumnsCountNothing()
    {
        const auto full = *testIndependence(fromTable({{30, 20}, {25, 40}}), 0, 1);
        const auto holes =
            *testIndependence(fromTable({{30, 0, 20}, {0, 0, 0}, {25, 0, 40}}), 0, 1);
        QCOMPARE(full.df, 1);
        QCOMPARE(holes.df, 1);
        QVERIFY(near(holes.chi2, full.chi2, 1e-12));
        const auto sparse = *testIndependence(fromTable({{3, 1}, {1, 3}}), 0, 1);
        QCOMPARE(sparse.ground, TestGround::Sparse);
        QVERIFY(sparse.p.has_value());
        const auto one = *testIndependence(fromTable({{10, 20}}), 0, 1);
        QCOMPARE(one.ground, TestGround::TooLittleData);
        QCOMPARE(one.df, 0);
        QVERIFY(!one.p.has_value());
        QCOMPARE(testIndependence(fromTable({}), 0, 1)->users, 0);
    }

    void ofFirstOrderWalksSecondOrderAndDriftAreFoundAsOftenAsByChance()
    {
        int second = 0;
        int drift = 0;
        constexpr int kTries = 400;
        for (int k = 0; k < kTries; ++k) {
            const auto history = walks(300, 4, 0.0, 0.0, 100 + static_cast<std::uint64_t>(k));
            const auto order = *testSecondOrder(history, 1, 2, 3);
            QCOMPARE(order.df, 12); // 3 stages × 2 × 2
            second += *order.p < 0.05 ? 1 : 0;
            const auto stationary = *testStationarity(history, 1, 3);
            QCOMPARE(stationary.df, 6); // 3 stages × (2 moves − 1) × 2
            QCOMPARE(stationary.users, 600);
            drift += *stationary.p < 0.05 ? 1 : 0;
        }
        QVERIFY(second > 5 && second < 40); // 20 expected, SD 4.4
        QVERIFY(drift > 5 && drift < 40);
    }

    void whatIsThereIsFound()
    {
        QVERIFY(*testSecondOrder(walks(2000, 4, 0.8, 0.0, 7), 1, 2, 3)->p < 1e-6);
        QVERIFY(*testStationarity(walks(2000, 6, 0.0, 0.3, 7), 1, 5)->p < 1e-6);
        QVERIFY(*testIndependence(walks(2000, 4, 0.0, 0.0, 7), 2, 3)->p < 1e-6);
        QVERIFY(*testIndependence(walks(2000, 2, 0.0, 0.0, 7), 0, 1)->p > 1e-3);
    }

    void stationarityIsIndependenceOfThePeriod()
    {
        // The same moves twice: χ² = 0; those who come later count from when they are known.
        std::vector<std::vector<std::optional<Stage>>> rows;
        for (int k = 0; k < 40; ++k) {
            rows.push_back({Stage::Active, Stage::Active, Stage::Active});
            rows.push_back({Stage::Loyal, Stage::Active, Stage::Loyal});
            rows.push_back({std::nullopt, Stage::Loyal, Stage::Active});
        }
        const auto test = *testStationarity(historyOf(rows, 3), 0, 2);
        QCOMPARE(test.users, 40 * 5);
        // From active: 40 to active; then 40 to active and 40 to loyal. From loyal always to
        // active.
        const double chi2 = 2 * (40 * std::log(40 / (40 * 80 / 120.0)) +
                                 40 * std::log(40 / (80 * 80 / 120.0)) +
                                 40 * std::log(40 / (80 * 40 / 120.0)));
        QCOMPARE(test.df, 1);
        QVERIFY(near(test.chi2, chi2, 1e-9));
    }

    void datesThatDoNotRise()
    {
        const auto history = walks(20, 4, 0, 0, 1);
        QCOMPARE(transitionMatrix(history, 1, 1, {}).error().where, std::string("dates"));
        QCOMPARE(transitionMatrix(history, 2, 1, {}).error().where, std::string("dates"));
        QCOMPARE(transitionMatrix(history, 0, 4, {}).error().where, std::string("dates"));
        QCOMPARE(transitionMatrix(history, 0, 1, {{}, 1.0}).error().where, std::string("level"));
        QCOMPARE(transitionMatrix(history, 0, 1, {{}, std::nan("")}).error().where,
                 std::string("level"));
        QCOMPARE(testIndependence(history, 3, 3).error().where, std::string("dates"));
        QCOMPARE(testSecondOrder(history, 0, 2, 1).error().where, std::string("dates"));
        QCOMPARE(testStationarity(history, 0, 1).error().where, std::string("dates"));
        QCOMPARE(testStationarity(history, 0, 9).error().where, std::string("dates"));
    }

    void nobodyKnownAtTheFirstDate()
    {
        const auto history =
            *stageHistory({{1, kAt, false}, {2, kAt - 1, true}}, {}, {kAt - 30, kAt}, {}, 90,
                          Task());
        const auto matrix = *transitionMatrix(history, 0, 1, {});
        QCOMPARE(std::accumulate(matrix.before.begin(), matrix.before.end(), std::int64_t{0}), 0);
        QVERIFY(matrix.fresh == matrix.after);
        QCOMPARE(matrix.fresh[at(Stage::Acquired)] + matrix.fresh[at(Stage::Converted)], 2);
        QCOMPARE(testIndependence(history, 0, 1)->ground, TestGround::TooLittleData);
    }
};

QTEST_APPLESS_MAIN(TransitionsTest)
#include "tst_transitions.moc"
