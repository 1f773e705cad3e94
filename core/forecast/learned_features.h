#pragma once

#include "core/features/feature_matrix.h"
#include "core/forecast/forecaster.h"

namespace perennial {

/// What the probabilistic model says of each customer at a date, as features.
struct ModelOpinion {
    std::vector<double> orders, value, pAlive; ///< in row order; orders and value of `days` ahead
    int days = 0;
};
/// From the BG/NBD with Gamma-Gamma fitted on the customers; where nobody has come back, past rates
/// and P(alive) = 1. @error Cancelled and what a fit says.
Result<ModelOpinion> modelOpinion(const CustomerSummary &customers, int days, const Task &task);

/// Simple facts of each customer up to and including `at`: logarithms of counts, days and money (what
/// is below 0 counts as 0), and the opinion.
/// @param history may go on after `at`: nothing of that is read. @param recentDays the window of
/// "recent"; a third of it is "lately".
FeatureMatrix learnedFeatures(const OrderHistory &history, const CustomerSummary &customers, Day at,
                              int recentDays, const ModelOpinion &opinion);

} // namespace perennial
