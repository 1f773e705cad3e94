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
std::string keptEntries(const std::string &column)
{
    return "(id NOT IN (SELECT " + column + " FROM set_aside_event) OR id IN (SELECT " + column +
           " FROM event))";
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
        visible.users += " AND " + keptEntries("user_id");
        visible.items += " AND " + keptEntries("item_id");
    }
    return visible;
}

} // namespace perennial
