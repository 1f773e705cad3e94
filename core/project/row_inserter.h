#pragma once

#include "core/project/table_shape.h"

#include <cstdint>
#include <map>

namespace perennial {

/// Inserts rows as they were stored into a table of the current schema. Rows written before a
/// column was added leave it to its default.
class RowInserter {
public:
    /// @param shape outlives the inserter.
    RowInserter(Database &database, const TableShape &shape) : m_database(database), m_shape(shape)
    {
    }

    /// @param row fits the shape.
    /// @return false where the table refuses it, as one that is there already.
    bool insert(std::int64_t rowid, const StoredRow &row);

private:
    bool writesRowid() const { return m_shape.rowids && m_shape.alias < 0; }
    Statement &statementFor(std::size_t columns);

    Database &m_database;
    const TableShape &m_shape;
    std::map<std::size_t, Statement> m_statements; ///< by the number of columns
};

} // namespace perennial
