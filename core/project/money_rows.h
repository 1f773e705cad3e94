#pragma once

#include "core/base/words.h"
#include "core/project/database.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <cstdint>
#include <optional>
#include <string>

namespace perennial {

/// The second after a last day's; after all where there is none.
inline UtcSecond endOf(std::optional<Day> until)
{
    return until ? startOf(*until) + kSecondsPerDay : INT64_MAX;
}

inline bool hasMoneyIndex(Database &database)
{
    return database.integer("SELECT count(*) FROM sqlite_schema WHERE type = 'index' "
                            "AND name = 'event_money'") == 1;
}

/// Calls `row(user, at, kind, amount, order)` for each purchase and refund of [from, to), by user,
/// then time. @param user that one only.
template <class Row>
void eachMoneyRow(Database &database, UtcSecond from, UtcSecond to, Row row,
                  std::optional<std::int64_t> user = {})
{
    // The planner may take the plain (user, time) index, with which this is several times slower; a
    // load that was killed has left neither.
    const std::string hint = hasMoneyIndex(database) ? " INDEXED BY event_money" : "";
    Statement query(database, "SELECT user_id, at, kind, amount, order_id FROM event" + hint +
                                  " WHERE kind IN (4, 5) AND at >= ?1 AND at < ?2 AND " +
                                  (user ? "user_id = ?3 AND " : "") + visibleRows(database).events +
                                  " ORDER BY user_id, at");
    query.bind(1, from);
    query.bind(2, to);
    if (user) {
        query.bind(3, *user);
    }
    while (query.step()) {
        row(storedId(query, 0), storedTime(query, 1), storedKind(query, 2), query.integer(3),
            query.integer(4));
    }
}

} // namespace perennial
