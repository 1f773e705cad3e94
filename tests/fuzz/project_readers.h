#pragma once

#include "core/project/project.h"

#include <filesystem>

namespace perennial::fuzz {

/// Reads everything that a project can be asked for, as pages and verbs do. Any answer will do but
/// a value that indexes tables elsewhere and is none of theirs.
void readEverything(const Project &project);

/// Salvages a file as it lies there: whatever comes out must be sound, and all of it readable.
/// @param damaged nobody has it open.
void salvageWhatIsThere(const std::filesystem::path &damaged);

/// What a user may do to a project that opened for writing.
void changeThings(Project &project);

} // namespace perennial::fuzz
