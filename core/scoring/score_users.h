#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/project.h"
#include "core/project/user_state_store.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Empty fields take the project's settings.
struct ScoreOptions {
    std::optional<Day> until;       ///< t₀: the last day known
    std::optional<int> horizonDays; ///< H > 0
};

/// Predictions against a known truth (the sample shop's truth tables), at the end of its history
/// and for its horizons of 180 and 365 days.
struct TruthError {
    std::int64_t users = 0;     ///< compared: everybody; users without orders are predicted 0
    double predictedTotal = 0;  ///< margin-weighted and discounted, currency units
    double trueTotal = 0;       ///< expected value given the latent state, same margin and discount
    double bias = 0;            ///< predictedTotal / trueTotal - 1
    double mae = 0;             ///< mean |predicted - true| per user, currency units
    double spearman = 0;        ///< rank correlation of predicted and true value, ties averaged
    std::optional<double> aucAlive; ///< of P(alive) among users that have one
};

/// Why a part of the report is empty; stable words for JSON and for the pages to explain.
enum class ScoreNote {
    NoPurchases,     ///< lifecycle only: no value model without orders
    NoRepeatBuyers,  ///< nothing to fit a value model on
    NoChurnBoundary, ///< the fit has no dropout: P(alive) would be 1 for all and is left empty
    ValueFitFailed,  ///< detail of the error in ScoreReport::valueError
    NoSpend,         ///< orders, but no money to predict
    BehaviorFailed,  ///< the behaviour champion could not score; churn risk is the value model's
};
std::string_view scoreNoteName(ScoreNote note) noexcept; // "no_purchases", …

struct ScoreReport {
    UserStateLabel label; ///< as stored beside the rows
    std::int64_t users = 0, customers = 0; ///< customers: users with at least one order
    std::array<std::int64_t, kStageCount> stages{};
    double realised = 0;                       ///< net revenue up to t₀
    std::optional<double> predictedValue;      ///< total of (t₀, t₀+H], margin-weighted, discounted
    std::optional<double> expectedOrders;
    std::optional<double> meanPAlive;          ///< over customers
    std::optional<double> meanChurnRisk;       ///< over users that have one
    std::string valueStatus;                   ///< "converged", "boundary", "failed", "none"
    std::vector<ScoreNote> notes;
    std::string valueError, behaviorError;     ///< data of the failure, empty where none
    std::optional<TruthError> truth;
};

/// One row per user: the lifecycle stage, the value models fitted at t₀ (stored as champion runs
/// "bg-nbd" and "gamma-gamma"), and the behaviour champion's scores where there is one. Replaces
/// the project's user_state rows in one transaction; a failure or a cancel leaves them as they were.
/// @error NoEvents, HorizonNotPositive, ReadOnly, Cancelled.
Result<ScoreReport> scoreUsers(Project &project, const ScoreOptions &options, const Task &task);

} // namespace perennial
