#include "core/project/touched_chunks.h"

#include "core/project/database.h"

namespace perennial {

namespace {

/// @param query its rows are source and number.
void takeAll(Statement &query, std::set<ChunkRef> &into)
{
    while (query.step()) {
        into.insert({query.integer(0), query.integer(1)});
    }
}

} // namespace

void TouchedChunks::addErasedEvents()
{
    Statement query(m_database,
                    "SELECT source_id, number FROM import_chunk c WHERE EXISTS (SELECT 1 FROM "
                    "temp.erased_event e WHERE e.id BETWEEN c.first_event AND c.last_event)");
    takeAll(query, m_chunks);
}

void TouchedChunks::addRejected(std::int64_t source, std::int64_t number)
{
    // A chunk's rejected rows end with last_rejected and begin behind the one before.
    Statement query(m_database, "SELECT source_id, number FROM import_chunk WHERE source_id = ? "
                                "AND last_rejected >= ? ORDER BY number LIMIT 1");
    query.bindAll(source, number);
    takeAll(query, m_chunks);
}

void TouchedChunks::addKeys(const OwnKeys &keys)
{
    Statement query(m_database, "SELECT source_id, number FROM chunk_entry WHERE dictionary = ? "
                                "AND ? BETWEEN first_id AND last_id");
    for (const std::int64_t id : keys.ids) {
        query.bindAll(keys.dictionary, id);
        takeAll(query, m_chunks);
    }
}

} // namespace perennial
