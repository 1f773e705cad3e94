#pragma once

#include "core/project/btree_reader.h"

#include <string>
#include <vector>

namespace perennial {

/// What the rows of one of this program's tables look like: what tells to which table a page
/// belongs that nothing points to any more.
struct TableShape {
    enum class Type { Integer, Real, Text, Blob, Any };
    struct Column {
        std::string name;
        Type type = Type::Integer;
        bool required = false;
    };
    std::string name;
    std::vector<Column> columns; ///< in the order that rows are stored in
    std::size_t least = 0;       ///< columns in the version that first had the table
    bool rowids = true;          ///< false: a tree of the index kind
    int alias = -1;              ///< the column that is the rowid, stored as NULL

    bool fits(const StoredRow &row) const;
    /// Whether the ids of a row that fits are ones that a file of so many bytes can have got to:
    /// they are dense, so that a larger one is a broken byte.
    bool idsPlausible(std::int64_t rowid, const StoredRow &row, std::int64_t fileBytes) const;
    /// Whether its rows could not be taken for entries of an index.
    bool tellsItself() const;
};

/// Of all tables of the current schema, in the order that they were made in.
std::vector<TableShape> tableShapes();

} // namespace perennial
