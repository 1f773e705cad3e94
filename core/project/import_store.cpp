#include "core/project/import_store.h"

#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/cleaning_apply.h"
#include "core/project/counts.h"
#include "core/project/database.h"
#include "core/project/entity_tables.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

constexpr const char *kSourceColumns =
    "id, name, path, bytes, hash, profile, mapping, state, started_at, finished_at, rows_read, "
    "amount_read, rows_stored, amount_stored, rows_duplicate, amount_duplicate, rows_rejected, "
    "amount_rejected, rows_excluded, amount_excluded, committed_bytes, committed_lines, "
    "rows_erased, amount_erased, contents";

ImportTotals::Line readLine(const Statement &query, int column)
{
    return {storedCount(query, column), query.integer(column + 1)};
}

SourceRecord readSource(const Statement &query)
{
    SourceRecord source;
    source.id = query.integer(0);
    source.name = query.text(1);
    source.path = query.text(2);
    source.bytes = storedCount(query, 3);
    source.hash = query.text(4);
    source.profile = query.text(5);
    source.mapping = query.text(6);
    source.state = query.integer(7) == 1 ? SourceState::Done : SourceState::Running;
    source.startedAt = query.integer(8);
    source.finishedAt = query.integer(9);
    source.totals.read = readLine(query, 10);
    source.totals.stored = readLine(query, 12);
    source.totals.duplicate = readLine(query, 14);
    source.totals.rejected = readLine(query, 16);
    source.totals.excluded = readLine(query, 18);
    source.committedBytes = storedCount(query, 20);
    source.committedLines = storedCount(query, 21);
    source.totals.erased = readLine(query, 22);
    const std::int64_t contents = query.integer(24);
    if (contents < 1 || contents > 6) {
        throw SqlFailure(ErrorCode::Damaged, "source.contents");
    }
    source.contents = static_cast<Contents>(contents);
    return source;
}

/// @return the number of the source's last one.
std::int64_t writeRejected(Database &database, std::int64_t source,
                           const std::vector<RejectedRow> &rows)
{
    Statement last(database, "SELECT coalesce(max(number), 0) FROM rejected_row "
                             "WHERE source_id = ?");
    last.bindAll(source);
    std::int64_t number = last.step() ? last.integer(0) : 0;
    last.reset();
    Statement insert(database, "INSERT INTO rejected_row(source_id, number, line, reason, "
                               "at_column, raw) VALUES (?, ?, ?, ?, ?, ?)");
    for (const RejectedRow &row : rows) {
        insert.bindAll(source, ++number, row.line, row.reason, row.column, row.raw);
        insert.run();
    }
    return number;
}

// A dictionary, the source's mark in it, and all columns that use its entries.
struct DictionaryTable {
    const char *table, *sourceColumn;
    std::vector<const char *> uses;
};

std::vector<DictionaryTable> dictionaries()
{
    return {
        {"user",
         "first_user",
         {"user_id FROM event", "user_id FROM set_aside_event", "user_id FROM exposure",
          "entity_id FROM description WHERE entity = 1"}},
        {"item",
         "first_item",
         {"item_id FROM event", "item_id FROM set_aside_event", "item_id FROM coupon_item",
          "entity_id FROM description WHERE entity = 2"}},
        {"order_key", "first_order", {"order_id FROM event", "order_id FROM set_aside_event"}},
        {"device", "first_device", {"device_id FROM event", "device_id FROM set_aside_event"}},
        {"place", "first_place", {"place_id FROM event", "place_id FROM set_aside_event"}},
        {"channel", "first_channel", {"channel_id FROM event", "channel_id FROM set_aside_event"}},
        {"campaign",
         "first_campaign",
         {"campaign_id FROM event_offer", "campaign_id FROM exposure",
          "campaign_id FROM coupon_item", "entity_id FROM description WHERE entity = 3"}},
        {"coupon", "first_coupon", {"coupon_id FROM event_offer", "coupon_id FROM coupon_item"}},
    };
}

