#include "core/project/event_store.h"

#include "core/base/hash.h"
#include "core/project/attribute_store.h"
#include "core/project/cleaning_store.h"
#include "core/project/database.h"
#include "core/project/import_store.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_map>

namespace perennial {

namespace {

constexpr std::int64_t kRowsBetweenChecks = 65536;

// Of a dictionary; 0 where it is empty.
std::int64_t lastId(Database &database, const std::string &table)
{
    Statement query(database, "SELECT coalesce(max(id), 0) FROM " + table);
    query.step();
    return storedReference(query, 0);
}

bool within(const std::vector<std::int32_t> &ids, std::int64_t least, std::int64_t most)
{
    return std::ranges::all_of(
        ids, [&](std::int32_t id) { return id >= least && id <= most; });
}

constexpr const char *kEventColumns = "id, user_id, at, kind, item_id, quantity, amount, order_id, "
                                      "device_id, place_id, channel_id";

void addRow(EventTable &table, const Statement &query)
{
    table.user.push_back(storedReference(query, 1));
    table.at.push_back(storedTime(query, 2));
    table.kind.push_back(storedKind(query, 3));
    table.item.push_back(storedReference(query, 4));
    table.quantity.push_back(static_cast<float>(query.real(5)));
    table.amount.push_back(storedAmount(query, 6));
    table.order.push_back(storedReference(query, 7));
    table.device.push_back(storedReference(query, 8));
    table.place.push_back(storedReference(query, 9));
    table.channel.push_back(storedReference(query, 10));
}

UtcSecond endOf(std::optional<Day> until)
{
    return until ? startOf(*until + 1) : std::int64_t{INT64_MAX};
}

// The columns as the file has them, in order of arrival.
Status scanEvents(const Project &project, const UserRange &users, std::optional<Day> until,
                  const Task &task, EventTable &table)
{
    Database &database = project.database();
    const std::int64_t total = database.integer("SELECT coalesce(max(id), 0) FROM event");
    Statement query(database, std::string("SELECT ") + kEventColumns +
                                  " FROM event NOT INDEXED WHERE user_id BETWEEN ? AND ? AND "
                                  "at < ? AND " +
                                  visibleRows(database).events + " ORDER BY id");
    query.bindAll(users.first, users.last, endOf(until));
    std::int64_t rows = 0;
    while (query.step()) {
        addRow(table, query);
        if (++rows % kRowsBetweenChecks == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(static_cast<double>(query.integer(0)) / static_cast<double>(total),
                          "reading");
        }
    }
    return Done{};
}

std::vector<std::int64_t> userOffsets(const std::vector<std::int32_t> &users, std::int64_t maxUser)
{
    std::vector<std::int64_t> offsets(static_cast<std::size_t>(maxUser) + 2, 0);
    for (const std::int32_t user : users) {
        ++offsets[static_cast<std::size_t>(user) + 1];
    }
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    return offsets;
}

// Row numbers by user, then time, then arrival: a counting sort, and a sort within a user only
// where the file was not in time order.
std::vector<std::int64_t> sortedRows(const EventTable &table)
{
    std::vector<std::int64_t> next = table.offsets;
    std::vector<std::int64_t> rows(table.size());
    for (std::size_t row = 0; row < table.size(); ++row) {
        rows[static_cast<std::size_t>(next[static_cast<std::size_t>(table.user[row])]++)] =
            static_cast<std::int64_t>(row);
    }
    const auto earlier = [&](std::int64_t a, std::int64_t b) {
        return table.at[static_cast<std::size_t>(a)] < table.at[static_cast<std::size_t>(b)];
    };
    for (std::size_t user = 0; user + 1 < table.offsets.size(); ++user) {
        const auto first = rows.begin() + table.offsets[user];
        const auto last = rows.begin() + table.offsets[user + 1];
        if (!std::is_sorted(first, last, earlier)) {
            std::stable_sort(first, last, earlier);
        }
    }
    return rows;
}

template <class T>
void reorder(std::vector<T> &column, const std::vector<std::int64_t> &rows)
{
    std::vector<T> sorted;
    sorted.reserve(column.size());
    for (const std::int64_t row : rows) {
        sorted.push_back(column[static_cast<std::size_t>(row)]);
    }
    column = std::move(sorted);
}

/// Rows as scanned, sorted, with the offsets of users up to `maxUser`.
Result<EventTable> sortedTable(const Project &project, std::int64_t maxUser, EventTable table)
{
    const std::int64_t maxItem = lastId(project.database(), "item");
    if (!within(table.user, 1, maxUser) || !within(table.item, 0, maxItem)) {
        return fail(ErrorCode::Damaged, "event", project.path().string());
    }
    table.offsets = userOffsets(table.user, maxUser);
    const std::vector<std::int64_t> rows = sortedRows(table);
    if (!std::ranges::is_sorted(rows)) {
        reorder(table.user, rows);
        reorder(table.item, rows);
        reorder(table.order, rows);
        reorder(table.device, rows);
        reorder(table.place, rows);
        reorder(table.channel, rows);
        reorder(table.kind, rows);
        reorder(table.at, rows);
        reorder(table.quantity, rows);
        reorder(table.amount, rows);
    }
    return table;
}

UserRecord readUser(const Statement &query)
{
    UserRecord user;
    user.id = storedId(query, 0);
    user.key = query.text(1);
    if (!query.isNull(2)) {
        user.signup = storedDay(query, 2);
    }
    user.channel = query.text(3);
    user.region = query.text(4);
    user.device = query.text(5);
    return user;
}

template <class Key>
Result<UserRecord> findBy(const Project &project, const char *column, const Key &key,
                          const std::string &shown)
{
    return guarded(project.path().string(), [&]() -> Result<UserRecord> {
        Statement query(project.database(),
                        std::string("SELECT id, key, signup_day, channel, region, device "
                                    "FROM user WHERE ") +
                            column + " = ? AND " + visibleRows(project.database()).users);
        query.bindAll(key);
        if (!query.step()) {
            return fail(ErrorCode::UnknownUser, shown, project.path().string());
        }
        return readUser(query);
    });
}

} // namespace

Result<EventTable> readEvents(const Project &project, std::optional<Day> until, const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<EventTable> {
        EventTable table;
        const UserRange all{INT64_MIN, INT64_MAX}; // rows of nobody are damage, and show below
        if (const auto scanned = scanEvents(project, all, until, task, table); !scanned) {
            return scanned.error();
        }
        return sortedTable(project, lastId(project.database(), "user"), std::move(table));
    });
}

