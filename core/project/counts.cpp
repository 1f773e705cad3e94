#include "core/project/counts.h"

#include "core/project/database.h"
#include "core/project/setting_row.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <nlohmann/json.hpp>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kKey = "counts";

// A whole number; anything else is nothing that storeCounts has written.
std::int64_t whole(const json &j, const char *key)
{
    const json &value = j.at(key);
    if (!value.is_number_integer()) {
        throw SqlFailure(ErrorCode::Damaged, key);
    }
    return value.get<std::int64_t>();
}

std::optional<Day> dayFrom(const json &j, const char *key)
{
    if (j.at(key).is_null()) {
        return std::nullopt;
    }
    const std::int64_t day = whole(j, key);
    if (day < dayFromCivil({1, 1, 1}) || day > dayFromCivil({9999, 12, 31})) {
        throw SqlFailure(ErrorCode::Damaged, key);
    }
    return static_cast<Day>(day);
}

std::optional<ProjectCounts> storedCounts(Database &database)
{
    const auto stored = settingValue(database, kKey);
    if (!stored) {
        return std::nullopt;
    }
    const json j = json::parse(*stored, nullptr, false);
    if (!j.is_object()) {
        return std::nullopt;
    }
    try {
        ProjectCounts c;
        c.users = whole(j, "users");
        c.items = whole(j, "items");
        c.events = whole(j, "events");
        c.purchases = whole(j, "purchases");
        c.refunds = whole(j, "refunds");
        c.orders = whole(j, "orders");
        c.usersWithPurchase = whole(j, "users_with_purchase");
        c.gross = whole(j, "gross");
        c.refunded = whole(j, "refunded");
        c.firstDay = dayFrom(j, "first_day");
        c.lastDay = dayFrom(j, "last_day");
        return c;
    } catch (const json::exception &) {
        return std::nullopt;
    } catch (const SqlFailure &) {
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
            c.firstDay = dayOf(storedTime(all, 1));
            c.lastDay = dayOf(storedTime(all, 2));
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
    setSettingValue(database, kKey, j.dump());
}

Result<ProjectCounts> readCounts(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<ProjectCounts> {
        const auto stored = storedCounts(project.database());
        return stored ? *stored : countEvents(project.database());
    });
}

} // namespace perennial
