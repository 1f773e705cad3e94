#pragma once

#include "core/base/task.h"
#include "core/project/import_store.h"
#include "core/project/project.h"
#include "core/project/row_hasher.h"

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace perennial {

// What a committed chunk stored is hashed in the transaction that stores it: its events with their
// offers and its line of the log (rows_hash), its rejected rows (rejected_hash), and the keys that
// it added to each dictionary (chunk_entry). Silent damage, which SQLite's integrity check reads
// over, so has a file, a line and a byte range. Cleaning rules move events to set_aside_event and
// back unchanged, under their ids: the hash is of both tables together.

/// A chunk that is not what was written.
struct ChunkDamage {
    std::int64_t source = 0, number = 0;
    std::string sourceName;
    std::string part; ///< "events", "rejected", or the dictionary: "user", "item", "order_key", …
    std::int64_t firstLine = 0, lastLine = 0; ///< of the imported text, 1-based
    std::int64_t firstByte = 0, lastByte = 0; ///< first 0-based, last exclusive
};

struct ChunkCheck {
    std::vector<ChunkDamage> damage;
    std::int64_t covered = 0;
    std::int64_t uncovered = 0; ///< written before chunks had hashes
};

/// Hashes every chunk's rows as they are stored and compares. Reads all events: about 2 s for 5 M.
/// A page that can't be read is damage of its chunk, not an error. @error Cancelled.
Result<ChunkCheck> checkChunks(const Project &project, const Task &task);

/// New keys of one dictionary: ids first … first + keys - 1.
struct NewEntries {
    const char *dictionary;
    std::int64_t first;
    std::vector<std::string_view> keys;
};
/// In the transaction of a chunk that is logged. @param events of its ids, each a row as stored.
void sealChunk(Database &database, std::int64_t source, std::int64_t number,
               std::int64_t firstEvent, std::int64_t lastEvent, RowHasher events,
               std::span<const NewEntries> entries);

} // namespace perennial
