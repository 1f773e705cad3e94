#include "core/project/table_shape.h"

#include "core/base/text.h"
#include "core/project/schema.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

using Type = TableShape::Type;

bool isEvents(const std::string &table)
{
    return table == "event" || table == "set_aside_event";
}

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
        return value.type == Stored::Integer;
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

void readColumns(Database &database, TableShape &shape)
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
        shape.columns.push_back({query.text(0), type, required});
    }
    if (keyColumns != 1 || !shape.rowids) {
        shape.alias = -1;
    }
    if (shape.alias >= 0) {
        shape.columns[static_cast<std::size_t>(shape.alias)].required = false;
    }
}

} // namespace

bool TableShape::fits(const StoredRow &row) const
{
    if (row.size() < least || row.size() > columns.size()) {
        return false;
    }
    for (std::size_t k = 0; k < row.size(); ++k) {
        const bool isAlias = static_cast<int>(k) == alias;
        if (isAlias ? row[k].type != Statement::Type::Null : !fitsColumn(columns[k], row[k])) {
            return false;
        }
    }
    // Twelve whole numbers are an event only if the fourth is a kind of event.
    return !isEvents(name) || (row[3].integer >= 1 && row[3].integer <= 10 && row[1].integer > 0);
}

bool TableShape::idsPlausible(std::int64_t rowid, const StoredRow &row,
                              std::int64_t fileBytes) const
{
    // A compacted file keeps the ids of rows that were erased, hence the room.
    const std::int64_t most = 4 * fileBytes;
    if (alias >= 0 && (rowid <= 0 || rowid > most)) {
        return false;
    }
    static constexpr std::array<std::size_t, 6> kReferences{1, 4, 7, 8, 9, 10};
    return !isEvents(name) || std::ranges::all_of(kReferences, [&](std::size_t column) {
        return row[column].integer >= 0 && row[column].integer <= most;
    });
}

bool TableShape::tellsItself() const
{
    return rowids || std::ranges::any_of(columns, [](const Column &column) {
               return column.type == Type::Text || column.type == Type::Real;
           });
}

std::vector<TableShape> tableShapes()
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
        readColumns(database, shape);
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
