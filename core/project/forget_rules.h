#pragma once

#include "core/base/task.h"
#include "core/project/database.h"
#include "core/project/key_match.h"

#include <cstdint>
#include <string>

namespace perennial {

// What is left of cleaning after a user is erased; inside the transaction that erases him.

/// Cleaning rules stay, for their numbers are in other users' events; what names him in them goes,
/// and ignored findings whose reason names him. Entries of the lists that every project can have
/// (usualTestUsers) are the program's words and name nobody.
/// @return rules and findings that named him. @error throws SqlFailure.
std::int64_t clearRules(Database &database, const std::string &key, const KeyMatch &match);

/// Bounds of amounts depend on all events: what is left is cleaned anew, and its counts are stored.
/// A rule that can't be read keeps nobody from being erased: the events then stay where they are.
/// @error throws SqlFailure, Cancelled among them.
void cleanWithoutHim(Database &database, const Task &task);

} // namespace perennial