// Entries that came with or after the source, that nothing uses any more, and that no chunk of
// another source brought.
void removeUnused(Database &database, std::int64_t source, const DictionaryTable &dictionary)
{
    Statement first(database,
                    std::string("SELECT ") + dictionary.sourceColumn + " FROM source WHERE id = ?");
    first.bindAll(source);
    const std::int64_t from = first.step() ? first.integer(0) : 0;
    first.reset();
    const std::string table = dictionary.table;
    // What lies before the source may be an older one's of events without chunk hashes.
    std::string sql = "DELETE FROM " + table +
                      " WHERE (id > ?1 OR NOT EXISTS (SELECT 1 FROM source WHERE id < ?2 AND "
                      "contents = 1)) AND coalesce((SELECT last_id FROM chunk_entry WHERE "
                      "dictionary = '" +
                      table + "' AND first_id <= " + table +
                      ".id AND source_id <> ?2 ORDER BY first_id DESC LIMIT 1), 0) < id";
    for (const char *use : dictionary.uses) {
        sql += std::string(" AND id NOT IN (SELECT ") + use + ")";
    }
    Statement remove(database, sql);
    remove.bindAll(from, source);
    remove.run();
}

} // namespace

bool ImportTotals::balanced() const noexcept
{
    // Wide: a damaged file may have any amounts.
    __extension__ using Wide = __int128;
    Wide rows = 0, amount = 0;
    for (const Line &part : {stored, duplicate, rejected, excluded, erased}) {
        rows += part.rows;
        amount += part.amount;
    }
    return read.rows == rows && read.amount == amount;
}

Result<std::int64_t> beginSource(Project &project, const SourceRecord &source)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Result<std::int64_t> {
        Database &database = project.database();
        Transaction transaction(database);
        Statement insert(
            database,
            "INSERT INTO source(name, path, bytes, hash, profile, mapping, state, started_at, "
            "finished_at, contents, first_user, first_item, first_order, first_device, "
            "first_place, first_channel, first_campaign, first_coupon) "
            "SELECT ?, ?, ?, ?, ?, ?, 0, ?, 0, ?, "
            "(SELECT coalesce(max(id), 0) FROM user), (SELECT coalesce(max(id), 0) FROM item), "
            "(SELECT coalesce(max(id), 0) FROM order_key), "
            "(SELECT coalesce(max(id), 0) FROM device), "
            "(SELECT coalesce(max(id), 0) FROM place), "
            "(SELECT coalesce(max(id), 0) FROM channel), "
            "(SELECT coalesce(max(id), 0) FROM campaign), "
            "(SELECT coalesce(max(id), 0) FROM coupon)");
        insert.bindAll(source.name, source.path, source.bytes, source.hash, source.profile,
                       source.mapping, nowUtc(), static_cast<int>(source.contents));
        insert.run();
        const std::int64_t id = database.lastInsertId();
        transaction.commit();
        return id;
    });
}

Status logChunk(Project &project, std::int64_t source, const ImportChunk &chunk)
{
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        const ImportTotals &t = chunk.totals;
        Statement update(database,
                         "UPDATE source SET rows_read = ?, amount_read = ?, rows_stored = ?, "
                         "amount_stored = ?, rows_duplicate = ?, amount_duplicate = ?, "
                         "rows_rejected = ?, amount_rejected = ?, rows_excluded = ?, "
                         "amount_excluded = ?, committed_bytes = ?, committed_lines = ? "
                         "WHERE id = ?");
        update.bindAll(t.read.rows, t.read.amount, t.stored.rows, t.stored.amount, t.duplicate.rows,
                       t.duplicate.amount, t.rejected.rows, t.rejected.amount, t.excluded.rows,
                       t.excluded.amount, chunk.committedBytes, chunk.committedLines, source);
        update.run();
        Statement insert(database, "INSERT INTO import_chunk(source_id, number, committed_bytes, "
                                   "committed_lines, rows_read, rows_stored, hash, "
                                   "last_rejected) SELECT ?1, coalesce(max(number), 0) + 1, ?2, "
                                   "?3, ?4, ?5, ?6, ?7 FROM import_chunk WHERE source_id = ?1");
        insert.bindAll(source, chunk.committedBytes, chunk.committedLines, t.read.rows,
                       t.stored.rows, chunk.hash, writeRejected(database, source, chunk.rejected));
        insert.run();
        transaction.commit();
        return Done{};
    });
}

