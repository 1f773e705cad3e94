#include "core/learned/boosted_trees.h"
#include "core/learned/tree_shap.h"
#include "made_up_users.h"

#include <QTest>

#include <array>
#include <bit>
#include <cmath>
#include <numeric>

using namespace perennial;
using namespace perennial::test;

namespace {

TreeNode question(std::int32_t left, std::int32_t right, std::int32_t feature, float below)
{
    return {left, right, feature, below};
}
TreeNode leaf(float value)
{
    return {0, 0, 0, value};
}

/// 80 for who has a fever and a cough, 0 else; a quarter of all in each of the four cases.
Forest feverAndCough(float coughAlone)
{
    Forest forest;
    forest.nodes = {question(1, 4, 0, 0.5F), question(2, 3, 1, 0.5F), leaf(0),
                    leaf(coughAlone),        question(5, 6, 1, 0.5F), leaf(0),
                    leaf(80 + coughAlone)};
    forest.roots = {0};
    forest.cover = {4, 2, 1, 1, 2, 1, 1};
    return forest;
}

/// What a tree is worth when the features of a set are known, as the paper's algorithm 1 has it.
double worth(const Forest &forest, std::size_t at, std::span<const float> row, unsigned known)
{
    const TreeNode &node = forest.nodes[at];
    if (node.isLeaf()) {
        return static_cast<double>(node.value);
    }
    const auto left = static_cast<std::size_t>(node.left);
    const auto right = static_cast<std::size_t>(node.right);
    const auto f = static_cast<std::size_t>(node.feature);
    if ((known >> f & 1U) != 0) {
        return worth(forest, row[f] < node.value ? left : right, row, known);
    }
    const auto a = static_cast<double>(forest.cover[left]);
    const auto b = static_cast<double>(forest.cover[right]);
    return (a * worth(forest, left, row, known) + b * worth(forest, right, row, known)) / (a + b);
}

double worth(const Forest &forest, std::span<const float> row, unsigned known)
{
    double sum = 0;
    for (const std::int64_t root : forest.roots) {
        sum += worth(forest, static_cast<std::size_t>(root), row, known);
    }
    return sum;
}

/// Shapley's value by its definition, over all sets of the other features.
double shapley(const Forest &forest, std::span<const float> row, unsigned feature)
{
    const auto n = static_cast<unsigned>(row.size());
    double value = 0;
    for (unsigned set = 0; set < 1U << n; ++set) {
        if ((set >> feature & 1U) == 0) {
            const int size = std::popcount(set);
            const double ways =
                std::tgamma(size + 1.0) * std::tgamma(n - size) / std::tgamma(n + 1.0);
            value += ways * (worth(forest, row, set | 1U << feature) - worth(forest, row, set));
        }
    }
    return value;
}

BoostedTrees trainedTrees(const FeatureMatrix &users, TreeObjective objective, int leaves)
{
    std::vector<double> labels = madeUpCounts(users, 5);
    for (double &label : labels) {
        label = objective == TreeObjective::Binary ? std::min(label, 1.0) : label;
    }
    BoostedTreesOptions options;
    options.objective = objective;
    options.leaves = leaves;
    options.rounds = 60;
    return *trainBoostedTrees(users, labels, options, Task());
}

} // namespace

