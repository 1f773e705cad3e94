#include "core/project/row_inserter.h"

#include <span>
#include <string>

namespace perennial {

namespace {

using Stored = Statement::Type;

void bindValue(Statement &statement, int position, const StoredValue &value)
{
    switch (value.type) {
    case Stored::Integer:
        statement.bind(position, value.integer);
        break;
    case Stored::Real:
        statement.bind(position, value.real);
        break;
    case Stored::Text:
        statement.bind(position, std::string_view(value.bytes));
        break;
    case Stored::Blob:
        statement.bind(position, std::as_bytes(std::span(value.bytes.data(), value.bytes.size())));
        break;
    case Stored::Null:
        statement.bind(position, nullptr);
        break;
    }
}

} // namespace

bool RowInserter::insert(std::int64_t rowid, const StoredRow &row)
{
    Statement &statement = statementFor(row.size());
    statement.reset();
    int position = 0;
    if (writesRowid()) {
        statement.bind(++position, rowid);
    }
    for (std::size_t k = 0; k < row.size(); ++k) {
        if (static_cast<int>(k) == m_shape.alias) {
            statement.bind(++position, rowid);
        } else {
            bindValue(statement, ++position, row[k]);
        }
    }
    statement.run();
    return m_database.changes() == 1;
}

Statement &RowInserter::statementFor(std::size_t columns)
{
    const auto found = m_statements.find(columns);
    if (found != m_statements.end()) {
        return found->second;
    }
    std::string names = writesRowid() ? "rowid" : "", marks = writesRowid() ? "?" : "";
    for (std::size_t k = 0; k < columns; ++k) {
        names += (names.empty() ? "" : ", ") + m_shape.columns[k].name;
        marks += marks.empty() ? "?" : ", ?";
    }
    return m_statements
        .try_emplace(columns, m_database,
                     "INSERT OR IGNORE INTO " + m_shape.name + "(" + names + ") VALUES (" + marks +
                         ")")
        .first->second;
}

} // namespace perennial
