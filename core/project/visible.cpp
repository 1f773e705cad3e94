#include "core/project/visible.h"

namespace perennial {

namespace {

// Entries of a dictionary that only hidden events use, and that came with or after them.
std::string visibleEntries(const std::string &hidden, const std::string &first,
                           const std::string &column)
{
    return "(id <= " + first + " OR id NOT IN (SELECT " + column +
           " FROM event WHERE source_id IN (" + hidden + ")) OR id IN (SELECT " + column +
           " FROM event WHERE source_id NOT IN (" + hidden + ")))";
}

// Entries of a dictionary of which a cleaning rule has set every event aside.
std::string keptEntries(const std::string &column, const std::string &hasEvents)
{
    return "(id NOT IN (SELECT " + column + " FROM set_aside_event) OR " + hasEvents + ")";
}

// With its index a look at one user's events spares a walk over all of them.
std::string userHasEvents(Database &database, const std::string &events)
{
    const bool indexed = database.integer("SELECT count(*) FROM sqlite_schema WHERE "
                                          "type = 'index' AND name = 'event_user'") == 1;
    return indexed ? "EXISTS (SELECT 1 FROM event INDEXED BY event_user WHERE user_id = user.id "
                     "AND " + events + ")"
                   : "id IN (SELECT user_id FROM event WHERE " + events + ")";
}

} // namespace

Visible visibleRows(Database &database)
{
    Statement query(database, "SELECT id, first_user, first_item FROM source WHERE state = 0 "
                              "ORDER BY first_user");
    std::string hidden, firstUser, firstItem;
    while (query.step()) {
        hidden += (hidden.empty() ? "" : ", ") + std::to_string(query.integer(0));
        if (firstUser.empty()) {
            firstUser = std::to_string(query.integer(1));
            firstItem = std::to_string(query.integer(2));
        }
    }
    Visible visible{"1", "1", "1"};
    if (!hidden.empty()) {
        visible = {"source_id NOT IN (" + hidden + ")",
                   visibleEntries(hidden, firstUser, "user_id"),
                   visibleEntries(hidden, firstItem, "item_id")};
    }
    if (database.integer("SELECT EXISTS (SELECT 1 FROM set_aside_event)") != 0) {
        visible.users += " AND " + keptEntries("user_id", userHasEvents(database, visible.events));
        const std::string itemHasEvents =
            "id IN (SELECT item_id FROM event WHERE " + visible.events + ")";
        visible.items += " AND " + keptEntries("item_id", itemHasEvents);
    }
    return visible;
}

} // namespace perennial
