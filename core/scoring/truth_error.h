#pragma once

#include "core/project/truth_store.h"
#include "core/project/user_state_store.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

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

/// @param states in user id order. @param truth in user id order; users without a state are left out.
/// @param label of the states: margin, discount and horizon.
/// @return none where the horizon is neither 180 nor 365 days, nobody is compared, or nothing was
/// predicted.
/// The truth is undiscounted; a user's is discounted over the days in which it would come in: by
///   ((1 - e^(-(μ+δ)H)) / (μ+δ)) / ((1 - e^(-μH)) / μ),  μ the latent hazard of leaving.
std::optional<TruthError> compareWithTruth(std::span<const UserState> states,
                                           std::span<const TruthUser> truth,
                                           const UserStateLabel &label);

/// Ranks from 1, ties sharing their mean rank.
std::vector<double> averageRanks(const std::vector<double> &values);
/// Pearson's correlation of the average ranks; 0 where one side is constant. Same lengths.
double spearman(const std::vector<double> &a, const std::vector<double> &b);
/// P(score of a positive > score of a negative), ties half; none where one class is missing.
std::optional<double> areaUnderRoc(const std::vector<double> &scores,
                                   const std::vector<bool> &positive);

} // namespace perennial
