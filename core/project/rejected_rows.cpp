#include "core/project/rejected_rows.h"

#include "core/project/database.h"

#include <map>

namespace perennial {

namespace {

std::map<std::int64_t, RowMarks> marksBySource(Database &database)
{
    std::map<std::int64_t, RowMarks> marks;
    Statement sources(database, "SELECT id, mapping FROM source");
    while (sources.step()) {
        marks[sources.integer(0)] = rowMarks(sources.text(1));
    }
    return marks;
}

} // namespace

void visitRejected(Database &database,
                   const std::function<void(const RejectedText &, const RowMarks &)> &visit)
{
    std::map<std::int64_t, RowMarks> marks = marksBySource(database);
    Statement rows(database, "SELECT source_id, number, line, reason, at_column, raw FROM "
                             "rejected_row WHERE raw <> '' ORDER BY source_id, number");
    while (rows.step()) {
        const std::int64_t source = rows.integer(0);
        visit({source, rows.integer(1),
               {rows.integer(2), rows.text(3), rows.text(4), rows.text(5)}},
              marks[source]);
    }
}

} // namespace perennial
