#include "core/learned/tree_boosting.h"

#include <nlohmann/json.hpp>
#include <xgboost/c_api.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace perennial {

namespace {

Status checked(int code)
{
    if (code == 0) {
        return Done{};
    }
    const std::string words = XGBGetLastError();
    return words.find("bad_alloc") != std::string::npos
               ? fail(ErrorCode::OutOfMemory, {}, "xgboost")
               : fail(ErrorCode::Internal, words, "xgboost");
}

/// Owns a handle of libxgboost.
template <int (*release)(void *)>
class Handle {
public:
    Handle() = default;
    ~Handle()
    {
        if (m_handle != nullptr) {
            release(m_handle);
        }
    }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;

    void *get() const noexcept { return m_handle; }
    void **out() noexcept { return &m_handle; }

private:
    void *m_handle = nullptr;
};
using Matrix = Handle<XGDMatrixFree>;
using Booster = Handle<XGBoosterFree>;

std::string numberText(double value)
{
    std::array<char, 32> text{};
    const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end.ptr};
}

const char *objectiveParameter(TreeObjective objective)
{
    switch (objective) {
    case TreeObjective::Count:
        return "count:poisson";
    case TreeObjective::SquaredError:
        return "reg:squarederror";
    case TreeObjective::Tweedie:
        return "reg:tweedie";
    case TreeObjective::Binary:
        return "binary:logistic";
    }
    return "";
}

std::vector<std::pair<std::string, std::string>> parametersOf(const BoostedTreesOptions &options)
{
    return {{"verbosity", "0"},
            {"booster", "gbtree"},
            {"tree_method", "hist"},
            {"grow_policy", "lossguide"},
            {"objective", objectiveParameter(options.objective)},
            {"tweedie_variance_power", numberText(options.tweediePower)},
            {"eta", numberText(options.learningRate)},
            {"max_leaves", std::to_string(options.leaves)},
            {"max_depth", std::to_string(options.depth)},
            {"min_child_weight", numberText(options.leastChildWeight)},
            {"subsample", numberText(options.subsample)},
            {"lambda", numberText(options.penalty)},
            {"nthread", std::to_string(options.threads)},
            {"seed", std::to_string(options.seed % std::numeric_limits<std::int32_t>::max())}};
}

Status fill(Matrix &matrix, const BoostingRows &rows, double start, int threads)
{
    // no value is missing, so that NaN stands for what is not there
    if (Status made = checked(XGDMatrixCreateFromMat_omp(
            rows.values.data(), rows.size(), rows.columns, std::numeric_limits<float>::quiet_NaN(),
            matrix.out(), threads));
        !made) {
        return made;
    }
    if (Status labelled =
            checked(XGDMatrixSetFloatInfo(matrix.get(), "label", rows.labels.data(), rows.size()));
        !labelled) {
        return labelled;
    }
    const std::vector<float> margins(rows.size(), static_cast<float>(start));
    return checked(
        XGDMatrixSetFloatInfo(matrix.get(), "base_margin", margins.data(), margins.size()));
}

Status configure(Booster &booster, const BoostedTreesOptions &options)
{
    for (const auto &[name, value] : parametersOf(options)) {
        if (Status set = checked(XGBoosterSetParam(booster.get(), name.c_str(), value.c_str()));
            !set) {
            return set;
        }
    }
    return Done{};
}

/// start + Σ leaves of each row of a matrix; valid until the booster is asked again.
Result<std::span<const float>> marginsOf(const Booster &booster, const Matrix &matrix)
{
    constexpr const char *kMargins = R"({"type": 1, "training": false, "iteration_begin": 0,
                                         "iteration_end": 0, "strict_shape": false})";
    const bst_ulong *shape = nullptr;
    bst_ulong dimensions = 0;
    const float *margins = nullptr;
    if (Status asked = checked(XGBoosterPredictFromDMatrix(booster.get(), matrix.get(), kMargins,
                                                           &shape, &dimensions, &margins));
        !asked) {
        return asked.error();
    }
    std::size_t size = dimensions > 0 ? 1 : 0;
    for (bst_ulong i = 0; i < dimensions; ++i) {
        size *= shape[i];
    }
    return std::span<const float>(margins, size);
}

/// Of one row, up to what does not depend on the margin.
double lossOf(const BoostedTreesOptions &options, double margin, double label)
{
    switch (options.objective) {
    case TreeObjective::Count:
        return std::exp(margin) - label * margin;
    case TreeObjective::SquaredError:
        return 0.5 * (margin - label) * (margin - label);
    case TreeObjective::Tweedie: {
        const double power = options.tweediePower;
        return std::exp((2.0 - power) * margin) / (2.0 - power) -
               label * std::exp((1.0 - power) * margin) / (1.0 - power);
    }
    case TreeObjective::Binary:
        return std::max(margin, 0.0) + std::log1p(std::exp(-std::abs(margin))) - label * margin;
    }
    return 0.0;
}

double meanLoss(const BoostedTreesOptions &options, std::span<const float> margins,
                const std::vector<float> &labels)
{
    double total = 0.0;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        total += lossOf(options, static_cast<double>(margins[i]), static_cast<double>(labels[i]));
    }
    return total / static_cast<double>(labels.size());
}

/// The number of rounds with the lowest loss on rows that the trees do not see.
class Stopper {
public:
    Stopper(const BoostedTreesOptions &options, const BoostingRows &heldOut, double start)
        : m_options(options), m_heldOut(heldOut)
    {
        const std::vector<float> margins(heldOut.size(), static_cast<float>(start));
        m_least = meanLoss(options, margins, heldOut.labels);
    }

