#pragma once

#include "core/project/project.h"

namespace perennial::fuzz {

/// Reads everything that a project can be asked for, as pages and verbs do. Any answer will do but
/// a value that indexes tables elsewhere and is none of theirs.
void readEverything(const Project &project);

/// What a user may do to a project that opened for writing.
void changeThings(Project &project);

} // namespace perennial::fuzz
