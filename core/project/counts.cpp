#include "core/project/counts.h"

#include "core/project/database.h"
#include "core/project/visible.h"

#include <nlohmann/json.hpp>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kKey = "counts";

std::optional<Day> dayFrom(const json &j, const char *key)
{
    const auto found = j.find(key);
    return found == j.end() || found->is_null() ? std::nullopt
                                                : std::optional(found->get<Day>());
}

std::optional<ProjectCounts> storedCounts(Database &database)
{
    Statement query(database, "SELECT value FROM setting WHERE key = ?");
    query.bindAll(kKey);
    if (!query.step()) {
        return std::nullopt;
    }
    const json j = json::parse(query.text(0), nullptr, false);
    if (!j.is_object()) {
        return std::nullopt;
    }
    try {
        ProjectCounts c;
        c.users = j.at("users");
        c.items = j.at("items");
        c.events = j.at("events");
        c.purchases = j.at("purchases");
        c.refunds = j.at("refunds");
        c.orders = j.at("orders");
        c.usersWithPurchase = j.at("users_with_purchase");
        c.gross = j.at("gross");
        c.refunded = j.at("refunded");
        c.firstDay = dayFrom(j, "first_day");
        c.lastDay = dayFrom(j, "last_day");
        return c;
    } catch (const json::exception &) {
        return std::nullopt;
    }
}

} // namespace

ProjectCounts countEvents(Database &database)
{
    ProjectCounts c;
    const Visible visible = visibleRows(database);
    c.users = database.integer("SELECT count(*) FROM user WHERE " + visible.users);
    c.items = database.integer("SELECT count(*) FROM item WHERE " + visible.items);
    Statement all(database, "SELECT count(*), min(at), max(at) FROM event WHERE " + visible.events);
    if (all.step()) {
        c.events = all.integer(0);
        if (c.events > 0) {
            c.firstDay = dayOf(all.integer(1));
            c.lastDay = dayOf(all.integer(2));
        }
    }
    Statement money(database, "SELECT count(*) FILTER (WHERE kind = 4), "
                              "count(*) FILTER (WHERE kind = 5), "
                              "coalesce(sum(amount) FILTER (WHERE kind = 4), 0), "
                              "coalesce(sum(amount) FILTER (WHERE kind = 5), 0), "
                              "count(DISTINCT CASE WHEN kind = 4 THEN user_id END), "
                              "count(DISTINCT CASE WHEN kind = 4 AND order_id > 0 "
                              "THEN order_id END) FROM event WHERE kind IN (4, 5) AND " +
                                  visible.events);
    if (money.step()) {
        c.purchases = money.integer(0);
        c.refunds = money.integer(1);
        c.gross = money.integer(2);
        c.refunded = money.integer(3);
        c.usersWithPurchase = money.integer(4);
        c.orders = money.integer(5);
    }
    return c;
}

void storeCounts(Database &database)
{
    const ProjectCounts c = countEvents(database);
    const json j{{"users", c.users},
                 {"items", c.items},
                 {"events", c.events},
                 {"purchases", c.purchases},
                 {"refunds", c.refunds},
                 {"orders", c.orders},
                 {"users_with_purchase", c.usersWithPurchase},
                 {"gross", c.gross},
                 {"refunded", c.refunded},
                 {"first_day", c.firstDay ? json(*c.firstDay) : json()},
                 {"last_day", c.lastDay ? json(*c.lastDay) : json()}};
    Statement insert(database, "INSERT INTO setting(key, value) VALUES (?, ?) "
                               "ON CONFLICT(key) DO UPDATE SET value = excluded.value");
    insert.bindAll(kKey, j.dump());
    insert.run();
}

Result<ProjectCounts> readCounts(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<ProjectCounts> {
        const auto stored = storedCounts(project.database());
        return stored ? *stored : countEvents(project.database());
    });
}

} // namespace perennial
