#pragma once

#include "core/base/task.h"
#include "core/forecast/total_error.h"
#include "core/project/user_state_store.h"
#include "core/scoring/user_figures.h"
#include "core/segment/segment_choice.h"
#include "core/value/saved_fit.h"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

inline constexpr std::array kValueKinds{ValueKind::Realised, ValueKind::Predicted, ValueKind::Ltv};
inline constexpr std::array kQuantileShares{0.1, 0.25, 0.5, 0.75, 0.9, 0.99};

/// What the value page shows of the scored users. Runs on a worker: it reads all of them.
struct ValueFigures {
    UserStateLabel label;
    std::int64_t users = 0, customers = 0; ///< customers: with at least one order
    double realisedTotal = 0, predictedTotal = 0, expectedOrders = 0;
    std::string valueModel; ///< the method that predicts, "" where not known
    /// 90 % of the total of all users, as in ScoreReport; none with a segment.
    std::optional<double> predictedLower, predictedUpper;
    std::optional<TotalError> totalError;
    std::int64_t predictedUsers = 0; ///< with a prediction
    std::array<ValueDistribution, kValueKinds.size()>
        distributions; ///< in the order of kValueKinds
    /// The same order; one per kQuantileShares, or none where nobody has such a value.
    std::array<std::vector<double>, kValueKinds.size()> quantiles;
    Concentration realisedShares, predictedShares;

    const ValueDistribution &of(ValueKind kind) const
    {
        return distributions[static_cast<std::size_t>(kind)];
    }
};
ValueFigures valueFigures(const std::vector<UserState> &states, const UserStateLabel &label);
/// @error as usersOfSegment.
Result<ValueFigures> readValueFigures(const Project &project, const Segment &segment,
                                      const Task &task);

/// The stored fits the scores came from, and how well the frequency model retells the past.
struct ModelFigures {
    SavedFit frequency;
    std::optional<SavedFit> spend; ///< none where everybody got the observed mean spend
    /// Customers with 0, 1, … kMaxOrders repeat orders, and in the last entry with more.
    std::vector<double> actual, expected;
};
inline constexpr int kMaxRepeatOrders = 10;
/// @error NotTrained where the scores have no value model; NoPurchases; Cancelled.
Result<ModelFigures> readModelFigures(const Project &project, const Task &task);

} // namespace perennial
