#pragma once

#include "core/project/user_state_store.h"

#include <memory>
#include <string>
#include <vector>

namespace perennial {

enum class UserColumn {
    Key, Stage, Orders, LastOrder, Realised, PAlive, ChurnRisk, ExpectedOrders, PredictedValue,
    Ltv, BehaviorValue,
};

/// Users whose number in a column lies in [from, to), an absent end being open; days count from
/// 1970. Of any column but Key.
struct ColumnRange {
    UserColumn column = UserColumn::PredictedValue;
    std::optional<double> from, to;
    bool orMissing = false; ///< also users who have no finite number there
    bool operator==(const ColumnRange &) const = default;
};

struct UserTableQuery {
    std::string search; ///< substring of the key, case-insensitive for ASCII; empty = all
    UserColumn sort = UserColumn::PredictedValue;
    bool descending = true; ///< ties and missing values: missing last, then by id
    std::vector<ColumnRange> ranges = {}; ///< all of them hold
    UserIds only = nullptr;               ///< these users only, in any order; null = all
    UserIds within = nullptr;             ///< and these
    bool operator==(const UserTableQuery &) const = default;
};

struct UserTableRow {
    std::string key;
    UserState state;
    /// Lifetime value, currency units: realised revenue at the label's margin plus the predicted
    /// value, so that both parts are margin; the realised part alone where nothing is predicted.
    double ltv = 0;
};

struct UserTableTotals {
    std::int64_t users = 0;
    std::int64_t orders = 0;
    double realised = 0, predictedValue = 0, expectedOrders = 0;
};

/// The user table, sorted and filtered by SQL: the first pages are asked for one by one; who looks
/// further down has the order written once into a temporary table of this connection, after which
/// any page is a key look-up, so a million users scroll without being loaded. Slow for large projects
/// (1 M users: a fraction of a second for a first page, over a second for the order): runs on a worker.
class UserTable {
public:
    /// Opens its own connection. @error NotScored.
    static Result<UserTable> open(const Project &project, const UserTableQuery &query);
    ~UserTable();
    UserTable(UserTable &&) noexcept;
    UserTable &operator=(UserTable &&) noexcept;

    const UserTableTotals &totals() const noexcept;
    const UserTableQuery &query() const noexcept;
    Result<std::vector<UserTableRow>> rows(std::int64_t offset, std::int64_t limit);

private:
    struct Impl;
    explicit UserTable(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

} // namespace perennial
