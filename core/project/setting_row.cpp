#include "core/project/setting_row.h"

#include "core/project/database.h"

namespace perennial {

std::optional<std::string> settingValue(Database &database, const char *key)
{
    Statement query(database, "SELECT value FROM setting WHERE key = ?");
    query.bindAll(key);
    return query.step() ? std::optional(query.text(0)) : std::nullopt;
}

void setSettingValue(Database &database, const char *key, const std::string &value)
{
    Statement insert(database, "INSERT INTO setting(key, value) VALUES (?, ?) "
                               "ON CONFLICT(key) DO UPDATE SET value = excluded.value");
    insert.bindAll(key, value);
    insert.run();
}

} // namespace perennial
