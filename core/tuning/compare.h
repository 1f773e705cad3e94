#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/train.h"
#include "core/project/project.h"
#include "core/project/run_store.h"
#include "core/recommend/blend_recipe.h"
#include "core/tuning/run_quality.h"
#include "core/tuning/taste_oracle.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// One model's row of the comparison; empty fields = the model does not answer that question.
struct ComparedModel {
    std::string name; ///< "behavior", "popular_all", "popular_30d", rankers' names,
                      ///< "bg-nbd", "past_spend"
    std::optional<double> hr10, ndcg10, mrr;
    std::optional<double> hr10New, ndcg10New, mrrNew;
    std::optional<double> churnAuc, churnLogLoss;
    std::optional<double> valueMae, valueSpearman, valueBias;
    std::string status; ///< of a fitted baseline: "converged", "boundary", "failed"; else empty
};

/// The behaviour model and its baselines, each given the events up to `split.cut` and asked about
/// (cut, cut + labelDays]. All rows are measured on the same users.
/// Protocol of ranks: each user's first item after the cut, among all items, repeats allowed, ties
/// counted half ("…New": the first item the user had not met before, among all such items). The
/// blend's weights are fitted on the same window, so it is cross-fitted over users: each is ranked
/// by weights fitted on the other half of them. The network's epoch was chosen on this window, which
/// flatters "behavior" and "blend" beside the rows that have not seen it.
struct Comparison {
    TrainSplit split;
    std::int64_t rankedUsers = 0, newRankedUsers = 0, items = 0, valueUsers = 0;
    std::vector<ComparedModel> models; ///< "behavior" first
    /// Name of the best model per measure, so that a baseline that wins is seen to win.
    /// Empty where nothing was measured.
    std::string bestNextItem, bestNextItemNew, bestChurn, bestValue; ///< NDCG@10, same, AUC, Spearman
    /// What `recommend` makes of the run: members, weights, what each adds, chances to buy. Empty
    /// for a run without a next-item head, and for older ones.
    std::optional<BlendRecipe> blend;
    std::optional<TasteOracle> oracle; ///< of a sample shop
};

struct TrainOutcome {
    TrainReport report;
    Comparison comparison;
    RunQuality quality; ///< of the model's own answers
};

/// trainBehaviorModel, and the baselines on its split: popularity of all time and of the last 30
/// days, ItemKNN, EASE, a Markov chain, the blend of them and the model, BG/NBD with Gamma-Gamma
/// fitted at the cut, and past spend carried forward. The comparison and the quality are stored
/// with the run.
Result<TrainOutcome> trainAndCompare(Project &project, const BehaviorConfig &config,
                                     const TrainHooks &hooks, const Task &task);

/// The same with resumeBehaviorModel.
Result<TrainOutcome> resumeAndCompare(Project &project, std::int64_t run, const TrainHooks &hooks,
                                      const Task &task);

/// The comparison stored with a run of "behavior". @error NotTrained where it has none, Damaged.
Result<Comparison> comparisonOfRun(const RunRecord &run);

} // namespace perennial
