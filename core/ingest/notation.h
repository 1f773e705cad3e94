#pragma once

#include "core/ingest/import_plan.h"

#include <string>
#include <vector>

namespace perennial {

/// Settles how the plan's numbers, dates and times are written, and writes it into its recipe. What
/// the recipe gives stays; what the sample tells beyond doubt is taken; what reads in two ways is
/// asked for. Where the sample has no number that tells the decimal mark, it stays open: numbers
/// that could be read in two ways are then rejected row by row.
/// @error AmbiguousNumbers, AmbiguousDates; BadMapping, detail "date_format: PATTERN", "time_zone:
/// NAME", or marks that can't be some.
Status settleNotation(ImportPlan &plan, const CsvSample &sample);

/// A column's texts in the rows of the right width.
std::vector<std::string> columnTexts(const CsvSample &sample, std::size_t column);

std::string joined(const std::vector<std::string> &names); ///< "A, B, C"

} // namespace perennial
