#pragma once

// Private to salvage_loader and salvage_orphans.

#include "core/project/row_inserter.h"
#include "core/project/salvage_loader.h"

namespace perennial {

/// A table of the new project, and how much of the damaged one's has come into it.
struct SalvageLoader::Table {
    Table(Database &database, TableShape what) : shape(std::move(what)), inserter(database, shape)
    {
    }
    TableShape shape;
    RowInserter inserter;
    bool rooted = false; ///< its tree was found from its root
    std::int64_t kept = 0, unusable = 0, mended = 0, keysOnly = 0;
    WalkDamage damage;
    bool damaged() const noexcept { return !rooted || damage.any(); }
    bool isLog() const { return shape.name == "import_chunk" || shape.name == "chunk_entry"; }
    bool isOfEvents() const { return shape.name == "event" || shape.name == "set_aside_event"; }
};

/// Rows of a tree's first pages that are looked at before they are taken for a table's.
inline constexpr std::int64_t kLooks = 1000;

/// Whether enough rows fit for the others to be broken ones: nine of ten.
inline bool nearlyAll(std::int64_t fitting, std::int64_t rows)
{
    return 10 * fitting >= 9 * rows;
}

} // namespace perennial
