#pragma once

#include "core/ingest/batch_reader.h"
#include "core/ingest/event_sink.h"
#include "core/ingest/item_describer.h"
#include "core/ingest/row_ledger.h"
#include "core/privacy/pseudonym.h"

#include <memory>
#include <vector>

namespace perennial {

/// What an interrupted import had committed.
struct CommittedPart {
    std::vector<ImportChunkRecord> chunks;
    ImportTotals totals;
};

/// Takes batches of rows, decides on each row, and commits chunk by chunk. The committed part of an
/// interrupted import is counted again, not stored again, and must be what was committed.
class ChunkWriter {
public:
    /// @param plan outlives the writer. @param known the project's items.
    /// @param pseudonyms may be null: users are stored by their ids.
    ChunkWriter(const ImportPlan &plan, std::unique_ptr<EventSink> sink,
                const std::vector<ItemRecord> &known, CommittedPart past,
                std::shared_ptr<const Pseudonymizer> pseudonyms);

    /// @error what the sink gives; BadData (where: the line) from the books; UnfinishedImport
    /// where the file is not what was committed.
    Status enter(const Batch &batch);
    /// After the last batch: what waited for the end.
    Status finish();

    const RowLedger &ledger() const noexcept { return m_ledger; }
    bool resumed() const noexcept { return !m_past.chunks.empty(); }
    /// Whether something is committed that an error must not throw away: the last failure came
    /// from the project, not from the file.
    bool keepsCommitted() const noexcept { return m_writeFailed && m_anyCommitted; }
    std::int64_t lines() const noexcept { return m_lines; } ///< of the file, done with

private:
    void expectRow(const ParsedRow &row);
    Status enterRow(const ParsedRow &row, bool replayed);
    Result<EventRow> codedRow(const ParsedRow &row);
    Status closeChunk(const Batch &batch, bool replayed);
    Status checkReplayed(const Batch &batch);
    Status written(Status status);

    std::unique_ptr<EventSink> m_sink;
    std::shared_ptr<const Pseudonymizer> m_pseudonyms;
    RowLedger m_ledger;
    ItemDescriber m_describer;
    CommittedPart m_past;
    std::size_t m_replayedChunks = 0;
    std::vector<RejectedRow> m_rejected; ///< of the open chunk
    std::int64_t m_lines = 0;
    bool m_chunkOpen = false, m_anyCommitted = false, m_writeFailed = false;
};

} // namespace perennial
