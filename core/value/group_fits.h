#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/features/customer_summary.h"
#include "core/value/model_fit.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// The fit of one cohort or segment.
struct GroupFit {
    std::string group;
    std::int64_t customers = 0;
    std::optional<ModelFit> fit;
    std::optional<Error> error; ///< why there is no fit: NoRepeatBuyers, TooLittleData
};

/// Whether the groups need parameters of their own.
struct LikelihoodRatio {
    double statistic = 0; ///< 2 (Σ log L of the groups − log L of all together), >= 0
    int degrees = 0;      ///< (groups − 1) × parameters
    double p = 1;         ///< by χ²; only a guide where a fit lies at a boundary
};

struct GroupFits {
    ModelFit pooled;              ///< of the customers of all fitted groups together
    std::vector<GroupFit> groups; ///< in the order of their names given
    /// Empty for fewer than two fitted groups, or where the model at a boundary differs between them.
    std::optional<LikelihoodRatio> ratio;
};

/// A group of fewer customers has no parameters worth showing.
inline constexpr std::int64_t kLeastGroupCustomers = 30;

/// One frequency model fitted on each group by itself, and on all of them.
/// @param groupOf one entry per customer: an index into `names`, or −1 for none.
/// @error UnknownModel; TooLittleData where no group could be fitted; Cancelled.
/// Source: Wilks (1938) for the ratio.
Result<GroupFits> fitByGroup(std::string_view model, const CustomerSummary &customers,
                             std::span<const std::int32_t> groupOf,
                             const std::vector<std::string> &names, const FitOptions &options,
                             const Task &task);

} // namespace perennial
