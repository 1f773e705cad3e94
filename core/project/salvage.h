#pragma once

#include "core/base/task.h"
#include "core/project/chunk_hash.h"
#include "core/project/import_store.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// What came out of one table of a damaged project.
struct SalvagedTable {
    std::string name;
    std::int64_t kept = 0;
    std::int64_t unusable = 0; ///< rows seen that were none any more
    std::int64_t mended = 0;   ///< values that were none any more, with a neutral one instead
    std::int64_t lostPages = 0;
    std::int64_t keysOnly = 0; ///< of the kept: id and key from an index, the rest is lost
    std::optional<std::int64_t> expected; ///< rows there were, where the books say so
    std::optional<bool> whole;            ///< whether it is what its seal says, where it has one
};

/// A source whose totals had to follow what is left of it.
struct RestatedSource {
    std::int64_t id = 0;
    std::string name;
    ImportTotals before, after;
    bool wasUnfinished = false; ///< and can't be taken up again: what is left counts as all of it
};

struct SalvageReport {
    std::int64_t pages = 0;
    std::int64_t logFrames = 0;        ///< pages that came from the write-ahead log
    bool headerReadable = false;       ///< the file's first 100 bytes
    bool schemaReadable = false;       ///< the list of tables
    bool freeListReadable = false;     ///< which pages are unused
    std::int64_t unassignedRows = 0;   ///< of pages of more than one table or none: left out
    std::vector<SalvagedTable> tables; ///< all of them
    std::vector<ChunkDamage> damagedChunks;
    std::vector<RestatedSource> restated;
    /// Entries whose key is lost, by dictionary: they are called lost-ID now.
    std::map<std::string, std::int64_t> placeholders;
    /// Rows left out because what they belong to is lost or not whole, by table.
    std::map<std::string, std::int64_t> dropped;
    std::int64_t rechainedAudit = 0; ///< lines behind a broken link, chained anew
    bool sound = false;              ///< what verifyProject says of the new project
    bool complete() const noexcept;  ///< nothing is lost
};

/// Reads everything that is readable out of a damaged project into a new one, page by page and
/// without SQLite, so that a broken header, list of tables or tree does not hide the rest. The
/// damaged file is only read; a write-ahead log beside it is read with it.
///
/// Events whose user (item, order, …) is lost keep their id and get an entry "lost-ID". A value
/// that no version writes is left out with its row, or alone where the row means something without.
/// The books of the new project are restated: totals are what is there, damaged chunks are hashed
/// anew, and the audit log says so. Predictions that are not whole are left out (score again); a
/// model of which weights may be missing becomes a failed run.
///
/// @param out must not exist. On any error there is no such file.
/// @error FileMissing, IsDirectory, NotReadable, EmptyFile, AlreadyExists, NotWritable, DiskFull;
/// NotAProject (no row of a project in it); NewerVersion; Locked (somebody writes to it);
/// Cancelled.
Result<SalvageReport> salvageProject(const std::filesystem::path &damaged,
                                     const std::filesystem::path &out, const Task &task);

} // namespace perennial
