#include "core/project/table_shape.h"

#include "core/base/text.h"
#include "core/project/schema.h"

#include <algorithm>

namespace perennial {

namespace {

using Type = TableShape::Type;

Type typeFrom(const std::string &name)
{
    return name == "INTEGER" ? Type::Integer
           : name == "REAL"  ? Type::Real
           : name == "TEXT"  ? Type::Text
           : name == "BLOB"  ? Type::Blob
                             : Type::Any;
}

bool fitsColumn(const TableShape::Column &column, const StoredValue &value)
{
    using Stored = Statement::Type;
    if (value.type == Stored::Null) {
        return !column.required;
    }
    switch (column.type) {
    case Type::Integer:
        return value.type == Stored::Integer && value.integer >= column.range.least &&
               value.integer <= column.range.most;
    // A whole number is stored as an integer, whatever its column.
    case Type::Real:
        return value.type == Stored::Real || value.type == Stored::Integer;
    case Type::Text:
        return value.type == Stored::Text && isValidUtf8(value.bytes);
    case Type::Blob:
        return value.type == Stored::Blob;
    case Type::Any:
        return value.type != Stored::Text || isValidUtf8(value.bytes);
    }
    return false;
}

// The columns that a version of the schema gives a table, 0 where it has none of that name.
std::size_t columnsOf(Database &database, const std::string &table)
{
    Statement query(database, "SELECT count(*) FROM pragma_table_info(?)");
    query.bindAll(table);
    return query.step() ? static_cast<std::size_t>(query.integer(0)) : 0;
}

void readColumns(Database &database, TableShape &shape, std::int64_t fileBytes)
{
    Statement query(database, "SELECT name, type, \"notnull\", pk FROM pragma_table_info(?)");
    query.bindAll(shape.name);
    int keyColumns = 0;
    while (query.step()) {
        const Type type = typeFrom(query.text(1));
        if (query.integer(3) > 0) {
            ++keyColumns;
            shape.alias = type == Type::Integer ? static_cast<int>(shape.columns.size()) : -1;
        }
        const bool required = query.integer(2) != 0 || (!shape.rowids && query.integer(3) > 0);
        const std::string name = query.text(0);
        shape.columns.push_back({name, type, required, rangeOf(shape.name, name, fileBytes),
                                 standIn(shape.name, name)});
    }
    if (keyColumns != 1 || !shape.rowids) {
        shape.alias = -1;
    }
    if (shape.alias >= 0) {
        shape.columns[static_cast<std::size_t>(shape.alias)].required = false;
    }
}

} // namespace

bool TableShape::fits(std::int64_t rowid, const StoredRow &row) const
{
    if (row.size() < least || row.size() > columns.size() ||
        (alias >= 0 && (rowid < ids.least || rowid > ids.most))) {
        return false;
    }
    for (std::size_t k = 0; k < row.size(); ++k) {
        const bool isAlias = static_cast<int>(k) == alias;
        if (isAlias ? row[k].type != Statement::Type::Null : !fitsColumn(columns[k], row[k])) {
            return false;
        }
    }
    return true;
}

std::int64_t TableShape::mend(StoredRow &row) const
{
    std::int64_t mended = 0;
    for (std::size_t k = 0; k < std::min(row.size(), columns.size()); ++k) {
        if (columns[k].instead && !fitsColumn(columns[k], row[k])) {
            row[k] = *columns[k].instead;
            ++mended;
        }
    }
    return mended;
}

bool TableShape::tellsItself() const
{
    return rowids || std::ranges::any_of(columns, [](const Column &column) {
               return column.type == Type::Text || column.type == Type::Real;
           });
}

std::vector<TableShape> tableShapes(std::int64_t fileBytes)
{
    Database database(":memory:", Database::Mode::ReadWriteCreate);
    migrate(database, 0);
    std::vector<TableShape> shapes;
    Statement tables(database, "SELECT m.name, l.wr FROM sqlite_master m JOIN pragma_table_list l "
                               "ON l.name = m.name WHERE m.type = 'table' ORDER BY m.rowid");
    while (tables.step()) {
        TableShape shape;
        shape.name = tables.text(0);
        shape.rowids = tables.integer(1) == 0;
        shape.ids = idRange(shape.name, fileBytes);
        readColumns(database, shape, fileBytes);
        shapes.push_back(std::move(shape));
    }
    for (int version = 1; version <= kSchemaVersion; ++version) {
        Database older(":memory:", Database::Mode::ReadWriteCreate);
        migrate(older, 0, version);
        for (TableShape &shape : shapes) {
            shape.least = shape.least == 0 ? columnsOf(older, shape.name) : shape.least;
        }
    }
    return shapes;
}

} // namespace perennial
