#include "core/ingest/chunk_writer.h"

#include <cassert>

namespace perennial {

namespace {

constexpr std::size_t kAhead = 16; // rows

} // namespace

ChunkWriter::ChunkWriter(const ImportPlan &plan, std::unique_ptr<EventSink> sink,
                         const std::vector<ItemRecord> &known, CommittedPart past,
                         std::shared_ptr<const Pseudonymizer> pseudonyms)
    : m_sink(std::move(sink)), m_pseudonyms(std::move(pseudonyms)), m_ledger(plan),
      m_describer(plan, known), m_past(std::move(past)), m_anyCommitted(!m_past.chunks.empty())
{
}

/// Remembers that it was the project that failed.
Status ChunkWriter::written(Status status)
{
    m_writeFailed = m_writeFailed || !status;
    return status;
}

Status ChunkWriter::enter(const Batch &batch)
{
    const bool replayed = m_replayedChunks < m_past.chunks.size();
    if (!m_chunkOpen) {
        if (auto status = written(m_sink->begin()); !status) {
            return status;
        }
        m_chunkOpen = true;
    }
    for (std::size_t k = 0; k < batch.rows.size(); ++k) {
        if (k + kAhead < batch.rows.size()) {
            expectRow(batch.rows[k + kAhead]);
        }
        if (auto status = enterRow(batch.rows[k], replayed); !status) {
            return status;
        }
    }
    m_lines = batch.endLine;
    return batch.endsChunk ? closeChunk(batch, replayed) : Done{};
}

/// Memory is slow: the dictionaries fetch what the rows to come will ask for.
void ChunkWriter::expectRow(const ParsedRow &row)
{
    if (!m_pseudonyms) {
        m_sink->expect(Dictionary::User, row.user);
    }
    m_sink->expect(Dictionary::Item, row.item);
    m_sink->expect(Dictionary::Order, row.order);
}

Status ChunkWriter::enterRow(const ParsedRow &row, bool replayed)
{
    const auto outcome = m_ledger.enter(row);
    if (!outcome) {
        return outcome.error();
    }
    if (*outcome != RowLedger::Outcome::Stored) {
        if (*outcome != RowLedger::Outcome::Duplicate && !replayed) {
            m_rejected.push_back(m_ledger.rejectedRow(row));
        }
        return Done{};
    }
    const auto event = codedRow(row);
    if (!event) {
        return written(event.error());
    }
    m_ledger.countStored(*event);
    if (auto status = written(m_describer.describe(*m_sink, event->item, row, replayed)); !status) {
        return status;
    }
    return replayed ? Done{} : written(m_sink->add(*event));
}

Result<EventRow> ChunkWriter::codedRow(const ParsedRow &row)
{
    std::string pseudonym;
    std::string_view user = row.user;
    if (m_pseudonyms) {
        user = pseudonym = m_pseudonyms->pseudonym(row.user);
    }
    EventRow event;
    const struct {
        Dictionary dictionary;
        std::string_view key;
        std::int64_t &id;
    } codes[] = {
        {Dictionary::User, user, event.user},
        {Dictionary::Item, row.item, event.item},
        {Dictionary::Order, row.order, event.order},
        {Dictionary::Device, row.device, event.device},
        {Dictionary::Place, row.place, event.place},
        {Dictionary::Channel, row.channel, event.channel},
        {Dictionary::Campaign, row.campaign, event.campaign},
        {Dictionary::Coupon, row.coupon, event.coupon},
    };
    for (const auto &[dictionary, key, id] : codes) {
        if (key.empty()) {
            continue;
        }
        const auto found = m_sink->code(dictionary, key);
        if (!found) {
            return found.error();
        }
        id = *found;
    }
    event.kind = row.kind;
    event.at = row.at;
    event.quantity = row.quantity;
    event.amount = row.amount;
    return event;
}

Status ChunkWriter::closeChunk(const Batch &batch, bool replayed)
{
    assert(m_ledger.totals().balanced());
    m_chunkOpen = false;
    if (replayed) {
        auto status = written(m_sink->rollback());
        return status ? checkReplayed(batch) : status;
    }
    ImportChunk chunk;
    chunk.committedBytes = batch.endByte;
    chunk.committedLines = batch.endLine;
    chunk.totals = m_ledger.totals();
    chunk.hash = batch.chunkHash;
    chunk.rejected = std::move(m_rejected);
    m_rejected.clear();
    if (auto status = written(m_sink->log(chunk)); !status) {
        return status;
    }
    auto status = written(m_sink->commit());
    m_anyCommitted = m_anyCommitted || status;
    return status;
}

/// A chunk read again must be the chunk that was committed.
Status ChunkWriter::checkReplayed(const Batch &batch)
{
    const ImportChunkRecord &chunk = m_past.chunks[m_replayedChunks++];
    const ImportTotals &totals = m_ledger.totals();
    const bool complete = m_replayedChunks == m_past.chunks.size();
    if (batch.endByte != chunk.committedBytes || batch.chunkHash != chunk.hash ||
        totals.read.rows != chunk.rowsRead || totals.stored.rows != chunk.rowsStored ||
        (complete && totals != m_past.totals)) {
        // What is committed stays until somebody decides.
        return written(fail(ErrorCode::UnfinishedImport));
    }
    return Done{};
}

Status ChunkWriter::finish()
{
    m_writeFailed = true; // from here on only the project can fail
    if (auto status = m_sink->begin(); !status) {
        return status;
    }
    if (auto status = m_describer.finish(*m_sink); !status) {
        return status;
    }
    return m_sink->commit();
}

} // namespace perennial