Result<EventTable> readEventsOfUsers(const Project &project, const UserRange &users,
                                     std::optional<Day> until, const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<EventTable> {
        Database &database = project.database();
        if (users.first < 1 || users.last < users.first || users.last > lastId(database, "user")) {
            return fail(ErrorCode::UnknownUser, std::to_string(users.last),
                        project.path().string());
        }
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const Interruptible interruptible(database, task);
        EventTable table;
        if (const auto scanned = scanEvents(project, users, until, task, table); !scanned) {
            return scanned.error();
        }
        return sortedTable(project, users.last, std::move(table));
    });
}

Result<EventTable> readEventsOfUser(const Project &project, std::int64_t user,
                                    std::optional<Day> until)
{
    return guarded(project.path().string(), [&]() -> Result<EventTable> {
        if (user <= 0 || user > kMaxId) {
            return fail(ErrorCode::UnknownUser, std::to_string(user), project.path().string());
        }
        EventTable table;
        Statement query(project.database(), std::string("SELECT ") + kEventColumns +
                                                " FROM event WHERE user_id = ? AND at < ? AND " +
                                                visibleRows(project.database()).events +
                                                " ORDER BY at, id");
        query.bindAll(user, endOf(until));
        while (query.step()) {
            addRow(table, query);
        }
        table.offsets.assign(static_cast<std::size_t>(user) + 2, 0);
        table.offsets.back() = static_cast<std::int64_t>(table.size());
        return table;
    });
}

