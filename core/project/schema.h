#pragma once

#include "core/project/database.h"

#include <string>
#include <vector>

namespace perennial {

/// "PREN": what tells a project from any other SQLite file.
inline constexpr int kApplicationId = 0x5052454E;
/// The schema this program writes; a file with a higher one is refused.
inline constexpr int kSchemaVersion = 5;

/// Brings a file from `version` to kSchemaVersion, one numbered step after the other, each in a
/// transaction. A new version is one more entry in schema.cpp's list. A lower `target` ends there:
/// what an older version's tables looked like.
void migrate(Database &database, int version, int target = kSchemaVersion);

/// The secondary indexes on events, where they are missing. A large load drops them first.
void createEventIndexes(Database &database);
void dropEventIndexes(Database &database);

/// Tables, columns and indexes that are not as this version makes them.
std::vector<std::string> schemaDifferences(Database &database);

} // namespace perennial
