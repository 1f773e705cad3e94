#include "core/learned/boosted_trees.h"

#include "core/learned/tree_boosting.h"

#include <boost/math/tools/toms748_solve.hpp>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <new>
#include <numeric>

namespace perennial {

namespace {

/// Fewer rows on either side of the early stop say nothing.
constexpr std::size_t kLeastRows = 10;
constexpr std::size_t kRowsPerQuestion = 4096; ///< between two looks at `cancelled`

Error wrong(const char *where, std::string detail)
{
    return fail(ErrorCode::InvalidArgument, std::move(detail), where);
}

Status checkOptions(const BoostedTreesOptions &o)
{
    const auto within = [](double value, double low, double high) {
        return value >= low && value <= high; // false for NaN
    };
    const auto number = [](auto value) { return std::to_string(value); };
    if (!within(o.rounds, 1, 10000)) {
        return wrong("rounds", number(o.rounds));
    }
    if (!(o.learningRate > 0.0 && o.learningRate <= 1.0)) {
        return wrong("learning_rate", number(o.learningRate));
    }
    if (!within(o.leaves, 2, 4096)) {
        return wrong("leaves", number(o.leaves));
    }
    if (!within(o.depth, 0, 32)) {
        return wrong("depth", number(o.depth));
    }
    if (!within(o.leastChildWeight, 0.0, 1e9)) {
        return wrong("least_child_weight", number(o.leastChildWeight));
    }
    if (!(o.subsample > 0.0 && o.subsample <= 1.0)) {
        return wrong("subsample", number(o.subsample));
    }
    if (!within(o.penalty, 0.0, 1e9)) {
        return wrong("penalty", number(o.penalty));
    }
    if (!(o.tweediePower > 1.0 && o.tweediePower < 2.0)) {
        return wrong("tweedie_power", number(o.tweediePower));
    }
    if (!within(o.heldOutShare, 0.0, 0.5)) {
        return wrong("held_out_share", number(o.heldOutShare));
    }
    if (o.patience < 1) {
        return wrong("patience", number(o.patience));
    }
    if (!within(o.threads, 1, 64)) {
        return wrong("threads", number(o.threads));
    }
    return Done{};
}

Status checkLabels(std::span<const double> labels, TreeObjective objective)
{
    const double least = objective == TreeObjective::SquaredError ? -kLargestLabel : 0.0;
    const double most = objective == TreeObjective::Binary ? 1.0 : kLargestLabel;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        if (labels[i] < least || labels[i] > most) {
            return wrong("labels", std::to_string(i));
        }
    }
    return Done{};
}

double meanOf(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

/// Everything but the trees: how labels are scaled before, and predictions back after.
BoostedTrees frameFor(const FeatureMatrix &features, std::span<const double> labels,
                      TreeObjective objective)
{
    BoostedTrees frame;
    frame.columns = features.columns;
    frame.objective = objective;
    frame.gain.assign(features.columns.size(), 0.0);
    const double mean = meanOf(labels);
    const auto [least, most] = std::minmax_element(labels.begin(), labels.end());
    if (*most - *least <= 1e-12 * std::max(1.0, std::abs(*most))) {
        frame.center = mean;
        frame.scale = 0.0;
        return frame;
    }
    if (objective == TreeObjective::SquaredError) {
        double squares = 0.0;
        for (const double y : labels) {
            squares += (y - mean) * (y - mean);
        }
        frame.center = mean;
        frame.scale = std::sqrt(squares / static_cast<double>(labels.size()));
    } else if (objective == TreeObjective::Binary) {
        frame.link = BoostedTrees::Link::Logistic;
        frame.start = std::log(mean) - std::log1p(-mean);
    } else {
        frame.link = BoostedTrees::Link::Exponential;
        frame.scale = mean;
        frame.top = std::log(*most / mean);
    }
    return frame;
}

/// The rows whose flag is `side`.
BoostingRows rowsOf(const FeatureMatrix &features, std::span<const double> labels,
                    const BoostedTrees &frame, const std::vector<bool> &flags, bool side)
{
    BoostingRows rows;
    rows.columns = features.columns.size();
    for (std::size_t i = 0; i < features.rows(); ++i) {
        if (flags[i] == side) {
            const auto row = features.row(i);
            rows.values.insert(rows.values.end(), row.begin(), row.end());
            rows.labels.push_back(static_cast<float>((labels[i] - frame.center) / frame.scale));
        }
    }
    return rows;
}

/// The number of trees, told by rows that none of them sees.
Result<int> roundsFor(const FeatureMatrix &features, std::span<const double> labels,
                      const BoostedTrees &frame, const BoostedTreesOptions &options,
                      const Task &task)
{
    const std::vector<bool> held = heldOutRows(features, options.heldOutShare, options.seed);
    const auto judges = static_cast<std::size_t>(std::count(held.begin(), held.end(), true));
    if (judges < kLeastRows || held.size() - judges < kLeastRows) {
        return options.rounds;
    }
    const auto outcome = boostTrees(rowsOf(features, labels, frame, held, false),
                                    rowsOf(features, labels, frame, held, true), frame.start,
                                    options.rounds, options, task);
    if (!outcome) {
        return outcome.error();
    }
    return outcome->bestRounds;
}

/// What must be added to `start` for the mean prediction to be the mean label. The mean grows with
/// it, from below that mean to above it.
double shiftFor(const BoostedTrees &trees, const FeatureMatrix &features,
                std::span<const double> labels)
{
    std::vector<double> sums;
    sums.reserve(features.rows());
    for (std::size_t i = 0; i < features.rows(); ++i) {
        sums.push_back(trees.start + trees.forest.sum(features.row(i)));
    }
    const double wanted = (meanOf(labels) - trees.center) / trees.scale;
    if (trees.link == BoostedTrees::Link::Identity) {
        return wanted - meanOf(sums);
    }
    const auto excess = [&](double shift) {
        double total = 0.0;
        for (const double sum : sums) {
            const double margin = sum + shift;
            total += trees.link == BoostedTrees::Link::Logistic
                         ? 1.0 / (1.0 + std::exp(-margin))
                         : std::exp(std::min(margin, trees.top));
        }
        return total / static_cast<double>(sums.size()) - wanted;
    };
    double low = -1.0;
    double high = 1.0;
    while (excess(low) > 0.0 && low > -1e3) {
        low *= 2.0;
    }
    while (excess(high) < 0.0 && high < 1e3) {
        high *= 2.0;
    }
    std::uintmax_t steps = 100;
    const auto around = boost::math::tools::toms748_solve(
        excess, low, high, boost::math::tools::eps_tolerance<double>(52), steps);
    return 0.5 * (around.first + around.second);
}

Result<BoostedTrees> train(const FeatureMatrix &features, std::span<const double> labels,
                           const BoostedTreesOptions &options, const Task &task)
{
    BoostedTrees trees = frameFor(features, labels, options.objective);
    if (trees.scale == 0.0) {
        return trees;
    }
    const auto rounds = roundsFor(features, labels, trees, options, task.part(0.0, 0.5));
    if (!rounds) {
        return rounds.error();
    }
    if (*rounds > 0) {
        const std::vector<bool> all(features.rows(), true);
        auto outcome = boostTrees(rowsOf(features, labels, trees, all, true), {}, trees.start,
                                  *rounds, options, task.part(0.5, 1.0));
        if (!outcome) {
            return outcome.error();
        }
        trees.forest = std::move(outcome->forest);
        trees.gain = std::move(outcome->gain);
    }
    const double gained = std::accumulate(trees.gain.begin(), trees.gain.end(), 0.0);
    for (double &gain : trees.gain) {
        gain = gained > 0.0 ? gain / gained : 0.0;
    }
    trees.start += shiftFor(trees, features, labels);
    return trees;
}

} // namespace

std::string_view treeObjectiveName(TreeObjective objective) noexcept
{
    switch (objective) {
    case TreeObjective::Count:
        return "count";
    case TreeObjective::SquaredError:
        return "squared-error";
    case TreeObjective::Tweedie:
        return "tweedie";
    case TreeObjective::Binary:
        return "binary";
    }
    return {};
}

double BoostedTrees::predict(std::span<const float> row) const noexcept
{
    const double margin = start + forest.sum(row);
    switch (link) {
    case Link::Identity:
        return center + scale * margin;
    case Link::Exponential:
        return center + scale * std::exp(std::min(margin, top));
    case Link::Logistic:
        return center + scale / (1.0 + std::exp(-margin));
    }
    return center;
}

Result<BoostedTrees> trainBoostedTrees(const FeatureMatrix &features,
                                       std::span<const double> labels,
                                       const BoostedTreesOptions &options, const Task &task)
{
    for (const Status &status : {checkOptions(options), checkTrainingRows(features, labels),
                                 checkLabels(labels, options.objective)}) {
        if (!status) {
            return status.error();
        }
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    try {
        return train(features, labels, options, task);
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory);
    } catch (const std::exception &thrown) {
        return fail(ErrorCode::Internal, thrown.what(), "learned");
    }
}

Result<std::vector<double>> predictWithTrees(const BoostedTrees &trees,
                                             const FeatureMatrix &features, const Task &task)
{
    if (Status fits = checkFeatures(features, trees.columns); !fits) {
        return fits.error();
    }
    std::vector<double> predictions;
    predictions.reserve(features.rows());
    for (std::size_t i = 0; i < features.rows(); ++i) {
        if (i % kRowsPerQuestion == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        predictions.push_back(trees.predict(features.row(i)));
    }
    return predictions;
}

} // namespace perennial