Result<std::vector<ItemRecord>> readItems(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<ItemRecord>> {
        Statement query(project.database(),
                        "SELECT id, key, name, category, price FROM item WHERE " +
                            visibleRows(project.database()).items + " ORDER BY id");
        std::vector<ItemRecord> items;
        while (query.step()) {
            ItemRecord item;
            item.id = storedId(query, 0);
            item.key = query.text(1);
            item.name = query.text(2);
            item.category = query.text(3);
            if (!query.isNull(4)) {
                item.price = query.integer(4);
            }
            items.push_back(std::move(item));
        }
        // Numbering by first use keeps the ids stable when items are added.
        std::unordered_map<std::string, std::int32_t> categories;
        for (ItemRecord &item : items) {
            if (!item.category.empty()) {
                const auto next = static_cast<std::int32_t>(categories.size()) + 1;
                item.categoryId = categories.try_emplace(item.category, next).first->second;
            }
        }
        return items;
    });
}

std::string UserRecord::*ownText(std::string_view attribute) noexcept
{
    return attribute == attribute_name::kChannel  ? &UserRecord::channel
           : attribute == attribute_name::kRegion ? &UserRecord::region
           : attribute == attribute_name::kDevice ? &UserRecord::device
                                                  : nullptr;
}

Result<std::vector<UserRecord>> readUsers(const Project &project)
{
    return readUsers(project, {INT64_MIN, INT64_MAX});
}

Result<std::vector<UserRecord>> readUsers(const Project &project, const UserRange &range)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserRecord>> {
        Statement query(project.database(), "SELECT id, key, signup_day, channel, region, device "
                                            "FROM user WHERE id BETWEEN ? AND ? AND " +
                                                visibleRows(project.database()).users +
                                                " ORDER BY id");
        query.bindAll(range.first, range.last);
        std::vector<UserRecord> users;
        while (query.step()) {
            users.push_back(readUser(query));
        }
        return users;
    });
}

Result<UserRecord> findUser(const Project &project, const std::string &key)
{
    return findBy(project, "key", key, key);
}

Result<UserRecord> findUserById(const Project &project, std::int64_t id)
{
    return findBy(project, "id", id, std::to_string(id));
}

Result<std::vector<UserEvent>> readUserEvents(const Project &project, std::int64_t user,
                                              std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserEvent>> {
        Statement query(project.database(),
                        "SELECT e.at, e.kind, e.item_id, "
                        "coalesce(nullif(i.name, ''), i.key, ''), coalesce(o.key, ''), "
                        "coalesce(d.key, ''), coalesce(p.key, ''), coalesce(c.key, ''), "
                        "e.quantity, e.amount FROM event e "
                        "LEFT JOIN item i ON i.id = e.item_id "
                        "LEFT JOIN order_key o ON o.id = e.order_id "
                        "LEFT JOIN device d ON d.id = e.device_id "
                        "LEFT JOIN place p ON p.id = e.place_id "
                        "LEFT JOIN channel c ON c.id = e.channel_id "
                        "WHERE e.user_id = ? AND " +
                            visibleRows(project.database()).events +
                            " ORDER BY e.at DESC, e.id DESC LIMIT ?");
        query.bindAll(user, limit);
        std::vector<UserEvent> events;
        while (query.step()) {
            UserEvent event;
            event.at = storedTime(query, 0);
            event.kind = storedKind(query, 1);
            event.itemId = storedReference(query, 2);
            event.item = query.text(3);
            event.order = query.text(4);
            event.device = query.text(5);
            event.place = query.text(6);
            event.channel = query.text(7);
            event.quantity = query.real(8);
            event.amount = storedAmount(query, 9);
            events.push_back(std::move(event));
        }
        return events;
    });
}

Result<std::string> dataHash(const Project &project)
{
    const auto sources = readSources(project);
    if (!sources) {
        return sources.error();
    }
    std::string text;
    for (const SourceRecord &source : *sources) {
        if (source.state == SourceState::Running) {
            continue; // its events are not seen yet
        }
        text += source.hash + ":" + source.mapping + ":" +
                std::to_string(source.totals.stored.rows) + ":" +
                std::to_string(source.totals.stored.amount) + "\n";
    }
    const auto rules = readCleaningRules(project);
    if (!rules) {
        return rules.error();
    }
    std::set<std::string> active; // the same rules in another order leave the same events
    for (const CleaningRuleRecord &rule : *rules) {
        if (rule.active) {
            active.insert(cleaningRuleToJson(rule.rule));
        }
    }
    for (const std::string &rule : active) {
        text += rule + "\n";
    }
    return hashHex(text).substr(0, 16);
}

} // namespace perennial
