#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/features/feature_matrix.h"
#include "core/learned/forest.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What a label is, and with it what the trees make smallest.
enum class TreeObjective {
    Count,        ///< label >= 0, a count or money: Poisson deviance, predictions > 0
    SquaredError, ///< any label
    Tweedie,      ///< label >= 0, much of it exactly 0: predictions > 0
    Binary,       ///< label in [0, 1]: log loss, predictions are probabilities
};
std::string_view treeObjectiveName(TreeObjective objective) noexcept; // "count", "squared-error", …

struct BoostedTreesOptions {
    TreeObjective objective = TreeObjective::Count;
    int rounds = 400;             ///< trees at most, in [1, 10 000]
    double learningRate = 0.05;   ///< in (0, 1]
    int leaves = 15;              ///< of a tree at most, in [2, 4096]
    int depth = 0;                ///< of a tree at most, in [0, 32]; 0 = as the leaves allow
    double leastChildWeight = 20; ///< of a leaf, in rows (labels are scaled to a mean of 1), >= 0
    double subsample = 0.8;       ///< share of rows behind each tree, in (0, 1]
    double penalty = 1.0;         ///< on squared leaf values, >= 0
    double tweediePower = 1.5;    ///< in (1, 2)
    /// Share of users, drawn by their ids, who say when to stop; in [0, 0.5]. 0 = all rounds.
    double heldOutShare = 0.15;
    int patience = 20; ///< rounds without a better loss on them before it stops, >= 1
    std::uint64_t seed = 1;
    int threads = 1; ///< in [1, 64]
};

/// Gradient-boosted trees, trained. Predictions are center + scale × link(start + Σ leaves).
struct BoostedTrees {
    enum class Link { Identity, Exponential, Logistic };

    std::vector<std::string> columns;
    TreeObjective objective = TreeObjective::Count;
    Link link = Link::Identity;
    double center = 0.0, scale = 1.0, start = 0.0;
    double top =
        0.0; ///< of start + Σ leaves, exponential link only: nothing above the largest label
    Forest forest;
    /// Each column's share of the loss that all splits together took away; they sum to 1, or are
    /// all 0 where nothing was split.
    std::vector<double> gain;

    double predict(std::span<const float> row) const noexcept;
};

/// Boosts trees on the held-in rows until the held-out ones get no better, then as many on all
/// rows, and shifts them so that the mean prediction on the training rows is the mean label: a
/// total is what people sum. The same rows, options and machine give the same trees.
///
/// Labels that are all equal give no tree: everybody is predicted that label. So do features that
/// say nothing, which is then the mean.
/// @error TooLittleData for no row; InvalidArgument (where: "features", "labels" or the option) for
/// what is not finite or out of range; OutOfMemory; Cancelled, asked for after each round.
/// Sources: Friedman (2001), Annals of Statistics 29(5); Chen & Guestrin (2016), XGBoost; Zhou,
/// Qian & Yang (2022) for the Tweedie loss.
Result<BoostedTrees> trainBoostedTrees(const FeatureMatrix &features,
                                       std::span<const double> labels,
                                       const BoostedTreesOptions &options, const Task &task);

/// One value a row, finite, in the label's unit. @error InvalidArgument for other columns than the
/// training's, or values that are not finite; Cancelled. Cost O(rows × trees × depth).
Result<std::vector<double>> predictWithTrees(const BoostedTrees &trees,
                                             const FeatureMatrix &features, const Task &task);

SavedModel saveTrees(const BoostedTrees &trees);
/// @error Damaged, where: "model", detail: "hash", or the part that is none.
Result<BoostedTrees> loadTrees(const SavedModel &saved);

} // namespace perennial