class TestTreeShap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// Lundberg, Erion & Lee (2018), figure 1: models A and B.
    void publishedValues()
    {
        const Forest a = feverAndCough(0);
        const TreeShap shapOfA = *TreeShap::of(a, 2);
        QCOMPARE(shapOfA.base(), 20.0);
        QCOMPARE(shapOfA.contributions(std::array{1.0F, 1.0F}), (std::vector<double>{30, 30}));
        const Forest b = feverAndCough(10);
        const TreeShap shapOfB = *TreeShap::of(b, 2);
        QCOMPARE(shapOfB.base(), 25.0);
        QCOMPARE(shapOfB.contributions(std::array{1.0F, 1.0F}), (std::vector<double>{30, 35}));
    }

    /// Two features that a tree treats alike get as much; one that it never asks for gets nothing.
    void symmetryAndDummy()
    {
        Forest forest = feverAndCough(0);
        forest.nodes[1].feature = forest.nodes[4].feature = 2;
        const TreeShap shap = *TreeShap::of(forest, 4);
        for (const std::array<float, 4> &row :
             {std::array{1.0F, 9.0F, 1.0F, -3.0F}, {0, 0, 0, 0}}) {
            const std::vector<double> parts = shap.contributions(row);
            QCOMPARE(parts[0], parts[2]);
            QCOMPARE(parts[1], 0.0);
            QCOMPARE(parts[3], 0.0);
        }
    }

    void equalsBruteForce()
    {
        const FeatureMatrix users = madeUpUsers(3000, 1);
        for (const TreeObjective objective : {TreeObjective::Count, TreeObjective::Binary}) {
            const BoostedTrees trees = trainedTrees(users, objective, 12);
            QVERIFY(trees.forest.trees() > 20);
            const TreeShap shap = *TreeShap::of(trees.forest, users.columns.size());
            QVERIFY(std::abs(shap.base() - worth(trees.forest, users.row(0), 0)) < 1e-9);
            for (std::size_t i = 0; i < 60; ++i) {
                const std::vector<double> parts = shap.contributions(users.row(i));
                for (unsigned f = 0; f < parts.size(); ++f) {
                    const double wanted = shapley(trees.forest, users.row(i), f);
                    QVERIFY2(std::abs(parts[f] - wanted) < 1e-9,
                             qPrintable(QString("%1 %2").arg(parts[f]).arg(wanted)));
                }
            }
        }
    }

    void partsAddUpToTheMargin()
    {
        const FeatureMatrix users = madeUpUsers(2000, 1);
        const BoostedTrees trees = trainedTrees(users, TreeObjective::Binary, 64);
        const TreeShap shap = *TreeShap::of(trees.forest, users.columns.size());
        for (std::size_t i = 0; i < users.rows(); i += 7) {
            const std::vector<double> parts = shap.contributions(users.row(i));
            const double sum = std::accumulate(parts.begin(), parts.end(), shap.base());
            QVERIFY(std::abs(sum - trees.forest.sum(users.row(i))) < 1e-9);
            QCOMPARE(parts[3], 0.0); // the constant
        }
    }

    /// A branch that no training row took still adds up, for who takes it and who does not.
    void branchesWithoutCover()
    {
        Forest forest = feverAndCough(10);
        forest.cover = {4, 0, 0, 0, 4, 0, 4};
        const TreeShap shap = *TreeShap::of(forest, 2);
        for (const std::array<float, 2> &row :
             {std::array{0.0F, 0.0F}, {0.0F, 1.0F}, {1.0F, 0.0F}, {1.0F, 1.0F}}) {
            const std::vector<double> parts = shap.contributions(row);
            QVERIFY(std::abs(shap.base() + parts[0] + parts[1] - forest.sum(row)) < 1e-12);
        }
        forest.cover.assign(forest.nodes.size(), 0);
        QCOMPARE(TreeShap::of(forest, 2)->base(), 25.0); // nobody known: half and half
    }

    void noTreesNoParts()
    {
        const Forest none;
        const TreeShap shap = *TreeShap::of(none, 3);
        QCOMPARE(shap.base(), 0.0);
        QCOMPARE(shap.contributions(std::array{1.0F, 2.0F, 3.0F}), std::vector<double>(3, 0.0));
        Forest single;
        single.nodes = {leaf(0.25F)};
        single.roots = {0};
        single.cover = {9};
        QCOMPARE(TreeShap::of(single, 1)->base(), 0.25);
        QCOMPARE(TreeShap::of(single, 1)->contributions(std::array{1.0F})[0], 0.0);
    }

    void coverIsSavedAndOldFilesHaveNone()
    {
        const FeatureMatrix users = madeUpUsers(1500, 1);
        const BoostedTrees trees = trainedTrees(users, TreeObjective::Count, 8);
        const SavedModel saved = saveTrees(trees);
        QCOMPARE(loadTrees(saved)->forest.cover, trees.forest.cover);
        SavedModel old = saved;
        old.json.replace(old.json.find("\"version\":2,"), 12, "");
        old.tensors.pop_back();
        const auto loaded = loadTrees(sealModel(old.json, old.tensors));
        QVERIFY(loaded.ok());
        QCOMPARE(loaded->predict(users.row(3)), trees.predict(users.row(3)));
        QCOMPARE(TreeShap::of(loaded->forest, 4).error().code, ErrorCode::NotTrained);
    }

    void hostileFiles()
    {
        const FeatureMatrix users = madeUpUsers(1500, 1);
        const SavedModel saved = saveTrees(trainedTrees(users, TreeObjective::Count, 8));
        const auto refused = [&](auto change) {
            SavedModel other = saved;
            change(other);
            const auto loaded = loadTrees(sealModel(other.json, other.tensors));
            QCOMPARE(loaded.error().code, ErrorCode::Damaged);
        };
        refused([](SavedModel &m) { m.tensors.pop_back(); }); // version 2 has a cover
        refused([](SavedModel &m) { m.tensors.back().data[3] = std::byte{0xBF}; }); // below 0
        refused([](SavedModel &m) {
            m.json.replace(m.json.find("\"version\":2"), 11, "\"version\":3");
        });
        Forest shared = feverAndCough(0); // two parents: walks could double without end
        shared.nodes[4].left = 5;
        shared.nodes[4].right = 5;
        QCOMPARE(TreeShap::of(shared, 2).error().code, ErrorCode::Damaged);
        Forest chain;
        for (std::int32_t i = 0; i < 3000; ++i) {
            chain.nodes.push_back(question(2 * i + 1, 2 * i + 2, 0, 0.5F));
            chain.nodes.push_back(leaf(1));
        }
        chain.nodes.push_back(leaf(2));
        chain.roots = {0};
        chain.cover.assign(chain.nodes.size(), 1);
        QCOMPARE(TreeShap::of(chain, 1).error().detail, std::string("depth"));
    }
};

QTEST_APPLESS_MAIN(TestTreeShap)
#include "tst_tree_shap.moc"
