#include "core/project/chunk_hash.h"

#include "core/project/dictionaries.h"

#include <algorithm>
#include <set>

namespace perennial {

namespace {

/// A chunk's line of the log.
struct Logged {
    std::int64_t source = 0, number = 0;
    std::int64_t firstEvent = 0, lastEvent = 0;
    std::int64_t afterRejected = 0, lastRejected = 0;
    std::string rowsHash, rejectedHash;
    std::int64_t firstLine = 0, lastLine = 0, firstByte = 0, lastByte = 0;
    bool covered() const noexcept { return !rowsHash.empty(); }
};

std::vector<Logged> readLog(Database &database, std::int64_t source)
{
    Statement query(database, "SELECT number, first_event, last_event, last_rejected, rows_hash, "
                              "rejected_hash, committed_lines, committed_bytes FROM import_chunk "
                              "WHERE source_id = ? ORDER BY number");
    query.bindAll(source);
    std::vector<Logged> log;
    Logged chunk;
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

// What belongs to the events: the offers that they name, and the line that logs them.
std::string finishRows(Database &database, const Logged &chunk, RowHasher rows)
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

std::string storedRows(Database &database, const Logged &chunk)
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

std::string storedRejected(Database &database, const Logged &chunk)
{
    Statement rows(database, "SELECT source_id, number, line, reason, at_column, raw "
                             "FROM rejected_row WHERE source_id = ? AND number > ? AND "
                             "number <= ? ORDER BY number");
    rows.bindAll(chunk.source, chunk.afterRejected, chunk.lastRejected);
    return hashRows(rows);
}

/// A chunk's new keys of one dictionary.
struct EntryRange {
    std::string dictionary;
    std::int64_t first = 0, last = 0, source = 0, number = 0;
    std::string hash;
};

RowHasher startEntries(const EntryRange &range)
{
    RowHasher hasher;
    hasher.text(range.dictionary);
    for (const std::int64_t number : {range.first, range.last, range.source, range.number}) {
        hasher.integer(number);
    }
    return hasher;
}

// @return empty where the dictionary's name is none, which the stored hash never is.
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

std::vector<EntryRange> readRanges(Database &database)
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

// Whether a recomputed hash is the stored one; pages that can't be read have none.
template <class Compute>
bool matches(const std::string &stored, Compute compute)
{
    try {
        return compute() == stored;
    } catch (const SqlFailure &failure) {
        if (failure.code() == ErrorCode::Damaged) {
            return false;
        }
        throw;
    }
}

class Checker {
public:
    Checker(const Project &project, const Task &task) : m_database(project.database()), m_task(task)
    {
        Statement query(m_database, "SELECT id, name FROM source ORDER BY id");
        while (query.step()) {
            m_names.emplace_back(query.integer(0), query.text(1));
        }
    }

    Result<ChunkCheck> run();

private:
    bool checkLog(std::int64_t source, const std::string &name);
    bool checkEntries();
    void note(const Logged &chunk, const std::string &name, const std::string &part);

    Database &m_database;
    const Task &m_task;
    std::vector<std::pair<std::int64_t, std::string>> m_names;
    std::vector<Logged> m_log;
    ChunkCheck m_check;
};

void Checker::note(const Logged &chunk, const std::string &name, const std::string &part)
{
    m_check.damage.push_back({chunk.source, chunk.number, name, part, chunk.firstLine,
                              chunk.lastLine, chunk.firstByte, chunk.lastByte});
}

bool Checker::checkLog(std::int64_t source, const std::string &name)
{
    for (const Logged &chunk : readLog(m_database, source)) {
        if (m_task.cancelled()) {
            return false;
        }
        m_log.push_back(chunk);
        ++(chunk.covered() ? m_check.covered : m_check.uncovered);
        if (!chunk.covered()) {
            continue;
        }
        if (!matches(chunk.rowsHash, [&] { return storedRows(m_database, chunk); })) {
            note(chunk, name, "events");
        }
        if (!matches(chunk.rejectedHash, [&] { return storedRejected(m_database, chunk); })) {
            note(chunk, name, "rejected");
        }
    }
    return true;
}

bool Checker::checkEntries()
{
    for (const EntryRange &range : readRanges(m_database)) {
        if (m_task.cancelled()) {
            return false;
        }
        if (matches(range.hash, [&] { return storedEntries(m_database, range); })) {
            continue;
        }
        Logged chunk;
        chunk.source = range.source;
        chunk.number = range.number;
        for (const Logged &logged : m_log) {
            if (logged.source == range.source && logged.number == range.number) {
                chunk = logged;
            }
        }
        std::string sourceName;
        for (const auto &[id, name] : m_names) {
            if (id == range.source) {
                sourceName = name;
            }
        }
        note(chunk, sourceName, range.dictionary);
    }
    return true;
}

Result<ChunkCheck> Checker::run()
{
    for (const auto &[id, name] : m_names) {
        if (!checkLog(id, name)) {
            return fail(ErrorCode::Cancelled);
        }
    }
    if (!checkEntries()) {
        return fail(ErrorCode::Cancelled);
    }
    return std::move(m_check);
}

void writeRejectedHash(Database &database, const Logged &chunk)
{
    Statement update(database, "UPDATE import_chunk SET rejected_hash = ?3 "
                               "WHERE source_id = ?1 AND number = ?2");
    update.bindAll(chunk.source, chunk.number, storedRejected(database, chunk));
    update.run();
}

void writeRowsHash(Database &database, const Logged &chunk, const std::string &hash)
{
    Statement update(database, "UPDATE import_chunk SET rows_hash = ?3 "
                               "WHERE source_id = ?1 AND number = ?2");
    update.bindAll(chunk.source, chunk.number, hash);
    update.run();
}

// Ids at the end of a table are given out again: a chunk's range ends where its rows that are left
// end, or another import's rows would lie in it.
void shrinkEvents(Database &database, Logged &chunk)
{
    Statement query(database, "SELECT min(id), max(id) FROM (SELECT id FROM event WHERE id BETWEEN "
                              "?1 AND ?2 UNION ALL SELECT id FROM set_aside_event WHERE id BETWEEN "
                              "?1 AND ?2)");
    query.bindAll(chunk.firstEvent, chunk.lastEvent);
    query.step();
    chunk.firstEvent = query.integer(0); // 0 where none is left
    chunk.lastEvent = query.integer(1);
    query.reset();
    Statement update(database, "UPDATE import_chunk SET first_event = ?3, last_event = ?4 "
                               "WHERE source_id = ?1 AND number = ?2");
    update.bindAll(chunk.source, chunk.number, chunk.firstEvent, chunk.lastEvent);
    update.run();
}

void rewriteRange(Database &database, EntryRange range)
{
    Statement remove(database, "DELETE FROM chunk_entry WHERE dictionary = ? AND first_id = ?");
    remove.bindAll(range.dictionary, range.first);
    remove.run();
    if (!isDictionary(range.dictionary)) {
        return; // a name that damage has made
    }
    Statement ends(database, "SELECT min(id), max(id) FROM " + range.dictionary +
                                 " WHERE id BETWEEN ? AND ?");
    ends.bindAll(range.first, range.last);
    if (!ends.step() || ends.isNull(0)) {
        return; // none of its keys is left
    }
    range.first = ends.integer(0);
    range.last = ends.integer(1);
    ends.reset();
    Statement insert(database, "INSERT INTO chunk_entry(dictionary, first_id, last_id, source_id, "
                               "number, hash) VALUES (?, ?, ?, ?, ?, ?)");
    insert.bindAll(range.dictionary, range.first, range.last, range.source, range.number,
                   storedEntries(database, range));
    insert.run();
}

} // namespace

Result<ChunkCheck> checkChunks(const Project &project, const Task &task)
{
    return guarded(project.path().string(),
                   [&]() -> Result<ChunkCheck> { return Checker(project, task).run(); });
}

void sealChunk(Database &database, std::int64_t source, std::int64_t number,
               std::int64_t firstEvent, std::int64_t lastEvent, RowHasher events,
               std::span<const NewEntries> entries)
{
    Statement log(database, "UPDATE import_chunk SET first_event = ?3, last_event = ?4 "
                            "WHERE source_id = ?1 AND number = ?2");
    log.bindAll(source, number, firstEvent, lastEvent);
    log.run();
    Statement chunkLine(database, "SELECT last_rejected, (SELECT coalesce(max(last_rejected), 0) "
                                  "FROM import_chunk WHERE source_id = ?1 AND number < ?2) "
                                  "FROM import_chunk WHERE source_id = ?1 AND number = ?2");
    chunkLine.bindAll(source, number);
    Logged chunk;
    chunk.source = source;
    chunk.number = number;
    chunk.firstEvent = firstEvent;
    chunk.lastEvent = lastEvent;
    if (chunkLine.step()) {
        chunk.lastRejected = chunkLine.integer(0);
        chunk.afterRejected = chunkLine.integer(1);
    }
    chunkLine.reset();
    writeRowsHash(database, chunk, finishRows(database, chunk, std::move(events)));
    writeRejectedHash(database, chunk);
    Statement insert(database, "INSERT INTO chunk_entry(dictionary, first_id, last_id, source_id, "
                               "number, hash) VALUES (?, ?, ?, ?, ?, ?)");
    for (const NewEntries &added : entries) {
        const std::int64_t last = added.first + std::ssize(added.keys) - 1;
        EntryRange range{added.dictionary, added.first, last, source, number, {}};
        RowHasher hasher = startEntries(range);
        std::int64_t id = added.first;
        for (const std::string_view key : added.keys) {
            hasher.integer(id++);
            hasher.text(key);
        }
        insert.bindAll(range.dictionary, range.first, range.last, source, number, hasher.hex());
        insert.run();
    }
}

Result<std::vector<ChunkRef>> soundChunks(const Project &project, const Task &task)
{
    const auto check = checkChunks(project, task);
    if (!check) {
        return check.error();
    }
    std::set<ChunkRef> damaged;
    for (const ChunkDamage &damage : check->damage) {
        damaged.insert({damage.source, damage.number});
    }
    return guarded(project.path().string(), [&]() -> Result<std::vector<ChunkRef>> {
        Statement query(project.database(), "SELECT source_id, number FROM import_chunk "
                                            "WHERE rows_hash <> '' ORDER BY source_id, number");
        std::vector<ChunkRef> sound;
        while (query.step()) {
            const ChunkRef chunk{query.integer(0), query.integer(1)};
            if (!damaged.contains(chunk)) {
                sound.push_back(chunk);
            }
        }
        return sound;
    });
}

Status rehashChunks(Project &project, const std::vector<ChunkRef> &chunks)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        const std::set<ChunkRef> wanted(chunks.begin(), chunks.end());
        std::set<std::int64_t> sources;
        for (const ChunkRef &chunk : chunks) {
            sources.insert(chunk.source);
        }
        for (const std::int64_t source : sources) {
            for (Logged chunk : readLog(database, source)) {
                if (chunk.covered() && wanted.contains({source, chunk.number})) {
                    shrinkEvents(database, chunk);
                    writeRowsHash(database, chunk, storedRows(database, chunk));
                    writeRejectedHash(database, chunk);
                }
            }
        }
        for (const EntryRange &range : readRanges(database)) {
            if (wanted.contains({range.source, range.number})) {
                rewriteRange(database, range);
            }
        }
        transaction.commit();
        return Done{};
    });
}

} // namespace perennial
