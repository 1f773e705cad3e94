#include "core/project/entity_tables.h"

#include "core/project/stored.h"

#include <array>

namespace perennial {

namespace {

struct ColumnName {
    Entity entity;
    const char *attribute, *column, *none;
    AttributeType type;
};

// `none` is what the column holds where nothing is known.
constexpr std::array<ColumnName, 7> kColumns{{
    {Entity::User, attribute_name::kSignup, "signup_day", "NULL", AttributeType::Date},
    {Entity::User, attribute_name::kChannel, "channel", "''", AttributeType::Text},
    {Entity::User, attribute_name::kRegion, "region", "''", AttributeType::Text},
    {Entity::User, attribute_name::kDevice, "device", "''", AttributeType::Text},
    {Entity::Item, attribute_name::kItemName, "name", "''", AttributeType::Text},
    {Entity::Item, attribute_name::kCategory, "category", "''", AttributeType::Text},
    {Entity::Item, attribute_name::kPrice, "price", "NULL", AttributeType::Number},
}};

std::string tableOf(Entity entity)
{
    return entity == Entity::User ? "user" : "item";
}

/// A column's value as the attribute has it: prices are money there and units here.
std::string asAttribute(const ColumnName &column)
{
    const std::string name = column.column;
    return column.type == AttributeType::Number ? name + " / 10000.0" : name;
}

std::string asColumn(const ColumnName &column, const std::string &value)
{
    switch (column.type) {
    case AttributeType::Number:
        return "CAST(round(" + value + " * 10000) AS INTEGER)";
    case AttributeType::Date:
        return "CAST(" + value + " AS INTEGER)";
    case AttributeType::Text:
        break;
    }
    return "CAST(" + value + " AS TEXT)";
}

/// Gives the columns back what the sources other than this one say.
void restoreColumn(Database &database, std::int64_t source, const ColumnName &column)
{
    const std::string table = tableOf(column.entity);
    const std::string values = table + "_attribute", id = table + "_id";
    Statement restore(
        database, "UPDATE " + table + " SET " + column.column + " = coalesce((SELECT " +
                      asColumn(column, "v.value") + " FROM " + values +
                      " v JOIN attribute a ON a.id = v.attribute_id WHERE v." + id + " = " + table +
                      ".id AND a.entity = ?2 AND a.name = ?3 AND v.source_id <> ?1 "
                      "ORDER BY v.source_id DESC LIMIT 1), " +
                      column.none + ") WHERE id IN (SELECT v." + id + " FROM " + values +
                      " v JOIN attribute a ON a.id = v.attribute_id WHERE v.source_id = ?1 AND "
                      "a.entity = ?2 AND a.name = ?3)");
    restore.bindAll(source, static_cast<int>(column.entity), column.attribute);
    restore.run();
}

void runFor(Database &database, const char *sql, std::int64_t source)
{
    Statement statement(database, sql);
    statement.bindAll(source);
    statement.run();
}

} // namespace

ColumnKeeper::ColumnKeeper(Database &database)
{
    for (const ColumnName &column : kColumns) {
        const std::string table = tableOf(column.entity);
        const std::string values = table + "_attribute", id = table + "_id";
        m_columns.try_emplace(
            std::pair(column.entity, std::string(column.attribute)),
            Column{Statement(database, "INSERT INTO " + values + "(" + id +
                                           ", attribute_id, source_id, value) SELECT id, ?2, 0, " +
                                           asAttribute(column) + " FROM " + table +
                                           " WHERE id = ?1 AND " + column.column + " IS NOT " +
                                           column.none + " AND NOT EXISTS (SELECT 1 FROM " +
                                           values + " WHERE " + id +
                                           " = ?1 AND attribute_id = ?2)"),
                   Statement(database, "UPDATE " + table + " SET " + column.column + " = " +
                                           asColumn(column, "?2") + " WHERE id = ?1")});
    }
}

ColumnKeeper::Column *ColumnKeeper::find(Entity entity, const std::string &name)
{
    const auto found = m_columns.find({entity, name});
    return found == m_columns.end() ? nullptr : &found->second;
}

void ColumnKeeper::keepOld(Entity entity, std::int64_t id, std::int64_t attribute,
                           const std::string &name)
{
    if (Column *column = find(entity, name)) {
        column->keep.bindAll(id, attribute);
        column->keep.run();
    }
}

void ColumnKeeper::set(Entity entity, std::int64_t id, const std::string &name,
                       const AttributeValue &value)
{
    Column *column = find(entity, name);
    if (column == nullptr) {
        return;
    }
    column->set.bindAll(id);
    std::visit([column](const auto &held) { column->set.bind(2, held); }, value);
    column->set.run();
}

void makeText(Database &database, Entity entity, std::int64_t attribute, AttributeType stored)
{
    if (stored == AttributeType::Text) {
        return;
    }
    const std::string table = tableOf(entity) + "_attribute";
    Statement change(database, "UPDATE attribute SET type = 1 WHERE id = ?");
    change.bindAll(attribute);
    change.run();
    // The texts in a table of their own: two walks over the values, however many there are.
    database.execute("CREATE TEMP TABLE IF NOT EXISTS text_of_value(value ANY PRIMARY KEY, "
                     "text TEXT NOT NULL) STRICT, WITHOUT ROWID; DELETE FROM text_of_value");
    Statement distinct(database, "SELECT DISTINCT value FROM " + table + " WHERE attribute_id = ?");
    distinct.bindAll(attribute);
    Statement note(database, "INSERT OR IGNORE INTO text_of_value VALUES (?, ?)");
    while (distinct.step()) {
        const bool number = stored == AttributeType::Number;
        const AttributeValue value =
            number ? AttributeValue(distinct.real(0)) : AttributeValue(storedDay(distinct, 0));
        std::visit([&note](const auto &held) { note.bindAll(held); }, value);
        note.bind(2, attributeText(value));
        note.run();
    }
    distinct.reset();
    Statement update(database, "UPDATE " + table +
                                   " SET value = coalesce((SELECT text FROM text_of_value t WHERE "
                                   "t.value = " +
                                   table +
                                   ".value), value) "
                                   "WHERE attribute_id = ?");
    update.bindAll(attribute);
    update.run();
    database.execute("DELETE FROM text_of_value");
}

void removeDescriptions(Database &database, std::int64_t source)
{
    for (const ColumnName &column : kColumns) {
        restoreColumn(database, source, column);
    }
    for (const char *sql :
         {"DELETE FROM user_attribute WHERE source_id = ?",
          "DELETE FROM item_attribute WHERE source_id = ?",
          "DELETE FROM exposure WHERE source_id = ?", "DELETE FROM coupon_item WHERE source_id = ?",
          "DELETE FROM description WHERE source_id = ?"}) {
        runFor(database, sql, source);
    }
    database.execute("DELETE FROM attribute WHERE id NOT IN (SELECT attribute_id FROM "
                     "user_attribute) AND id NOT IN (SELECT attribute_id FROM item_attribute)");
}

} // namespace perennial
