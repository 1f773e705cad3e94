#include "core/project/purchase_backend.h"

#include "core/project/database.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

namespace perennial {

namespace {

class StatementBackend final : public PurchaseBackend {
public:
    explicit StatementBackend(const Project &project) : m_project(project) {}
    std::string_view name() const override { return "sqlite"; }

    Result<std::vector<UserPurchases>>
    userPurchases(const std::optional<Day> &until) const override
    {
        return guarded(m_project.path().string(), [&]() -> Result<std::vector<UserPurchases>> {
            Database &database = m_project.database();
            Statement query(database,
                            userPurchasesStatement({"event", visibleRows(database).events}));
            query.bindAll(until ? startOf(*until) + kSecondsPerDay : INT64_MAX);
            std::vector<UserPurchases> users;
            while (query.step()) {
                UserPurchases p;
                p.user = storedId(query, 0);
                p.orderDays = static_cast<std::int32_t>(query.integer(1));
                p.orders = static_cast<std::int32_t>(query.integer(2));
                p.firstDay = static_cast<Day>(query.integer(3));
                p.lastDay = static_cast<Day>(query.integer(4));
                p.gross = query.integer(5);
                p.refunds = query.integer(6);
                p.firstDayGross = query.integer(7);
                users.push_back(p);
            }
            return users;
        });
    }

private:
    const Project &m_project;
};

class ScanBackend final : public PurchaseBackend {
public:
    explicit ScanBackend(const Project &project) : m_project(project) {}
    std::string_view name() const override { return "sqlite-scan"; }
    Result<std::vector<UserPurchases>>
    userPurchases(const std::optional<Day> &until) const override
    {
        return readUserPurchases(m_project, until);
    }

private:
    const Project &m_project;
};

} // namespace

std::string userPurchasesStatement(const PurchaseTable &table)
{
    // Whole days also before 1970, where % of a negative number is negative.
    return "WITH money_day AS ("
           " SELECT user_id, (at - ((at % 86400) + 86400) % 86400) / 86400 AS money_day,"
           " SUM(CASE WHEN kind = 4 THEN amount ELSE 0 END) AS gross,"
           " SUM(CASE WHEN kind = 5 THEN amount ELSE 0 END) AS refunds,"
           " MAX(CASE WHEN kind = 4 THEN 1 ELSE 0 END) AS ordered,"
           " COUNT(DISTINCT CASE WHEN kind = 4 THEN COALESCE(order_id, 0) END) AS orders"
           " FROM " + table.table +
           " WHERE kind IN (4, 5) AND at < ? AND " + table.condition +
           " GROUP BY 1, 2),"
           " placed AS ("
           " SELECT user_id, money_day, gross, refunds, ordered, orders,"
           " MIN(CASE WHEN ordered = 1 THEN money_day END) OVER (PARTITION BY user_id) AS first_day"
           " FROM money_day)"
           " SELECT user_id, SUM(ordered), SUM(orders), MIN(first_day),"
           " MAX(CASE WHEN ordered = 1 THEN money_day END), SUM(gross), SUM(refunds),"
           " SUM(CASE WHEN money_day = first_day THEN gross ELSE 0 END)"
           " FROM placed WHERE first_day IS NOT NULL GROUP BY user_id ORDER BY user_id";
}

std::unique_ptr<const PurchaseBackend> sqliteStatementBackend(const Project &project)
{
    return std::make_unique<StatementBackend>(project);
}

std::unique_ptr<const PurchaseBackend> sqliteScanBackend(const Project &project)
{
    return std::make_unique<ScanBackend>(project);
}

} // namespace perennial
