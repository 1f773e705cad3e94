#pragma once

#include <optional>
#include <string>

namespace perennial {

class Database;

/// One row of the table setting, by its key. For this room: others see typed functions.
std::optional<std::string> settingValue(Database &database, const char *key);
void setSettingValue(Database &database, const char *key, const std::string &value);

} // namespace perennial
