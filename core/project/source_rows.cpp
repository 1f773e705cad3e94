#include "core/project/source_rows.h"

namespace perennial {

std::map<std::int64_t, SourceRows> rowsBySource(Database &database)
{
    std::map<std::int64_t, SourceRows> rows;
    // A capped event stands in both tables, as it was imported in set_aside_event.
    Statement stored(database,
                     "SELECT source_id, count(*), sum(amount) FROM (SELECT source_id, amount FROM "
                     "event WHERE id NOT IN (SELECT id FROM set_aside_event) "
                     "UNION ALL SELECT source_id, amount FROM set_aside_event "
                     "UNION ALL SELECT source_id, 0 FROM description "
                     "UNION ALL SELECT source_id, 0 FROM exposure "
                     "UNION ALL SELECT source_id, 0 FROM coupon_item) GROUP BY source_id");
    while (stored.step()) {
        rows[stored.integer(0)].stored = {stored.integer(1), stored.integer(2)};
    }
    Statement kept(database,
                   "SELECT source_id, count(*) FILTER (WHERE reason NOT LIKE 'excluded%'), "
                   "count(*) FILTER (WHERE reason LIKE 'excluded%') FROM rejected_row "
                   "GROUP BY source_id");
    while (kept.step()) {
        SourceRows &of = rows[kept.integer(0)];
        of.rejected = kept.integer(1);
        of.excluded = kept.integer(2);
    }
    return rows;
}

std::int64_t chunksLogged(Database &database, std::int64_t source)
{
    Statement query(database, "SELECT max(number) FROM import_chunk WHERE source_id = ?");
    query.bindAll(source);
    return query.step() ? query.integer(0) : 0;
}

} // namespace perennial
