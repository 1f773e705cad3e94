#include "core/project/truth_store.h"

#include "core/project/database.h"
#include "core/project/stored.h"

namespace perennial {

Status writeTruth(Project &project, const std::vector<TruthUser> &users,
                  const std::vector<TruthItem> &items)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        database.execute("DELETE FROM truth_user; DELETE FROM truth_item;");
        Statement addUser(database,
                          "INSERT INTO truth_user VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        for (const TruthUser &t : users) {
            addUser.bindAll(t.user, t.alive ? 1 : 0, t.ordersPerDay, t.dropoutPerDay, t.dropoutDay,
                            t.meanOrderValue, t.priceSensitivity, t.couponResponse,
                            t.expectedOrders180, t.expectedValue180, t.expectedOrders365,
                            t.expectedValue365);
            addUser.run();
        }
        Statement addItem(database, "INSERT INTO truth_item(user_id, rank, item_id, affinity) "
                                    "VALUES (?, ?, ?, ?)");
        for (const TruthItem &t : items) {
            addItem.bindAll(t.user, t.rank, t.item, t.affinity);
            addItem.run();
        }
        transaction.commit();
        return Done{};
    });
}

Result<std::vector<TruthUser>> readTruth(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<TruthUser>> {
        Statement query(project.database(),
                        "SELECT user_id, alive, orders_per_day, dropout_per_day, dropout_day, "
                        "mean_order_value, price_sensitivity, coupon_response, "
                        "expected_orders_180, expected_value_180, expected_orders_365, "
                        "expected_value_365 FROM truth_user ORDER BY user_id");
        std::vector<TruthUser> users;
        while (query.step()) {
            TruthUser t;
            t.user = query.integer(0);
            t.alive = query.integer(1) != 0;
            t.ordersPerDay = query.real(2);
            t.dropoutPerDay = query.real(3);
            t.dropoutDay = storedInt(query, 4); // may lie past the calendar
            t.meanOrderValue = query.real(5);
            t.priceSensitivity = query.real(6);
            t.couponResponse = query.real(7);
            t.expectedOrders180 = query.real(8);
            t.expectedValue180 = query.real(9);
            t.expectedOrders365 = query.real(10);
            t.expectedValue365 = query.real(11);
            users.push_back(t);
        }
        return users;
    });
}

Result<std::vector<TruthItem>> readTruthItems(const Project &project, std::int64_t user)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<TruthItem>> {
        Statement query(project.database(), "SELECT item_id, rank, affinity FROM truth_item "
                                            "WHERE user_id = ? ORDER BY rank");
        query.bindAll(user);
        std::vector<TruthItem> items;
        while (query.step()) {
            items.push_back({user, query.integer(0), storedInt(query, 1), query.real(2)});
        }
        return items;
    });
}

Status readTruthItems(const Project &project, const std::function<Status(const TruthItem &)> &each)
{
    return guarded(project.path().string(), [&]() -> Status {
        Statement query(project.database(), "SELECT user_id, item_id, rank, affinity "
                                            "FROM truth_item ORDER BY user_id, rank");
        while (query.step()) {
            const Status taken = each({query.integer(0), query.integer(1), storedInt(query, 2),
                                       query.real(3)});
            if (!taken) {
                return taken;
            }
        }
        return Done{};
    });
}

} // namespace perennial
