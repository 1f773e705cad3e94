#pragma once

#include "core/ingest/tokenizer.h"

#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// The rows that a dialect cuts a text into.
struct SplitText {
    std::vector<std::vector<std::string>> rows; ///< broken ones left out
    std::vector<std::int64_t> lines;            ///< where each begins, 1-based
    int broken = 0;
};
/// @param whole the text is the whole file. At most 500 rows.
SplitText splitText(std::string_view text, bool whole, const Dialect &dialect);

/// The commonest number of fields, of equals the smaller; 0 where there is no row.
std::size_t commonWidth(const std::vector<std::vector<std::string>> &rows);

/// Delimiter, quote, escape and line end of a text; what the recipe gives stays. Skips no lines.
Dialect likelyDialect(std::string_view text, bool whole, const ImportRecipe &recipe);

/// Not empty and neither a number nor a date in any usual notation.
bool isHeaderName(const std::string &field);

} // namespace perennial
