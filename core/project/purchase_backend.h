#pragma once

#include "core/project/purchase_store.h"

#include <memory>
#include <string>
#include <string_view>

namespace perennial {

/// Where recency, frequency and money are computed: in the project, or, later, in a warehouse that
/// holds the events. Every backend gives the same integers for the same events; tests hold them to
/// that.
class PurchaseBackend {
public:
    virtual ~PurchaseBackend() = default;
    virtual std::string_view name() const = 0;
    /// Users with at least one purchase up to and including a day, in id order.
    virtual Result<std::vector<UserPurchases>>
    userPurchases(const std::optional<Day> &until) const = 0;
};

/// How a warehouse names what the statement reads.
struct PurchaseTable {
    std::string table = "event";
    std::string condition = "1 = 1"; ///< rows that count
};
/// One statement of standard SQL (integer arithmetic, one window function) whose rows are
/// user, order days, orders, first day, last day, gross, refunds, gross of the first day; its one
/// parameter is the second at which the window ends, exclusive. Columns: user_id, at (UTC seconds), kind
/// (4 purchase, 5 refund), amount (1/10 000), order_id.
std::string userPurchasesStatement(const PurchaseTable &table);

/// "sqlite": the statement on the project's own events.
std::unique_ptr<const PurchaseBackend> sqliteStatementBackend(const Project &project);
/// "sqlite-scan": one pass over the covering index of purchases, folded here; what
/// readUserPurchases uses, being faster (tests/bench/bench_value).
std::unique_ptr<const PurchaseBackend> sqliteScanBackend(const Project &project);

} // namespace perennial
