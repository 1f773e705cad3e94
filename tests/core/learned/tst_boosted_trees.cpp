#include "core/learned/boosted_trees.h"
#include "made_up_users.h"

#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

std::vector<double> predictions(const BoostedTrees &trees, const FeatureMatrix &features)
{
    return *predictWithTrees(trees, features, Task());
}

/// Labels each objective allows, from the same users.
std::vector<double> labelsFor(TreeObjective objective, const FeatureMatrix &features)
{
    std::vector<double> labels = madeUpCounts(features, 5);
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (objective == TreeObjective::Binary) {
            labels[i] = labels[i] > 0.0 ? 1.0 : 0.0;
        } else if (objective == TreeObjective::SquaredError) {
            labels[i] = 1000.0 * labels[i] - 1500.0;
        } else if (objective == TreeObjective::Tweedie) {
            labels[i] *= 100.0 * Rng(9, i).gamma(2.0);
        }
    }
    return labels;
}

FeatureMatrix firstRows(const FeatureMatrix &features, std::size_t n)
{
    FeatureMatrix part = features;
    part.user.resize(n);
    part.values.resize(n * features.columns.size());
    return part;
}

constexpr std::array kObjectives{TreeObjective::Count, TreeObjective::SquaredError,
                                 TreeObjective::Tweedie, TreeObjective::Binary};

} // namespace

class BoostedTreesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// On users never seen the true mean is hit far better than by the mean of all.
    void learnsWhatWasSimulated()
    {
        const FeatureMatrix users = madeUpUsers(6000, 1);
        const BoostedTrees trees = *trainBoostedTrees(users, madeUpCounts(users, 2), {}, Task());
        const FeatureMatrix others = madeUpUsers(3000, 11);
        const std::vector<double> predicted = predictions(trees, others);
        std::vector<double> truth;
        for (std::size_t i = 0; i < others.rows(); ++i) {
            truth.push_back(trueMean(others.row(i)));
        }
        const double mean = meanOf(truth);
        double missed = 0.0;
        double spread = 0.0;
        for (std::size_t i = 0; i < truth.size(); ++i) {
            missed += (predicted[i] - truth[i]) * (predicted[i] - truth[i]);
            spread += (mean - truth[i]) * (mean - truth[i]);
        }
        QVERIFY2(missed < 0.05 * spread, qPrintable(QString::number(missed / spread)));
        QVERIFY(std::abs(meanOf(predicted) / mean - 1.0) < 0.05);
    }

    void saysWhichFeaturesMattered()
    {
        const FeatureMatrix users = madeUpUsers(6000, 1);
        const BoostedTrees trees = *trainBoostedTrees(users, madeUpCounts(users, 2), {}, Task());
        QCOMPARE(trees.gain.size(), std::size_t{4});
        QVERIFY(std::abs(std::accumulate(trees.gain.begin(), trees.gain.end(), 0.0) - 1.0) < 1e-12);
        QVERIFY(trees.gain[0] > 0.3 && trees.gain[1] > 0.2);
        QVERIFY2(trees.gain[2] < 0.1, qPrintable(QString::number(trees.gain[2])));
        QCOMPARE(trees.gain[3], 0.0);
    }

    void theMeanPredictionIsTheMeanLabel()
    {
        const FeatureMatrix users = madeUpUsers(2000, 3);
        for (const TreeObjective objective : kObjectives) {
            BoostedTreesOptions options;
            options.objective = objective;
            const std::vector<double> labels = labelsFor(objective, users);
            const BoostedTrees trees = *trainBoostedTrees(users, labels, options, Task());
            QVERIFY(trees.forest.trees() > 0);
            const std::vector<double> predicted = predictions(trees, users);
            QVERIFY(allFinite(predicted));
            QVERIFY(std::abs(meanOf(predicted) / meanOf(labels) - 1.0) < 1e-9);
            const double most = *std::max_element(labels.begin(), labels.end());
            if (objective != TreeObjective::SquaredError) {
                QVERIFY(*std::min_element(predicted.begin(), predicted.end()) > 0.0);
                QVERIFY(*std::max_element(predicted.begin(), predicted.end()) <=
                        most * (1 + 1e-12));
            }
        }
    }

    /// One split on one feature: the leaves are the means of both sides.
    void aStumpFindsTheTwoMeans()
    {
        FeatureMatrix users;
        users.columns = {"side"};
        std::vector<double> labels;
        for (int i = 0; i < 200; ++i) {
            users.user.push_back(i);
            users.values.push_back(i < 100 ? 0.0F : 1.0F);
            labels.push_back(i < 100 ? (i % 2) : 10 + (i % 2));
        }
        BoostedTreesOptions options;
        options.objective = TreeObjective::SquaredError;
        options.rounds = 1;
        options.learningRate = 1.0;
        options.leaves = 2;
        options.subsample = 1.0;
        options.penalty = 0.0;
        options.heldOutShare = 0.0;
        const BoostedTrees trees = *trainBoostedTrees(users, labels, options, Task());
        QCOMPARE(trees.forest.trees(), std::size_t{1});
        QVERIFY(std::abs(trees.predict(std::array{0.0F}) - 0.5) < 1e-5);
        QVERIFY(std::abs(trees.predict(std::array{1.0F}) - 10.5) < 1e-5);
    }

    void theUnitOfMoneyDoesNotMatter()
    {
        const FeatureMatrix users = madeUpUsers(1500, 3);
        for (const TreeObjective objective : {TreeObjective::Count, TreeObjective::SquaredError}) {
            BoostedTreesOptions options;
            options.objective = objective;
            std::vector<double> labels = madeUpCounts(users, 4);
            const auto one = predictions(*trainBoostedTrees(users, labels, options, Task()), users);
            for (double &y : labels) {
                y *= 1048576.0;
            }
            const auto many =
                predictions(*trainBoostedTrees(users, labels, options, Task()), users);
            for (std::size_t i = 0; i < one.size(); ++i) {
                QVERIFY(std::abs(many[i] - 1048576.0 * one[i]) <= 1e-6 * (1.0 + std::abs(many[i])));
            }
        }
    }

    void sameSeedSameTrees()
    {
        const FeatureMatrix users = madeUpUsers(1500, 3);
        const std::vector<double> counts = madeUpCounts(users, 4);
        const std::string hash = saveTrees(*trainBoostedTrees(users, counts, {}, Task())).hash;
        QCOMPARE(saveTrees(*trainBoostedTrees(users, counts, {}, Task())).hash, hash);
        BoostedTreesOptions other;
        other.seed = 2;
        QVERIFY(saveTrees(*trainBoostedTrees(users, counts, other, Task())).hash != hash);
    }

    /// Whether a user judges depends on the user alone.
    void whoIsHeldOutDependsOnTheUser()
    {
        FeatureMatrix users = madeUpUsers(4000, 3);
        const std::vector<bool> held = heldOutRows(users, 0.15, 7);
        const auto share = static_cast<double>(std::count(held.begin(), held.end(), true)) / 4000.0;
        QVERIFY(std::abs(share - 0.15) < 0.02);
        std::reverse(users.user.begin(), users.user.end());
        std::vector<bool> reversed = heldOutRows(users, 0.15, 7);
        std::reverse(reversed.begin(), reversed.end());
        QVERIFY(held == reversed);
    }

    void noiseAloneIsTheMean()
    {
        const FeatureMatrix users = madeUpUsers(1500, 3);
        FeatureMatrix shuffled = users;
        std::rotate(shuffled.user.begin(), shuffled.user.begin() + 700, shuffled.user.end());
        std::vector<double> counts = madeUpCounts(users, 4);
        std::rotate(counts.begin(), counts.begin() + 700, counts.end());
        const BoostedTrees trees = *trainBoostedTrees(shuffled, counts, {}, Task());
        QVERIFY2(trees.forest.trees() < 20, qPrintable(QString::number(trees.forest.trees())));
        QVERIFY(std::abs(meanOf(predictions(trees, users)) / meanOf(counts) - 1.0) < 1e-9);
    }

    void oneLabelForAll()
    {
        const FeatureMatrix users = madeUpUsers(300, 3);
        for (const TreeObjective objective : kObjectives) {
            for (const double label : {0.0, 1.0, -4.25}) {
                BoostedTreesOptions options;
                options.objective = objective;
                const auto trees = trainBoostedTrees(
                    users, std::vector<double>(users.rows(), label), options, Task());
                if (label < 0.0 && objective != TreeObjective::SquaredError) {
                    QCOMPARE(trees.error().code, ErrorCode::InvalidArgument);
                    continue;
                }
                QCOMPARE(trees->forest.trees(), std::size_t{0});
                for (const double predicted : predictions(*trees, users)) {
                    QCOMPARE(predicted, label);
                }
            }
        }
    }

    void fewRows()
    {
        const FeatureMatrix users = madeUpUsers(12, 3);
        const auto none = trainBoostedTrees(firstRows(users, 0), std::vector<double>{}, {}, Task());
        QCOMPARE(none.error().code, ErrorCode::TooLittleData);
        const std::vector<double> one{3.5};
        const BoostedTrees single = *trainBoostedTrees(firstRows(users, 1), one, {}, Task());
        QCOMPARE(predictions(single, users), std::vector<double>(12, 3.5));
        const std::vector<double> two{0.0, 5.0};
        const BoostedTrees pair = *trainBoostedTrees(firstRows(users, 2), two, {}, Task());
        for (const double predicted : predictions(pair, users)) {
            QVERIFY(std::abs(predicted - 2.5) < 1e-9); // too few for a leaf
        }
        QVERIFY(predictions(pair, firstRows(users, 0)).empty());
    }

    void aConstantFeatureIsOfNoUse()
    {
        FeatureMatrix users = madeUpUsers(500, 3);
        const std::vector<double> counts = madeUpCounts(users, 4);
        std::fill(users.values.begin(), users.values.end(), 1.0F);
        const BoostedTrees trees = *trainBoostedTrees(users, counts, {}, Task());
        QCOMPARE(trees.gain, std::vector<double>(4, 0.0));
        for (const double predicted : predictions(trees, users)) {
            QVERIFY(std::abs(predicted / meanOf(counts) - 1.0) < 1e-9);
        }
    }

    void extremeLabelsStayFinite()
    {
        const FeatureMatrix users = madeUpUsers(400, 3);
        for (const TreeObjective objective :
             {TreeObjective::Count, TreeObjective::SquaredError, TreeObjective::Tweedie}) {
            BoostedTreesOptions options;
            options.objective = objective;
            options.leastChildWeight = 0.0;
            options.learningRate = 1.0;
            options.heldOutShare = 0.0;
            std::vector<double> labels(users.rows(), 0.0);
            labels[17] = kLargestLabel;
            labels[18] = 1e-9;
            const auto predicted =
                predictions(*trainBoostedTrees(users, labels, options, Task()), users);
            QVERIFY(allFinite(predicted));
            QVERIFY(std::abs(meanOf(predicted) / meanOf(labels) - 1.0) < 1e-6);
        }
    }

    void whatIsNoNumberIsRefused()
    {
        const FeatureMatrix users = madeUpUsers(50, 3);
        const std::vector<double> counts = madeUpCounts(users, 4);
        for (const double odd : {std::numeric_limits<double>::quiet_NaN(),
                                 std::numeric_limits<double>::infinity(), 2e15, -1.0}) {
            std::vector<double> labels = counts;
            labels[7] = odd;
            const auto trees = trainBoostedTrees(users, labels, {}, Task());
            QCOMPARE(trees.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(trees.error().where, std::string("labels"));
            QCOMPARE(trees.error().detail, std::string("7"));
        }
        FeatureMatrix odd = users;
        odd.values[5] = std::numeric_limits<float>::infinity();
        const auto trees = trainBoostedTrees(odd, counts, {}, Task());
        QCOMPARE(trees.error().code, ErrorCode::InvalidArgument);
        QCOMPARE(trees.error().detail, std::string("recency"));
        odd = users;
        odd.columns[3] = "noise";
        QCOMPARE(trainBoostedTrees(odd, counts, {}, Task()).error().detail, std::string("noise"));
        odd.values.pop_back();
        QCOMPARE(trainBoostedTrees(odd, counts, {}, Task()).error().detail, std::string("shape"));
        QCOMPARE(trainBoostedTrees(users, std::vector<double>(3), {}, Task()).error().where,
                 std::string("labels"));
    }

    void optionsOutOfRangeAreRefused()
    {
        const FeatureMatrix users = madeUpUsers(50, 3);
        const std::vector<double> counts = madeUpCounts(users, 4);
        const auto refused = [&](auto change, const char *where) {
            BoostedTreesOptions options;
            change(options);
            const auto trees = trainBoostedTrees(users, counts, options, Task());
            QVERIFY(!trees.ok());
            QCOMPARE(trees.error().code, ErrorCode::InvalidArgument);
            QCOMPARE(trees.error().where, std::string(where));
        };
        refused([](auto &o) { o.rounds = 0; }, "rounds");
        refused([](auto &o) { o.learningRate = std::nan(""); }, "learning_rate");
        refused([](auto &o) { o.leaves = 1; }, "leaves");
        refused([](auto &o) { o.subsample = 0.0; }, "subsample");
        refused([](auto &o) { o.tweediePower = 2.0; }, "tweedie_power");
        refused([](auto &o) { o.heldOutShare = 0.9; }, "held_out_share");
        refused([](auto &o) { o.threads = 0; }, "threads");
    }

    void cancelsBetweenRounds()
    {
        std::stop_source stop;
        int reports = 0;
        const Task task(stop.get_token(), [&](double, std::string_view) {
            if (++reports == 3) {
                stop.request_stop();
            }
        });
        const FeatureMatrix users = madeUpUsers(1500, 3);
        const auto trees = trainBoostedTrees(users, madeUpCounts(users, 4), {}, task);
        QCOMPARE(trees.error().code, ErrorCode::Cancelled);
        QCOMPARE(reports, 3);
        BoostedTrees mean;
        mean.columns = users.columns;
        QCOMPARE(predictWithTrees(mean, users, task).error().code, ErrorCode::Cancelled);
    }

    void savesAndLoadsTheSame()
    {
        const FeatureMatrix users = madeUpUsers(1500, 3);
        for (const TreeObjective objective : kObjectives) {
            BoostedTreesOptions options;
            options.objective = objective;
            const BoostedTrees trees =
                *trainBoostedTrees(users, labelsFor(objective, users), options, Task());
            const SavedModel saved = saveTrees(trees);
            QCOMPARE(saved.hash.size(), std::size_t{64});
            const BoostedTrees loaded = *loadTrees(saved);
            QCOMPARE(loaded.objective, objective);
            QCOMPARE(loaded.gain, trees.gain);
            QCOMPARE(predictions(loaded, users), predictions(trees, users));
        }
    }

    void otherColumnsAreRefused()
    {
        FeatureMatrix users = madeUpUsers(200, 3);
        const BoostedTrees trees = *trainBoostedTrees(users, madeUpCounts(users, 4), {}, Task());
        std::swap(users.columns[0], users.columns[1]);
        QCOMPARE(predictWithTrees(trees, users, Task()).error().code, ErrorCode::InvalidArgument);
        QCOMPARE(predictWithTrees(trees, users, Task()).error().detail, std::string("orders"));
    }

    void whatWasTamperedWithDoesNotLoad()
    {
        const FeatureMatrix users = madeUpUsers(1500, 3);
        const SavedModel saved =
            saveTrees(*trainBoostedTrees(users, madeUpCounts(users, 4), {}, Task()));
        SavedModel wrong = saved;
        wrong.tensors[4].data[3] ^= std::byte{1};
        QCOMPARE(loadTrees(wrong).error().code, ErrorCode::Damaged);
        QCOMPARE(loadTrees(wrong).error().detail, std::string("hash"));
        // Whoever changes a model can make its hash, too: nothing then leads out of the nodes.
        const auto refused = [&](auto change, const char *detail) {
            SavedModel other = saved;
            change(other);
            const auto loaded = loadTrees(sealModel(other.json, other.tensors));
            QVERIFY(!loaded.ok());
            QCOMPARE(loaded.error().code, ErrorCode::Damaged);
            QCOMPARE(loaded.error().detail, std::string(detail));
        };
        const auto put = [](std::size_t tensor, std::int64_t value) {
            return [=](SavedModel &m) {
                std::memcpy(m.tensors[tensor].data.data(), &value, sizeof value);
            };
        };
        refused(put(0, 5), "forest");       // the first root is not the first node
        refused(put(1, 1 << 30), "forest"); // a child past the end
        refused(put(1, -1), "forest");
        refused(put(3, 4), "forest"); // a feature that is not there
        refused([](SavedModel &m) { m.tensors.pop_back(); }, "forest");
        refused([](SavedModel &m) { m.tensors[4].data.resize(8); }, "forest");
        refused([](SavedModel &m) { m.tensors[1].shape = {-1}; }, "forest");
        refused([](SavedModel &m) { m.json = "[[[[["; }, "json");
        refused([](SavedModel &m) { m.json = "{}"; }, "json");
        refused([](SavedModel &m) { m.json.replace(m.json.find("count"), 5, "cuont"); }, "json");
    }
};

QTEST_APPLESS_MAIN(BoostedTreesTest)
#include "tst_boosted_trees.moc"
