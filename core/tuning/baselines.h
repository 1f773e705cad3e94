#pragma once

// Private to core/tuning: what the behaviour model is compared with, on its own split.

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/behavior/train.h"
#include "core/project/event_store.h"
#include "core/project/project.h"
#include "core/recommend/blend_recipe.h"
#include "core/tuning/compare.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// The behaviour model's own row, from its predictions.
ComparedModel behaviorRow(const ValidationSet &set);

/// Popularity of all time and of the last 30 days before the cut. Items nobody met yet tie at 0.
/// @param events up to the cut or longer.
std::vector<ComparedModel> popularityRows(const EventTable &events,
                                          const std::vector<ItemRecord> &items,
                                          const ValidationSet &set);

/// ItemKNN, EASE and a Markov chain (core/ranking), learned from all that shows interest up to the
/// cut. Items nobody met yet score 0.
/// @param events up to the cut or longer. @error Cancelled.
Result<std::vector<ComparedModel>> rankerRows(const EventTable &events,
                                              const std::vector<ItemRecord> &items,
                                              const ValidationSet &set, const Task &task);

/// The blend of all of them and the behaviour model, and what ships of it.
struct BlendRow {
    /// Learned from all that shows interest, as the rows beside it; each user is ranked by weights
    /// fitted on the other half of the users (cross-fitted).
    ComparedModel model;
    /// Fitted on what all users bought; what `recommend` uses. Empty without a next-item head.
    std::optional<BlendRecipe> recipe;
};
/// @param events up to the end of the validation window. @error Cancelled.
Result<BlendRow> blendRow(const EventTable &events, const std::vector<ItemRecord> &items,
                          const ValidationSet &set, const Task &task);

/// Means over targets of a row's ranks.
void setRanking(ComparedModel &model, std::span<const double> ranks,
                std::span<const double> newRanks);
/// Distinct items of a user's events up to and including a day, ascending.
std::vector<std::int32_t> itemsMet(const EventTable &events, std::int64_t user, Day until);

/// BG/NBD with Gamma-Gamma fitted at the cut, and net spend up to it carried forward at the same
/// pace for everybody. Where no model can be fitted its row says "failed" and measures nothing.
/// @error Cancelled, and what reading the project gives.
Result<std::vector<ComparedModel>> valueRows(const Project &project, const ValidationSet &set,
                                             const Task &task);

} // namespace perennial
