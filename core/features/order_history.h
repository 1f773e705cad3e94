#pragma once

#include "core/features/customer_summary.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// The money of all users day by day, read once: summaries at any date, what came after it, and
/// whole-period counts are then taken from memory. Users in id order, their days ascending; users
/// without a purchase or refund are not in it.
struct OrderHistory {
    std::vector<std::int64_t> user;
    std::vector<std::size_t> offsets; ///< days of user i: [offsets[i], offsets[i + 1])
    std::vector<Day> day;
    std::vector<std::uint8_t> ordered; ///< 1 = an order day, 0 = refunds only
    std::vector<Money> gross, refunds; ///< refunds <= 0

    std::size_t size() const noexcept { return user.size(); }
    /// First and last day with money; of an empty history none.
    std::optional<Day> firstDay() const noexcept;
    std::optional<Day> lastDay() const noexcept;
};

/// By one SQL statement. @error NoPurchases where nobody has bought, Cancelled.
Result<OrderHistory> readOrderHistory(const Project &project, std::optional<Day> until,
                                      const Task &task);
/// From rows sorted by user, then day.
OrderHistory orderHistoryOf(std::span<const MoneyDay> days);

/// What readCustomerSummary gives for the same options, always with the logarithms of the gaps
/// between orders. Costs one pass. `options.until` is needed.
CustomerSummary summarizeAt(const OrderHistory &history, const SummaryOptions &options);

/// The same in whole periods, as the discrete models count: x periods after the first with at least
/// one order day, tx the last of them (the first purchase's period is 0), T the whole periods
/// elapsed since. A period not elapsed to its end does not count, nor do its orders: spendDays are
/// the counted periods (and the first day, with `firstPurchaseInSpend`), meanSpend what was spent in
/// one. Realised value, gross and refunds stay those of all days. `options.until` is needed.
CustomerSummary summarizeByPeriod(const OrderHistory &history, const SummaryOptions &options);

/// What the customers of a summary did in (after, until], in its row order.
struct WindowTruth {
    std::vector<std::int32_t> orderDays;
    std::vector<double> net;   ///< purchases + refunds, currency units, may be negative
    std::vector<double> gross; ///< purchases
};
WindowTruth truthOf(const OrderHistory &history, const CustomerSummary &customers, Day after,
                    Day until);

/// Customers of a summary with an order day in (after, until] that is not their first, in its row
/// order.
std::vector<std::int64_t> repeatBuyers(const OrderHistory &history,
                                       const CustomerSummary &customers, Day after, Day until);

} // namespace perennial