Status finishSource(Project &project, std::int64_t source, const Task &task)
{
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Interruptible interruptible(database, task);
        Transaction transaction(database);
        Statement update(database, "UPDATE source SET state = 1, finished_at = ? WHERE id = ?");
        update.bindAll(nowUtc(), source);
        update.run();
        Statement read(database, "SELECT name, hash, rows_read, rows_stored FROM source "
                                 "WHERE id = ?");
        read.bindAll(source);
        if (!read.step()) {
            return fail(ErrorCode::Internal, "source " + std::to_string(source));
        }
        const nlohmann::json detail{{"source", source},
                                    {"name", read.text(0)},
                                    {"hash", read.text(1)},
                                    {"rows_read", read.integer(2)},
                                    {"rows_stored", read.integer(3)}};
        read.reset();
        if (const auto logged = appendAudit(project, "import", auditDetail(detail)); !logged) {
            return logged;
        }
        reapplyRules(database, task);
        storeCounts(database);
        transaction.commit();
        return Done{};
    });
}

Status emptyLog(Project &project)
{
    return guarded(project.path().string(), [&]() -> Status {
        project.database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return Done{};
    });
}

Status removeSource(Project &project, std::int64_t source, const Task &task)
{
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Interruptible interruptible(database, task);
        Transaction transaction(database);
        Statement offers(database,
                         "DELETE FROM event_offer WHERE event_id IN (SELECT id FROM event WHERE "
                         "source_id = ?1 UNION ALL SELECT id FROM set_aside_event WHERE "
                         "source_id = ?1)");
        offers.bindAll(source);
        offers.run();
        for (const char *table : {"event", "set_aside_event"}) {
            Statement events(database,
                             std::string("DELETE FROM ") + table + " WHERE source_id = ?");
            events.bindAll(source);
            events.run();
        }
        removeDescriptions(database, source);
        for (const DictionaryTable &dictionary : dictionaries()) {
            removeUnused(database, source, dictionary);
        }
        Statement read(database, "SELECT name, rows_stored FROM source WHERE id = ?");
        read.bindAll(source);
        if (read.step()) {
            const nlohmann::json detail{{"source", source},
                                        {"name", read.text(0)},
                                        {"rows_stored", read.integer(1)}};
            read.reset();
            if (const auto logged = appendAudit(project, "remove_source", auditDetail(detail));
                !logged) {
                return logged;
            }
        }
        Statement remove(database, "DELETE FROM source WHERE id = ?");
        remove.bindAll(source);
        remove.run();
        reapplyRules(database, task);
        storeCounts(database);
        transaction.commit();
        return Done{};
    });
}

Result<std::vector<SourceRecord>> readSources(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<SourceRecord>> {
        Statement query(project.database(),
                        std::string("SELECT ") + kSourceColumns + " FROM source ORDER BY id");
        std::vector<SourceRecord> sources;
        while (query.step()) {
            sources.push_back(readSource(query));
        }
        return sources;
    });
}

Result<std::vector<ImportChunkRecord>> readChunks(const Project &project, std::int64_t source)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<ImportChunkRecord>> {
        Statement query(project.database(),
                        "SELECT committed_bytes, committed_lines, rows_read, rows_stored, hash "
                        "FROM import_chunk WHERE source_id = ? ORDER BY number");
        query.bindAll(source);
        std::vector<ImportChunkRecord> chunks;
        while (query.step()) {
            chunks.push_back({query.integer(0), query.integer(1), query.integer(2),
                              query.integer(3), query.text(4)});
        }
        return chunks;
    });
}

Result<std::vector<RejectedRow>> readRejected(const Project &project, std::int64_t source,
                                              std::int64_t offset, std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<RejectedRow>> {
        Statement query(project.database(),
                        "SELECT line, reason, at_column, raw FROM rejected_row "
                        "WHERE source_id = ? AND number > ? ORDER BY number LIMIT ?");
        query.bindAll(source, offset, limit);
        std::vector<RejectedRow> rows;
        while (query.step()) {
            rows.push_back({query.integer(0), query.text(1), query.text(2), query.text(3)});
        }
        return rows;
    });
}

} // namespace perennial
