#pragma once

#include "core/ingest/byte_source.h"
#include "core/ingest/tokenizer.h"

#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// What the beginning of a file shows of its layout.
struct CsvSample {
    Dialect dialect;
    bool header = false;
    std::vector<std::string> columns;           ///< header names, trimmed; or "1", "2", …
    std::vector<std::vector<std::string>> rows; ///< without the header; broken rows left out
    bool anyRow = false;                        ///< something follows the header, broken or not
    bool whole = false;                         ///< the sample is the whole file
};

/// Text read for a sample.
inline constexpr std::size_t kSampleBytes = 1 << 18;

/// Looks at a file's beginning, then goes back to it. What is given is not guessed. The delimiter
/// is the one that splits most rows like the first; a header is a first row with neither a number
/// nor a date in it. Without a header the column count is the commonest one.
Result<CsvSample> sampleCsv(ByteSource &source, std::optional<Delimiter> delimiter,
                            std::optional<bool> header);

} // namespace perennial
