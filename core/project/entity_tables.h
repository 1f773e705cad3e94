#pragma once

// Private to core/project.

#include "core/project/attribute_store.h"
#include "core/project/database.h"

#include <cstdint>
#include <map>
#include <string>

namespace perennial {

/// Some attributes also have a column in `user` or `item`, which readers know. It holds the newest
/// source's value; what an event file had put there before is kept as a value of source 0, so that
/// it comes back when the describing source is removed.
class ColumnKeeper {
public:
    explicit ColumnKeeper(Database &database);

    /// Before the first value of an attribute is written for an entity.
    void keepOld(Entity entity, std::int64_t id, std::int64_t attribute, const std::string &name);
    void set(Entity entity, std::int64_t id, const std::string &name, const AttributeValue &value);

private:
    struct Column {
        Statement keep, set;
    };
    Column *find(Entity entity, const std::string &name);

    std::map<std::pair<Entity, std::string>, Column> m_columns;
};

/// An attribute whose sources disagree on its type becomes text.
void makeText(Database &database, Entity entity, std::int64_t attribute, AttributeType stored);

/// Takes out what a source says of users, items, campaigns and coupons; what it had overwritten
/// comes back. The dictionary entries stay.
void removeDescriptions(Database &database, std::int64_t source);

} // namespace perennial
