#pragma once

#include "core/features/order_history.h"
#include "core/value/value_prediction.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace perennial {

enum class CohortSpan { Month, Quarter, Year };

/// Customers who ordered first in one calendar span, and what they have brought and are expected to
/// bring by months since each one's own first order. Net revenue before margin and discount, per
/// customer of the cohort.
struct CohortCurve {
    Day firstDay = 0;   ///< of the span
    Day lastFirst = 0;  ///< the youngest customer's first order
    std::vector<std::int64_t> users;
    /// Entry m: mean net through m months of kCohortMonthDays, for m = 0 … as long as at least half
    /// of the customers have been here that long. Each month adds the mean of those who have, so
    /// that the younger ones' absence shifts nothing.
    /// Source: Nelson (1995), Technometrics 37(2), mean cumulative function.
    std::vector<double> realised;
    int completeMonths = 0; ///< every customer has been here that long: `realised` up to here is final
    /// From `completeMonths` on, one per month: realised where lived through, predicted where not.
    /// Ends where the youngest customer's horizon does. Empty without a prediction.
    std::vector<double> predicted;
};
inline constexpr double kCohortMonthDays = 365.25 / 12.0;
/// The day by which every customer of a cohort has been here m months.
Day cohortCompleteOn(const CohortCurve &cohort, int months);

struct CohortOptions {
    CohortSpan span = CohortSpan::Quarter;
    int mostCohorts = 8; ///< the youngest are kept
};

/// Cohorts in order of time, those without customers left out.
/// @param value of the same history at its t₀ (`options.until`); null = realised only.
/// @error NoPurchases, Cancelled.  Cost O(customers × months).
Result<std::vector<CohortCurve>> cohortCurves(const OrderHistory &history, Day until,
                                              const ValueResult *value,
                                              const CohortOptions &options, const Task &task);

} // namespace perennial
