#pragma once

#include "core/ingest/text_source.h"
#include "core/ingest/tokenizer.h"

#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// What the beginning of a file shows of its layout.
struct CsvSample {
    std::string encoding; ///< read by
    /// Encodings that it could be as well, where the bytes don't tell; empty where they do.
    std::vector<std::string> encodings;
    Dialect dialect;
    int headerRows = 0;
    std::vector<std::string> columns;           ///< header names, trimmed; or "1", "2", …
    std::vector<std::vector<std::string>> rows; ///< without the header; broken rows left out
    /// Rows right below the header that look like more of it (units, a second line of names).
    int likelyMoreHeaderRows = 0;
    bool anyRow = false; ///< something follows the header, broken or not
    bool whole = false;  ///< the sample is the whole file
};

/// Text read for a sample.
inline constexpr std::size_t kSampleBytes = 1 << 18;

/// Looks at a file's beginning, then goes back to it. What the recipe gives is not guessed.
///
/// Delimiter, quote and escape are those that cut the text into the most regular table: the share
/// of rows with the commonest number of fields, times the share of fields that read as one thing (a
/// number, a date, a word without a delimiter's or quote's remains in it). Lines above the table
/// are passed over only where they are narrower than it and its first row is a header. A header is
/// a first row with neither a number nor a date in it; one of several rows has to be asked for.
/// Without a header the column count is the commonest one.
Result<CsvSample> sampleCsv(TextSource &source, const ImportRecipe &recipe);

} // namespace perennial
