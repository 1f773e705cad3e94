#pragma once

#include "core/base/result.h"
#include "core/base/task.h"
#include "core/ingest/number_evidence.h"
#include "core/ingest/row_reason.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

struct TextColumnsOptions {
    std::filesystem::path path;
    std::vector<std::string> columns;    ///< wanted: headers or 1-based numbers, in this order
    std::optional<std::string> encoding; ///< empty = told by the bytes
    std::optional<char> decimalMark;     ///< empty = told by the numbers
};

/// Some columns of a delimited file as they stand there, for a table that is no import.
struct TextColumns {
    struct BadLine {
        std::int64_t line = 0;
        RowReason reason = RowReason::None;
    };
    std::vector<std::string> names;               ///< by column: its header, or its number
    std::vector<std::vector<std::string>> values; ///< by column, then row; trimmed, valid UTF-8
    std::vector<std::int64_t> lines;              ///< of each row, 1-based
    std::vector<BadLine> badLines; ///< that could not be cut into the table's columns
    /// By column: how its numbers are written, if it has some; what reads in two ways is told.
    std::vector<NumberEvidence> numbers;
};

/// Layout, encoding and header are found as for an import; blank texts at the ends of fields go.
/// Memory: all the wanted fields.
/// @error as TextSource::open and sampleCsv; EmptyFile without a row; AmbiguousEncoding;
/// UnknownColumn (detail: the column); BadMapping where a header is there twice; Cancelled.
Result<TextColumns> readTextColumns(const TextColumnsOptions &options, const Task &task);

/// Whether a field stands for nothing: empty, NA, N/A, NaN or NULL, in any case.
bool isMissingText(std::string_view text);

} // namespace perennial
