#pragma once

#include "core/ingest/csv_sample.h"
#include "core/ingest/import_plan.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// A word of the column of kinds, and what it is read as.
struct KindWord {
    std::string word; ///< valid UTF-8, at most 200 bytes; empty where rows have none
    std::int64_t rows = 0; ///< of the sample
    std::optional<EventKind> kind; ///< empty where rows with it are rejected
};

/// The words of a file's column of kinds, the commonest first, at most 100; none where no column is
/// mapped to it.
std::vector<KindWord> kindWords(const CsvSample &sample, const ImportPlan &plan);

} // namespace perennial
