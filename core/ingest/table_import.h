#pragma once

#include "core/ingest/import_file.h"

namespace perennial {

/// Reads a file of users, items, campaigns, exposures or coupons, in two passes: the first finds
/// what type each attribute has (a number or a date only where all its values are, and none would
/// lose a leading zero), the second writes. All in one transaction, so that a kill, a full disk or
/// a cancel leaves the project as it was.
/// @error as importFile.
Result<ImportReport> importTable(Project &project, ImportFile file, const ImportOptions &options,
                                 const Task &task);

} // namespace perennial
