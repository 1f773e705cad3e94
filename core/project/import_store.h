#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/task.h"
#include "core/project/contents.h"
#include "core/project/project.h"

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace perennial {

/// Control totals of an import: read = stored + duplicate + rejected + excluded + erased, rows and
/// money. Money of a row whose amount does not parse counts as 0 on both sides. Erased are rows
/// that had been stored and went with a user who was forgotten (forget_store.h).
struct ImportTotals {
    struct Line {
        std::int64_t rows = 0;
        Money amount = 0;
        bool operator==(const Line &) const = default;
    };
    Line read, stored, duplicate, rejected, excluded, erased;
    bool balanced() const noexcept;
    bool operator==(const ImportTotals &) const = default;
};

enum class SourceState { Running, Done };

/// A file (or generator run) that events came from.
struct SourceRecord {
    std::int64_t id = 0;
    std::string name; ///< file name, no folder
    std::string path; ///< as given
    std::int64_t bytes = 0;
    std::string hash;    ///< BLAKE2b of the file as it lies on disk
    std::string profile; ///< profile name, or empty
    std::string mapping; ///< JSON of the mapping used
    Contents contents = Contents::Events;
    SourceState state = SourceState::Running;
    UtcSecond startedAt = 0;
    UtcSecond finishedAt = 0;
    ImportTotals totals;
    std::int64_t committedBytes = 0; ///< of the uncompressed text; where a resumed import goes on
    std::int64_t committedLines = 0;
};

/// A row that did not come in. Reason is a short stable code ("bad_date"), worded by the program.
struct RejectedRow {
    std::int64_t line = 0; ///< 1-based line of the uncompressed text
    std::string reason;
    std::string column; ///< the role or column at fault, may be empty
    std::string raw;    ///< the row's text, at most 2 000 bytes, always valid UTF-8
};

/// A chunk to log in the same transaction as its events.
struct ImportChunk {
    std::int64_t committedBytes = 0;
    std::int64_t committedLines = 0;
    ImportTotals totals; ///< of the whole source so far
    std::string hash;    ///< of the chunk's raw bytes
    std::vector<RejectedRow> rejected;
};

/// A committed chunk as logged: what a resumed import checks the file against.
struct ImportChunkRecord {
    std::int64_t committedBytes = 0, committedLines = 0, rowsRead = 0, rowsStored = 0;
    std::string hash;
};

/// Registers a source as Running. @error ReadOnly.
Result<std::int64_t> beginSource(Project &project, const SourceRecord &source);
/// Inside an EventWriter's open chunk (same connection): logged with its events or not at all.
Status logChunk(Project &project, std::int64_t source, const ImportChunk &chunk);
/// Marks Done, applies the active cleaning rules to what has come, and writes the audit line. May
/// stand in a larger transaction. @error Cancelled: the source is as it was.
Status finishSource(Project &project, std::int64_t source, const Task &task = {});
/// After a large load: the next reader should not have to walk its log. Not in a transaction.
Status emptyLog(Project &project);
/// Removes a source with all its events, rejected rows and the dictionary entries only it brought:
/// what a cancelled import does. Active cleaning rules look at the rest anew.
Status removeSource(Project &project, std::int64_t source, const Task &task = {});

Result<std::vector<SourceRecord>> readSources(const Project &project);
/// One committed chunk of a source, counted from 1.
struct ChunkRef {
    std::int64_t source = 0, number = 0;
    auto operator<=>(const ChunkRef &) const = default;
};
/// Chunks of which everything is what was written (chunk_hash.h): to be asked before rows are erased
/// on purpose, so that hashing anew hides no damage. @error Cancelled.
Result<std::vector<ChunkRef>> soundChunks(const Project &project, const Task &task);
/// The same of some chunks, reading no others.
Result<std::vector<ChunkRef>> soundChunks(const Project &project, const std::set<ChunkRef> &among,
                                          const Task &task);
/// Hashes chunks as their rows are now: in the transaction that erased or changed some of them on
/// purpose. Chunks without a hash stay without. @error ReadOnly, Cancelled.
Status rehashChunks(Project &project, const std::vector<ChunkRef> &chunks, const Task &task = {});

/// In file order.
Result<std::vector<ImportChunkRecord>> readChunks(const Project &project, std::int64_t source);
/// Pages through a source's rejected rows in line order.
Result<std::vector<RejectedRow>> readRejected(const Project &project, std::int64_t source,
                                              std::int64_t offset, std::int64_t limit);

} // namespace perennial
