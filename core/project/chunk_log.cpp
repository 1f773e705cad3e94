#include "core/project/chunk_log.h"

#include "core/project/dictionaries.h"

namespace perennial {

std::vector<LoggedChunk> readChunkLog(Database &database, std::int64_t source)
{
    Statement query(database, "SELECT number, first_event, last_event, last_rejected, rows_hash, "
                              "rejected_hash, committed_lines, committed_bytes FROM import_chunk "
                              "WHERE source_id = ? ORDER BY number");
    query.bindAll(source);
    std::vector<LoggedChunk> log;
    LoggedChunk chunk;
    chunk.source = source;
    while (query.step()) {
        chunk.afterRejected = chunk.lastRejected;
        chunk.firstLine = chunk.lastLine + 1;
        chunk.firstByte = chunk.lastByte;
        chunk.number = query.integer(0);
        chunk.firstEvent = query.integer(1);
        chunk.lastEvent = query.integer(2);
        chunk.lastRejected = query.integer(3);
        chunk.rowsHash = query.text(4);
        chunk.rejectedHash = query.text(5);
        chunk.lastLine = query.integer(6);
        chunk.lastByte = query.integer(7);
        log.push_back(chunk);
    }
    return log;
}

std::string finishRows(Database &database, const LoggedChunk &chunk, RowHasher rows)
{
    Statement offers(database, "SELECT event_id, campaign_id, coupon_id FROM event_offer "
                               "WHERE event_id BETWEEN ? AND ? ORDER BY event_id");
    offers.bindAll(chunk.firstEvent, chunk.lastEvent);
    rows.text(hashRows(offers));
    Statement line(database,
                   "SELECT source_id, number, committed_bytes, committed_lines, rows_read, "
                   "rows_stored, hash, first_event, last_event, last_rejected FROM import_chunk "
                   "WHERE source_id = ? AND number = ?");
    line.bindAll(chunk.source, chunk.number);
    rows.text(hashRows(line));
    return rows.hex();
}

std::string storedRows(Database &database, const LoggedChunk &chunk)
{
    const std::string columns =
        "SELECT id, user_id, at, kind, item_id, quantity, amount, order_id, device_id, place_id, "
        "channel_id, source_id FROM ";
    const std::string range = " WHERE id BETWEEN ?1 AND ?2 ";
    // A capped event stands in both tables, as it was in set_aside_event.
    Statement events(database, columns + "event" + range +
                                   "AND id NOT IN (SELECT id FROM set_aside_event" + range +
                                   ") UNION ALL " + columns + "set_aside_event" + range +
                                   "ORDER BY id");
    events.bindAll(chunk.firstEvent, chunk.lastEvent);
    RowHasher rows;
    while (events.step()) {
        rows.row(events);
    }
    return finishRows(database, chunk, std::move(rows));
}

std::string storedRejected(Database &database, const LoggedChunk &chunk)
{
    Statement rows(database, "SELECT source_id, number, line, reason, at_column, raw "
                             "FROM rejected_row WHERE source_id = ? AND number > ? AND "
                             "number <= ? ORDER BY number");
    rows.bindAll(chunk.source, chunk.afterRejected, chunk.lastRejected);
    return hashRows(rows);
}

RowHasher startEntries(const EntryRange &range)
{
    RowHasher hasher;
    hasher.text(range.dictionary);
    for (const std::int64_t number : {range.first, range.last, range.source, range.number}) {
        hasher.integer(number);
    }
    return hasher;
}

std::string storedEntries(Database &database, const EntryRange &range)
{
    if (!isDictionary(range.dictionary)) {
        return {};
    }
    Statement keys(database, "SELECT id, key FROM " + range.dictionary +
                                 " WHERE id BETWEEN ? AND ? ORDER BY id");
    keys.bindAll(range.first, range.last);
    RowHasher hasher = startEntries(range);
    while (keys.step()) {
        hasher.row(keys);
    }
    return hasher.hex();
}

std::vector<EntryRange> readEntryRanges(Database &database)
{
    Statement query(database, "SELECT dictionary, first_id, last_id, source_id, number, hash "
                              "FROM chunk_entry ORDER BY source_id, number, dictionary");
    std::vector<EntryRange> ranges;
    while (query.step()) {
        ranges.push_back({query.text(0), query.integer(1), query.integer(2), query.integer(3),
                          query.integer(4), query.text(5)});
    }
    return ranges;
}

void writeRejectedHash(Database &database, const LoggedChunk &chunk)
{
    Statement update(database, "UPDATE import_chunk SET rejected_hash = ?3 "
                               "WHERE source_id = ?1 AND number = ?2");
    update.bindAll(chunk.source, chunk.number, storedRejected(database, chunk));
    update.run();
}

void writeRowsHash(Database &database, const LoggedChunk &chunk, const std::string &hash)
{
    Statement update(database, "UPDATE import_chunk SET rows_hash = ?3 "
                               "WHERE source_id = ?1 AND number = ?2");
    update.bindAll(chunk.source, chunk.number, hash);
    update.run();
}

} // namespace perennial