    int best() const noexcept { return m_best; }
    /// True when it is time to stop.
    bool sees(int rounds, std::span<const float> margins)
    {
        const double loss = meanLoss(m_options, margins, m_heldOut.labels);
        if (loss < m_least) {
            m_least = loss;
            m_best = rounds;
        }
        return rounds - m_best >= m_options.patience;
    }

private:
    const BoostedTreesOptions &m_options;
    const BoostingRows &m_heldOut;
    double m_least = 0.0;
    int m_best = 0;
};

/// One tree of the model's JSON, its nodes put in the order of a walk: left before right.
void addTree(const nlohmann::json &tree, BoostingOutcome &outcome)
{
    const auto left = tree.at("left_children").get<std::vector<std::int32_t>>();
    const auto right = tree.at("right_children").get<std::vector<std::int32_t>>();
    const auto feature = tree.at("split_indices").get<std::vector<std::int32_t>>();
    const auto value = tree.at("split_conditions").get<std::vector<float>>();
    const auto gain = tree.at("loss_changes").get<std::vector<double>>();
    const auto cover = tree.at("sum_hessian").get<std::vector<float>>();
    Forest &forest = outcome.forest;
    forest.roots.push_back(static_cast<std::int64_t>(forest.nodes.size()));
    struct Open {
        std::int32_t from; // in the JSON
        std::size_t parent;
        bool isLeft;
    };
    std::vector<Open> open{{0, forest.nodes.size(), false}};
    while (!open.empty()) {
        const Open next = open.back();
        open.pop_back();
        const auto from = static_cast<std::size_t>(next.from);
        const std::size_t at = forest.nodes.size();
        forest.nodes.push_back({0, 0, 0, value.at(from)});
        forest.cover.push_back(std::max(cover.at(from), 0.0F));
        if (at != next.parent) {
            TreeNode &parent = forest.nodes[next.parent];
            (next.isLeft ? parent.left : parent.right) = static_cast<std::int32_t>(at);
        }
        if (left.at(from) >= 0) {
            forest.nodes[at].feature = feature.at(from);
            outcome.gain.at(static_cast<std::size_t>(feature.at(from))) += gain.at(from);
            open.push_back({right.at(from), at, false});
            open.push_back({left.at(from), at, true});
        }
    }
}

Result<BoostingOutcome> outcomeOf(const Booster &booster, std::size_t columns)
{
    bst_ulong size = 0;
    const char *bytes = nullptr;
    if (Status saved = checked(
            XGBoosterSaveModelToBuffer(booster.get(), R"({"format": "json"})", &size, &bytes));
        !saved) {
        return saved.error();
    }
    BoostingOutcome outcome;
    outcome.gain.assign(columns, 0.0);
    const auto model = nlohmann::json::parse(std::string_view(bytes, size));
    for (const auto &tree : model.at("learner").at("gradient_booster").at("model").at("trees")) {
        addTree(tree, outcome);
    }
    return outcome;
}

/// Our walk through the trees must end in the leaves that libxgboost found.
bool agrees(const Forest &forest, double start, const BoostingRows &rows,
            std::span<const float> margins)
{
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const double ours =
            start + forest.sum({rows.values.data() + i * rows.columns, rows.columns});
        const double theirs = static_cast<double>(margins[i]);
        if (!(std::abs(ours - theirs) <= 1e-3 * (1.0 + std::abs(theirs)))) {
            return false;
        }
    }
    return true;
}

} // namespace

Result<BoostingOutcome> boostTrees(const BoostingRows &rows, const BoostingRows &heldOut,
                                   double start, int rounds, const BoostedTreesOptions &options,
                                   const Task &task)
{
    Matrix training, judging;
    if (Status filled = fill(training, rows, start, options.threads); !filled) {
        return filled.error();
    }
    std::vector<DMatrixHandle> matrices{training.get()};
    if (heldOut.size() > 0) {
        if (Status filled = fill(judging, heldOut, start, options.threads); !filled) {
            return filled.error();
        }
        matrices.push_back(judging.get());
    }
    Booster booster;
    if (Status made = checked(XGBoosterCreate(matrices.data(), matrices.size(), booster.out()));
        !made) {
        return made.error();
    }
    if (Status set = configure(booster, options); !set) {
        return set.error();
    }
    Stopper stopper(options, heldOut, start);
    for (int round = 0; round < rounds; ++round) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (Status grown = checked(XGBoosterUpdateOneIter(booster.get(), round, training.get()));
            !grown) {
            return grown.error();
        }
        if (round % std::max(1, rounds / 50) == 0) {
            task.progress(static_cast<double>(round) / rounds, "training");
        }
        if (heldOut.size() > 0) {
            const auto margins = marginsOf(booster, judging);
            if (!margins) {
                return margins.error();
            }
            if (stopper.sees(round + 1, *margins)) {
                break;
            }
        }
    }
    const auto margins = marginsOf(booster, training);
    if (!margins) {
        return margins.error();
    }
    auto outcome = outcomeOf(booster, rows.columns);
    if (outcome && !agrees(outcome->forest, start, rows, *margins)) {
        return fail(ErrorCode::Internal, "trees", "xgboost");
    }
    if (outcome) {
        outcome->bestRounds = heldOut.size() > 0 ? stopper.best() : rounds;
    }
    return outcome;
}

} // namespace perennial
