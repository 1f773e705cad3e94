#pragma once

#include "core/project/project.h"

#include <QString>

namespace perennial {

/// A project whose users' data is about to leave it: open for writing, so that its log gets a line,
/// and where that can't be (another program writes it, its folder is read-only) for reading.
/// @error as Project::open.
Result<Project> openForDataOut(const std::string &path);

/// A sentence after a line break where the log got no line; empty where it did.
QString unloggedText(bool logged);

} // namespace perennial
