#pragma once

#include "core/project/salvage.h"

namespace perennial {

/// Makes a project of what was loaded: placeholders for keys that are lost, no rows without what
/// they belong to, totals and hashes of what is there, an unbroken audit log with a line that says
/// what was done. @param report `tables` as loaded; the rest of it is filled in.
Status restateBooks(Project &project, const std::map<std::string, std::string> &seals,
                    const std::string &from, SalvageReport &report, const Task &task);

} // namespace perennial
