#pragma once

#include "core/project/btree_reader.h"
#include "core/project/value_ranges.h"

#include <optional>
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
        ValueRange range;                   ///< of whole numbers
        std::optional<StoredValue> instead; ///< of a value that is none of its own
    };
    std::string name;
    std::vector<Column> columns; ///< in the order that rows are stored in
    std::size_t least = 0;       ///< columns in the version that first had the table
    bool rowids = true;          ///< false: a tree of the index kind
    int alias = -1;              ///< the column that is the rowid, stored as NULL
    ValueRange ids;              ///< of rowids that are the alias

    /// Whether all values are of the kind and size that a row of the table has.
    bool fits(std::int64_t rowid, const StoredRow &row) const;
    /// Puts something in the place of values that are none of their columns' any more, where the
    /// table has it. @return how many.
    std::int64_t mend(StoredRow &row) const;
    /// Whether its rows could not be taken for entries of an index.
    bool tellsItself() const;
};

/// Of all tables of the current schema, in the order that they were made in.
/// @param fileBytes of the file whose rows they are compared with: ids are dense.
std::vector<TableShape> tableShapes(std::int64_t fileBytes);

} // namespace perennial
