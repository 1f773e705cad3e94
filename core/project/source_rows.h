#pragma once

// Private to core/project.

#include "core/project/database.h"
#include "core/project/import_store.h"

#include <cstdint>
#include <map>

namespace perennial {

/// What the tables hold of a source: its books must say the same.
struct SourceRows {
    ImportTotals::Line stored; ///< events as they were imported, or described users, items, …
    std::int64_t rejected = 0, excluded = 0;
};
/// By source; a source without rows has none. Cost: every row once, however many sources there are.
std::map<std::int64_t, SourceRows> rowsBySource(Database &database);

/// How many chunks of a source are in the log.
std::int64_t chunksLogged(Database &database, std::int64_t source);

} // namespace perennial
