#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/task.h"
#include "core/features/order_history.h"
#include "core/learned/boosted_trees.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace perennial {

/// A shorter history before the anchor knows nobody well enough to learn from.
inline constexpr int kLeastDaysToLearn = 28;

struct TreeRiskOptions {
    int horizonDays = 180;        ///< H > 0
    Period period = Period::Week; ///< of the value model whose opinion is a feature
    bool firstPurchaseInSpend = false;
    std::uint64_t seed = 1;
    /// More customers at the anchor than that and so many are drawn: trees of 15 leaves learn no more
    /// from a million rows. >= 1.
    std::int64_t learnFrom = 200'000;
};

/// P(no order in (t₀, t₀ + H]) by boosted trees, learned on the window before: features at the
/// anchor t₀ − H with who ordered in (t₀ − H, t₀] as labels, and the same features asked at t₀.
struct TreeRisk {
    Day anchor = 0, at = 0; ///< t₀ − H and t₀
    int horizonDays = 0;
    std::int64_t learnedFrom = 0; ///< customers at the anchor, or those drawn
    std::int64_t churned = 0;     ///< those of them without an order in (anchor, at]
    BoostedTrees trees;           ///< of the log odds of leaving
    FeatureMatrix asked;          ///< at t₀: one row a customer, in user id order
    std::vector<double> risk;     ///< in (0, 1), in its row order
};

/// @param history may go on after `at`: nothing of that is read.
/// @error HorizonNotPositive; NoPurchases where nobody has ordered up to `at`; TooLittleData,
/// where: "history" (detail: its days) for one shorter than H + 4 weeks, or where: "labels",
/// detail: "all_returned", "none_returned" or "no_customers" (at the anchor); Cancelled.
Result<std::shared_ptr<const TreeRisk>> treeRisk(const OrderHistory &history, Day at,
                                                 const TreeRiskOptions &options, const Task &task);

} // namespace perennial
