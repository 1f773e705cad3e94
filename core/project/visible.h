#pragma once

#include "core/project/database.h"

#include <string>

namespace perennial {

/// What analyses may see. An import that has not finished shows nowhere until it has: a full disk
/// or a kill halfway must not move a figure. Events that a cleaning rule has set aside lie in a
/// table of their own; the users and items that had no others are hidden with them. SQL conditions on the unaliased tables, "1" where
/// nothing is hidden, which is the usual case and costs nothing.
struct Visible {
    std::string events, users, items;
};
Visible visibleRows(Database &database);

} // namespace perennial
