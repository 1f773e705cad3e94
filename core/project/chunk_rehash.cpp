#include "core/project/chunk_log.h"
#include "core/project/dictionaries.h"
#include "core/project/import_store.h"

#include <set>

namespace perennial {

namespace {

// Ids at the end of a table are given out again: a chunk's range ends where its rows that are left
// end, or another import's rows would lie in it.
void shrinkEvents(Database &database, LoggedChunk &chunk)
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

Status rehashChunks(Project &project, const std::vector<ChunkRef> &chunks, const Task &task)
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
            for (LoggedChunk chunk : readChunkLog(database, source)) {
                if (task.cancelled()) {
                    return fail(ErrorCode::Cancelled);
                }
                if (chunk.covered() && wanted.contains({source, chunk.number})) {
                    shrinkEvents(database, chunk);
                    writeRowsHash(database, chunk, storedRows(database, chunk));
                    writeRejectedHash(database, chunk);
                }
            }
        }
        for (const EntryRange &range : readEntryRanges(database)) {
            if (wanted.contains({range.source, range.number})) {
                rewriteRange(database, range);
            }
        }
        transaction.commit();
        return Done{};
    });
}

} // namespace perennial
