#pragma once

#include "core/project/import_store.h"
#include "core/project/own_keys.h"

#include <set>

namespace perennial {

/// The committed chunks that hold what is to be erased: only their hashes change with it. For this
/// room.
class TouchedChunks {
public:
    explicit TouchedChunks(Database &database) : m_database(database) {}

    void addErasedEvents(); ///< those in temp.erased_event, with their offers
    void addRejected(std::int64_t source, std::int64_t number);
    void addKeys(const OwnKeys &keys);
    const std::set<ChunkRef> &chunks() const noexcept { return m_chunks; }

private:
    Database &m_database;
    std::set<ChunkRef> m_chunks;
};

} // namespace perennial
