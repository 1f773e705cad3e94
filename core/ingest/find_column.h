#pragma once

#include "core/ingest/csv_sample.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace perennial {

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

struct FoundColumn {
    std::size_t index = kNoColumn;
    bool twice = false; ///< the header does not tell which
};

/// The column with a header. @param exact case counts
FoundColumn findByName(const CsvSample &sample, std::string_view name, bool exact);

/// The column that a text names: its header, its header but for case, or its 1-based number.
FoundColumn findColumn(const CsvSample &sample, const std::string &text);

} // namespace perennial
