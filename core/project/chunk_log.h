#pragma once

#include "core/project/database.h"
#include "core/project/row_hasher.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

// What is logged of the chunks of an import, and the hashes of their rows as they are now: for
// chunk_hash.h, which says what is hashed.

/// A chunk's line of the log.
struct LoggedChunk {
    std::int64_t source = 0, number = 0;
    std::int64_t firstEvent = 0, lastEvent = 0;
    std::int64_t afterRejected = 0, lastRejected = 0;
    std::string rowsHash, rejectedHash;
    std::int64_t firstLine = 0, lastLine = 0, firstByte = 0, lastByte = 0;
    bool covered() const noexcept { return !rowsHash.empty(); }
};

/// Of a source, in order.
std::vector<LoggedChunk> readChunkLog(Database &database, std::int64_t source);

/// Hash of the chunk's events, with what belongs to them.
std::string storedRows(Database &database, const LoggedChunk &chunk);
/// The same of events hashed already: adds the offers that they name, and the line that logs them.
std::string finishRows(Database &database, const LoggedChunk &chunk, RowHasher rows);
void writeRowsHash(Database &database, const LoggedChunk &chunk, const std::string &hash);

std::string storedRejected(Database &database, const LoggedChunk &chunk);
void writeRejectedHash(Database &database, const LoggedChunk &chunk); ///< of the rows as they are

/// A chunk's new keys of one dictionary.
struct EntryRange {
    std::string dictionary;
    std::int64_t first = 0, last = 0, source = 0, number = 0;
    std::string hash;
};

std::vector<EntryRange> readEntryRanges(Database &database);
RowHasher startEntries(const EntryRange &range);
/// @return empty where the dictionary's name is none, which the stored hash never is.
std::string storedEntries(Database &database, const EntryRange &range);

} // namespace perennial
