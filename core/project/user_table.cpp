#include "core/project/user_table.h"

#include "core/project/database.h"
#include "core/project/user_state_row.h"

namespace perennial {

namespace {

// Both parts at margin: revenue and margin don't add up to anything.
constexpr const char *kLtv = "(s.realised * (SELECT margin FROM user_state_label) + "
                             "coalesce(s.predicted_value, 0.0))";

const char *sortExpression(UserColumn column)
{
    switch (column) {
    case UserColumn::Key: return "u.key";
    case UserColumn::Stage: return "s.stage";
    case UserColumn::Orders: return "s.orders";
    case UserColumn::LastOrder: return "s.last_order_day";
    case UserColumn::Realised: return "s.realised";
    case UserColumn::PAlive: return "s.p_alive";
    case UserColumn::ChurnRisk: return "s.churn_risk";
    case UserColumn::ExpectedOrders: return "s.expected_orders";
    case UserColumn::PredictedValue: return "s.predicted_value";
    case UserColumn::Ltv: return kLtv;
    case UserColumn::BehaviorValue: return "s.behavior_value";
    }
    return "s.user_id";
}

/// So many from the top are asked for one page at a time; further down the order is written once.
constexpr std::int64_t kFirstRows = 1024;
constexpr int kSearchAt = 1, kRangesAt = 2; ///< numbers of the parameters

/// The two parameters of a range stand at `from` and `from + 1`.
std::string rangeCondition(const ColumnRange &range, int from)
{
    const std::string value = sortExpression(range.column);
    std::string text = value + " IS NOT NULL";
    if (range.from) {
        text += " AND " + value + " >= ?" + std::to_string(from);
    }
    if (range.to) {
        text += " AND " + value + " < ?" + std::to_string(from + 1);
    }
    return range.orMissing ? "(" + text + " OR " + value + " IS NULL OR abs(" + value + ") = 9e999)"
                           : "(" + text + ")";
}

std::string condition(const UserTableQuery &query)
{
    std::string text = " WHERE 1";
    if (!query.search.empty()) {
        text += " AND instr(lower(u.key), lower(?" + std::to_string(kSearchAt) + ")) > 0";
    }
    for (std::size_t i = 0; i < query.ranges.size(); ++i) {
        text += " AND " + rangeCondition(query.ranges[i], kRangesAt + 2 * static_cast<int>(i));
    }
    if (query.only) {
        text += " AND s.user_id IN user_only";
    }
    if (query.within) {
        text += " AND s.user_id IN user_within";
    }
    return text;
}

/// Looking up a key for every user takes longer than all else: only where it is asked for.
std::string from(const UserTableQuery &query)
{
    const bool needsKey = !query.search.empty() || query.sort == UserColumn::Key;
    return std::string(" FROM user_state s") +
           (needsKey ? " JOIN user u ON u.id = s.user_id" : "");
}

/// A total one: missing last, then by id.
std::string order(const UserTableQuery &query)
{
    const std::string by = sortExpression(query.sort);
    return " ORDER BY " + by + " IS NULL, " + by + (query.descending ? " DESC" : " ASC") +
           ", s.user_id";
}

const std::string kRow = std::string("SELECT u.key, ") + kLtv + ", " + kUserStateColumns;
constexpr const char *kJoins = " JOIN user_state s ON s.user_id = o.user_id "
                               "JOIN user u ON u.id = o.user_id";

std::vector<UserTableRow> rowsOf(Statement &statement)
{
    std::vector<UserTableRow> rows;
    while (statement.step()) {
        rows.push_back({statement.text(0), userStateRow(statement, 2), statement.real(1)});
    }
    return rows;
}

void bindCondition(Statement &statement, const UserTableQuery &query)
{
    if (!query.search.empty()) {
        statement.bind(kSearchAt, query.search);
    }
    for (std::size_t i = 0; i < query.ranges.size(); ++i) {
        const int at = kRangesAt + 2 * static_cast<int>(i);
        if (query.ranges[i].from) {
            statement.bind(at, *query.ranges[i].from);
        }
        if (query.ranges[i].to) {
            statement.bind(at + 1, *query.ranges[i].to);
        }
    }
}

/// Users as a temporary table of the connection; nothing where there is no list.
void writeUsers(Database &database, const std::string &table, const UserIds &users)
{
    if (!users) {
        return;
    }
    database.execute("CREATE TEMP TABLE " + table + "(user_id INTEGER PRIMARY KEY)");
    database.execute("BEGIN"); // of this connection's own table: locks nobody out
    Statement insert(database, "INSERT OR IGNORE INTO " + table + "(user_id) VALUES (?)");
    for (const std::int64_t user : *users) {
        insert.bindAll(user);
        insert.run();
    }
    database.execute("COMMIT");
}

} // namespace

struct UserTable::Impl {
    Impl(Project connection, UserTableQuery wanted)
        : project(std::move(connection)), query(std::move(wanted))
    {
        writeUsers(project.database(), "user_only", query.only);
        writeUsers(project.database(), "user_within", query.within);
        readTotals();
    }

