#include "core/ingest/batch_reader.h"

#include <algorithm>
#include <span>

namespace perennial {

namespace {

constexpr std::size_t kBatchRows = 1 << 14;
constexpr std::int64_t kChunkBytes = 16 << 20;

/// Neither NUL nor a byte past 0x7F anywhere: most files, told faster for all rows than for each.
bool isPlainText(std::string_view text) noexcept
{
    bool plain = true;
    for (const char c : text) {
        plain &= static_cast<signed char>(c) > 0;
    }
    return plain;
}

} // namespace

BatchReader::BatchReader(TextSource &source, const ImportPlan &plan, BatchLimits limits)
    : m_source(source), m_plan(plan), m_limits(std::move(limits)), m_tokenizer(plan.dialect),
      m_parser(plan, newRowHashKey())
{
}

Result<std::unique_ptr<Batch>> BatchReader::next(std::unique_ptr<Batch> used)
{
    auto batch = used ? std::move(used) : std::make_unique<Batch>();
    batch->rows.clear();
    batch->arena.clear();
    batch->endsChunk = false;
    batch->chunkHash.clear();
    batch->text.swap(m_rest);
    m_rest.clear();
    std::size_t wanted = m_limits.blockBytes;
    for (;;) {
        if (const auto status = fill(*batch, wanted); !status) {
            return status.error();
        }
        const auto done = parse(*batch);
        if (!done) {
            return done.error();
        }
        if (*done) {
            break;
        }
        wanted = batch->text.size() + m_limits.blockBytes; // a record longer than a block
    }
    close(*batch);
    return batch;
}

Status BatchReader::fill(Batch &batch, std::size_t bytes)
{
    const std::size_t have = batch.text.size();
    if (m_atEnd || have >= bytes) {
        return Done{};
    }
    batch.text.resize(bytes);
    const auto got = m_source.read(std::span(batch.text).subspan(have));
    if (!got) {
        return got.error();
    }
    m_atEnd = have + *got < bytes;
    batch.text.resize(have + *got);
    return Done{};
}

/// Parses what the text holds. @return false where it holds no whole record yet.
Result<bool> BatchReader::parse(Batch &batch)
{
    const bool plain = isPlainText(batch.text);
    m_tokenizer.feed(batch.text, m_atEnd, batch.arena);
    bool more = true;
    while (batch.rows.size() < kBatchRows && !batch.endsChunk) {
        const auto record = m_tokenizer.next();
        if (!record) {
            more = false;
            break;
        }
        batch.rows.push_back(m_parser.parse(*record, plain, batch.arena));
        ++m_chunkRows;
        batch.endsChunk = chunkEndsAt(m_offset + static_cast<std::int64_t>(m_tokenizer.consumed()));
    }
    batch.last = m_atEnd && !more;
    if (batch.rows.empty() && !batch.last && m_tokenizer.consumed() == 0) {
        return false;
    }
    batch.endsChunk = batch.endsChunk || batch.last;
    return true;
}

bool BatchReader::chunkEndsAt(std::int64_t offset)
{
    const bool forced =
        m_nextEnd < m_limits.chunkEnds.size() && offset >= m_limits.chunkEnds[m_nextEnd];
    m_nextEnd += forced ? 1 : 0;
    return forced || m_chunkRows >= m_limits.chunkRows || offset - m_chunkStart >= kChunkBytes;
}

/// Accounts for the text consumed and keeps the rest for the next batch.
void BatchReader::close(Batch &batch)
{
    const std::string_view consumed(batch.text.data(), m_tokenizer.consumed());
    m_chunkHasher.add(consumed);
    m_rest.assign(batch.text, consumed.size());
    m_offset += static_cast<std::int64_t>(consumed.size());
    batch.endByte = m_offset;
    batch.endLine = m_tokenizer.line() - 1;
    batch.diskByte = m_source.bytes().position();
    if (batch.endsChunk) {
        batch.chunkHash = m_chunkHasher.hex();
        m_chunkHasher = Hasher();
        m_chunkStart = m_offset;
        m_chunkRows = 0;
    }
}

} // namespace perennial
