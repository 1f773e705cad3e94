#pragma once

// Private to core/project.

#include "core/project/project.h"
#include "core/project/salvage.h"

#include <string>

namespace perennial {

/// Takes rows out and notes how many.
void dropRows(Database &database, SalvageReport &report, const std::string &table,
              const std::string &condition);

/// Makes loaded rows agree with each other: sources and keys that only other rows tell of get
/// placeholders, what has none goes with what it belonged to, and what no reader could read goes
/// too. Inside a transaction.
void settleRows(Project &project, SalvageReport &report);

} // namespace perennial
