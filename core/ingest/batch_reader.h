#pragma once

#include "core/base/hash.h"
#include "core/base/result.h"
#include "core/ingest/row_parser.h"
#include "core/ingest/text_source.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace perennial {

/// Some consecutive rows of a file and the text that they look into.
struct Batch {
    std::string text;
    Arena arena;
    std::vector<ParsedRow> rows;
    std::int64_t endByte = 0;  ///< of the unpacked text, behind the last row
    std::int64_t endLine = 0;  ///< lines up to there
    std::int64_t diskByte = 0; ///< of the file on disk, for progress
    bool endsChunk = false;
    std::string chunkHash; ///< where it ends a chunk: of the chunk's bytes
    bool last = false;
};

struct BatchLimits {
    int chunkRows = 100'000;
    /// Offsets where chunks end in any case, rising: those of an interrupted import.
    std::vector<std::int64_t> chunkEnds;
    std::size_t blockBytes = 1 << 19; ///< text per batch, but for longer records; > 0
};

/// Reads a file into batches. A chunk is some batches whose rows are committed together: at most
/// `chunkRows` rows and about 16 MiB. Always the same chunks for the same file and limits.
class BatchReader {
public:
    /// @param source at its beginning; it and the plan outlive the reader.
    BatchReader(TextSource &source, const ImportPlan &plan, BatchLimits limits);

    /// The next batch, into the memory of a used one where there is one. Not after the last.
    /// @error IoFailed, BadData.
    Result<std::unique_ptr<Batch>> next(std::unique_ptr<Batch> used);

private:
    Status fill(Batch &batch, std::size_t bytes);
    Result<bool> parse(Batch &batch);
    bool chunkEndsAt(std::int64_t offset);
    void close(Batch &batch);

    TextSource &m_source;
    const ImportPlan &m_plan;
    BatchLimits m_limits;
    Tokenizer m_tokenizer;
    RowParser m_parser;
    Hasher m_chunkHasher;
    std::string m_rest;        ///< text read and not yet consumed
    std::int64_t m_offset = 0; ///< of m_rest in the text
    std::int64_t m_chunkStart = 0;
    int m_chunkRows = 0;
    std::size_t m_nextEnd = 0; ///< into chunkEnds
    bool m_atEnd = false;
};

} // namespace perennial
