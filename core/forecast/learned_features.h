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

/// Simple facts of each customer at `at`, from its last `lookbackDays` only, so that the same
/// customer looks the same at two dates whatever the data's age; logarithms of counts, days and
/// money (what is below 0 counts as 0), and the opinion.
/// @param history may go on after `at`: nothing of that is read. @param recentDays the window of "recent".
FeatureMatrix learnedFeatures(const OrderHistory &history, const CustomerSummary &customers, Day at,
                              int lookbackDays, int recentDays, const ModelOpinion &opinion);

} // namespace perennial
