#include "core/ingest/record_reader.h"

#include <span>

namespace perennial {

namespace {

constexpr std::size_t kBlockBytes = 1 << 18;

} // namespace

Result<std::optional<Record>> RecordReader::next()
{
    for (;;) {
        if (m_started) {
            if (const auto record = m_tokenizer.next()) {
                return record;
            }
            if (m_atEnd) {
                return std::optional<Record>();
            }
        }
        if (const auto status = fill(); !status) {
            return status.error();
        }
    }
}

std::int64_t RecordReader::byte() const noexcept
{
    return m_offset + (m_started ? static_cast<std::int64_t>(m_tokenizer.consumed()) : 0);
}

Status RecordReader::fill()
{
    if (m_started) {
        m_offset += static_cast<std::int64_t>(m_tokenizer.consumed());
        m_text.erase(0, m_tokenizer.consumed());
    }
    m_started = true;
    const std::size_t have = m_text.size();
    m_text.resize(have + kBlockBytes);
    const auto got = m_source.read(std::span(m_text).subspan(have));
    if (!got) {
        return got.error();
    }
    m_text.resize(have + *got);
    m_atEnd = *got < kBlockBytes;
    m_arena.clear();
    m_tokenizer.feed(m_text, m_atEnd, m_arena);
    return Done{};
}

} // namespace perennial
