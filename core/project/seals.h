#pragma once

#include "core/project/database.h"

#include <map>
#include <string>
#include <vector>

namespace perennial {

// A seal is the hash of a whole table. Every transaction that writes a sealed table hashes it anew
// before it commits, so that a row which changed in any other way shows. What imports write
// (events, keys, rejected rows, the chunk log) is covered by the chunks' hashes, weights by their
// own, and the audit log by its chain.
//
// While an import is unfinished, what it may still describe (users, items, their attributes) waits
// with its seal until no import is.

/// Has a connection keep the seals. Of each connection that may write.
void keepSeals(Database &database);
/// Seals all tables as they are: a new or migrated project.
void sealEverything(Database &database);
/// The hashes of the tables as they are; without those whose seals wait for an import.
std::map<std::string, std::string> sealsNow(Database &database);
/// Tables whose content is not what was written.
std::vector<std::string> brokenSeals(Database &database);

} // namespace perennial
