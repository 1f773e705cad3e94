#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/project/project.h"
#include "core/project/purchase_store.h"
#include "core/project/settings.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// What a summary counts as a repeat order: each later day with one, at its very day, or each whole
/// period with at least one (summarizeByPeriod in order_history.h).
enum class OrderClock { Days, WholePeriods };

/// What the probabilistic models know of each customer, column by column, in user id order.
/// A customer is a user with at least one purchase up to `until`; several orders of a day are one.
/// Invariants of every row: x >= 0, 0 <= tx <= T, tx = 0 where x = 0, all finite.
struct CustomerSummary {
    std::vector<std::int64_t> user;
    std::vector<std::int32_t> x;  ///< repeat order days: order days - 1
    std::vector<double> tx;       ///< last minus first order day, in periods
    std::vector<double> T;        ///< until minus first order day, in periods; 0 is possible
    /// Order days behind `meanSpend`: x, or x + 1 with `firstPurchaseInSpend`.
    std::vector<std::int32_t> spendDays;
    /// Mean gross purchases of those days, currency units a day; 0 where spendDays = 0. Zero or
    /// negative means (free goods, credits) stay here and are left out by the spend models.
    std::vector<double> meanSpend;
    std::vector<double> realised; ///< gross + refunds up to `until`, currency units
    /// Σ ln of the x gaps between order days, in periods; empty where not asked for.
    std::vector<double> logGaps;

    Day until = 0;
    Period period = Period::Week;
    OrderClock clock = OrderClock::Days;
    bool firstPurchaseInSpend = false;
    double gross = 0.0;   ///< of these customers, currency units
    double refunds = 0.0; ///< <= 0, of these customers

    std::size_t size() const noexcept { return user.size(); }
    /// Net over gross revenue of the calibration window, in [0, 1]; 1 where nothing was sold.
    double netRatio() const noexcept;
};

struct SummaryOptions {
    std::optional<Day> until; ///< t₀, the last day counted; empty = the project's snapshot day
    Period period = Period::Week;
    bool firstPurchaseInSpend = false;
    bool gaps = false; ///< `logGaps` too: reads every order day instead of one row a customer
    OrderClock clock = OrderClock::Days;
};

/// @error NoPurchases where nobody bought up to `until`; NoEvents for an empty project; Cancelled.
/// Cost O(n) after one SQL statement.
Result<CustomerSummary> readCustomerSummary(const Project &project, const SummaryOptions &options,
                                            const Task &task);

/// The same from purchases already read. Rows without an order day, or first seen after `until`,
/// are left out.
CustomerSummary summarizeCustomers(const std::vector<UserPurchases> &purchases, Day until,
                                   Period period, bool firstPurchaseInSpend);

/// Some of the customers, in the order of `rows`; gross and refunds are split by realised value, since
/// they are known of all together only. @param rows indices below customers.size().
CustomerSummary customersAt(const CustomerSummary &customers, std::span<const std::size_t> rows);

/// Equal (x, tx, T) counted once: what a fit walks over. 1 M shop customers are about 100 000 rows.
struct RepeatTable {
    std::vector<std::int32_t> x;
    std::vector<double> tx, T;
    std::vector<double> weight; ///< customers in the row, > 0
    double customers = 0.0;     ///< sum of weight
    /// Σ over customers of their logGaps; none where the summary has none.
    std::optional<double> logGaps;

    std::size_t size() const noexcept { return x.size(); }
};
/// Rows in order of first appearance. Cost O(n).
RepeatTable mergeEqualCustomers(const CustomerSummary &customers);

/// Which distinct pair (x, T), or triple (x, tx, T), each customer has: outlooks are computed once
/// each.
struct OutlookClasses {
    std::vector<std::int32_t> x;
    std::vector<double> tx; ///< of the first customer met, where the classes do without it
    std::vector<double> T;
    std::vector<std::uint32_t> of; ///< class of each customer, in row order
    std::size_t size() const noexcept { return x.size(); }
};
/// @param byRecency classes of triples.
OutlookClasses outlookClasses(const CustomerSummary &customers, bool byRecency);

} // namespace perennial
