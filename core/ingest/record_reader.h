#pragma once

#include "core/ingest/import_plan.h"
#include "core/ingest/text_source.h"
#include "core/ingest/tokenizer.h"

#include <optional>
#include <string>

namespace perennial {

/// Reads a file's rows one after the other, the header's left out. Memory: a block and the longest
/// row.
class RecordReader {
public:
    /// @param source at its beginning; it and the plan outlive the reader.
    RecordReader(TextSource &source, const ImportPlan &plan)
        : m_source(source), m_tokenizer(plan.dialect)
    {
    }

    /// The next row, valid until the one after it; empty at the end. @error IoFailed, BadData.
    Result<std::optional<Record>> next();

    /// Of the text, up to behind the last row given.
    std::int64_t byte() const noexcept;
    std::int64_t line() const noexcept { return m_tokenizer.line() - 1; }

private:
    Status fill();

    TextSource &m_source;
    Tokenizer m_tokenizer;
    Arena m_arena;
    std::string m_text;
    std::int64_t m_offset = 0; ///< of m_text
    bool m_started = false, m_atEnd = false;
};

} // namespace perennial
