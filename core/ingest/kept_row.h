#pragma once

#include "core/ingest/import_plan.h"
#include "core/ingest/row_reason.h"
#include "core/project/import_store.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace perennial {

/// Of the rows that stay out, as many stand in the import's report.
inline constexpr std::size_t kFirstRejected = 20;

/// A row that stays out, as the project keeps it: without its text where the plan hides that, for
/// what is wrong with a row may well be where its user stands.
RejectedRow keptRow(const ImportPlan &plan, std::int64_t line, RowReason reason,
                    const std::string &column, std::string_view raw);

} // namespace perennial
