#pragma once

#include "core/churn/tree_risk.h"
#include "core/value/value_prediction.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

inline constexpr std::string_view kTreeMethod = "boosted-trees";
inline constexpr std::string_view kRecencyMethod = "recency";

/// A method's word on every customer: P(no order in the window), or a score that ranks only.
struct RiskMethod {
    std::string name;          ///< the value model's ("bg-nbd"), kTreeMethod or kRecencyMethod
    bool isProbability = true; ///< false: higher = sooner gone, nothing more
    std::vector<double> risk;  ///< in row order; empty where `problem` says why
    std::optional<Error> problem;
};

/// Who may leave after a day, by every method, from what was known by then.
struct ChurnRisk {
    Day at = 0;
    int horizonDays = 0;
    std::vector<std::int64_t> user;  ///< who has ordered by then, ids ascending: the row order
    std::vector<RiskMethod> methods;          ///< value model, trees, recency
    std::shared_ptr<const ValueResult> value; ///< null where it has a problem
    std::shared_ptr<const TreeRisk> trees;    ///< null where they have one

    const RiskMethod *method(std::string_view name) const noexcept; ///< null = none of that name
};

/// @param history may go on after the day: nothing of that is read. @param options `until` is the
/// day and needed, `horizonDays` the window; the frequency model is the value model judged. Of what
/// a method can't do (too little data, no fit) its `problem` tells.
/// @error HorizonNotPositive, NoPurchases, UnknownModel, Cancelled, OutOfMemory.
Result<std::shared_ptr<const ChurnRisk>> churnRiskAt(const OrderHistory &history,
                                                     const ValueOptions &options,
                                                     std::uint64_t seed, const Task &task);

/// Of the trees beside that value model.
TreeRiskOptions treeOptionsFrom(const ValueOptions &options, std::uint64_t seed = 1);

/// What each customer is expected to bring in the window if he orders in it at all: margin × net
/// ratio × mean order × E[orders | active, one at least], discounted as predictedValue is. >= 0, in
/// the row order of `value.customers`, currency units.
///
/// That is predictedValue / (1 − risk) of the value model itself, without dividing by P(active),
/// which goes to 0 while the quotient does not; and it is no quotient with another method's risk,
/// which would have no meaning. Where hardly anybody orders, one order is what remains.
std::vector<double> valueIfKept(const ValueResult &value);

} // namespace perennial
