#pragma once

#include "core/project/project.h"

#include <QString>

namespace perennial {

/// A project to read from. One of an older schema is brought up to date first, with a copy beside it,
/// as opening it in the window does. @error as Project::open.
Result<Project> openToRead(const std::string &path);

/// Open for writing, and where that can't be (another program writes it, its folder is read-only) for
/// reading: for what is worth keeping in the project but does not need it, such as a fit or the log's
/// line on data that leaves it. @error as Project::open.
Result<Project> openWritableIfPossible(const std::string &path);

/// A sentence after a line break where the log got no line; empty where it did.
QString unloggedText(bool logged);

} // namespace perennial