    void readTotals()
    {
        Statement sums(project.database(),
                       std::string("SELECT count(*), coalesce(sum(s.orders), 0), "
                                   "coalesce(sum(s.realised), 0.0), "
                                   "coalesce(sum(s.predicted_value), 0.0), "
                                   "coalesce(sum(s.expected_orders), 0.0)") +
                           from(query) + condition(query));
        bindCondition(sums, query);
        if (sums.step()) {
            totals = {sums.integer(0), sums.integer(1), sums.real(2), sums.real(3), sums.real(4)};
        }
    }

    /// The best few are found without sorting all.
    Statement firstPage(std::int64_t offset, std::int64_t limit)
    {
        const int limitAt = kRangesAt + 2 * static_cast<int>(query.ranges.size());
        Statement first(project.database(),
                       kRow + std::string(" FROM (SELECT s.user_id") + from(query) +
                           condition(query) + order(query) + " LIMIT ?" + std::to_string(limitAt) +
                           " OFFSET ?" + std::to_string(limitAt + 1) + ") o" + kJoins +
                           order(query));
        bindCondition(first, query);
        first.bind(limitAt, limit);
        first.bind(limitAt + 1, offset);
        return first;
    }

    void writeOrder()
    {
        Database &database = project.database();
        database.execute("CREATE TEMP TABLE user_order(rank INTEGER PRIMARY KEY, "
                         "user_id INTEGER NOT NULL)");
        Statement fill(database, "INSERT INTO user_order(user_id) SELECT s.user_id" + from(query) +
                                     condition(query) + order(query));
        bindCondition(fill, query);
        fill.run();
        page.emplace(database, kRow + std::string(" FROM user_order o") + kJoins +
                                   " WHERE o.rank > ? ORDER BY o.rank LIMIT ?");
    }

    Project project;
    UserTableQuery query;
    std::optional<Statement> page; ///< once the order is written
    UserTableTotals totals;
};

UserTable::UserTable(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
UserTable::~UserTable() = default;
UserTable::UserTable(UserTable &&) noexcept = default;
UserTable &UserTable::operator=(UserTable &&) noexcept = default;

Result<UserTable> UserTable::open(const Project &project, const UserTableQuery &query)
{
    if (const auto label = readUserStateLabel(project); !label) {
        return label.error();
    }
    auto connection = project.connect();
    if (!connection) {
        return connection.error();
    }
    return guarded(project.path().string(), [&]() -> Result<UserTable> {
        return UserTable(std::make_unique<Impl>(std::move(*connection), query));
    });
}

const UserTableTotals &UserTable::totals() const noexcept
{
    return m_impl->totals;
}

const UserTableQuery &UserTable::query() const noexcept
{
    return m_impl->query;
}

Result<std::vector<UserTableRow>> UserTable::rows(std::int64_t offset, std::int64_t limit)
{
    return guarded(m_impl->project.path().string(), [&]() -> Result<std::vector<UserTableRow>> {
        if (!m_impl->page && offset + limit <= kFirstRows) {
            Statement first = m_impl->firstPage(offset, limit);
            return rowsOf(first);
        }
        if (!m_impl->page) {
            m_impl->writeOrder();
        }
        m_impl->page->bindAll(offset, limit);
        std::vector<UserTableRow> rows = rowsOf(*m_impl->page);
        m_impl->page->reset();
        return rows;
    });
}

} // namespace perennial
