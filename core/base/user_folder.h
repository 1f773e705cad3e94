#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <optional>

namespace perennial {

/// Where Perennial keeps what is this user's and no project's: $XDG_DATA_HOME/perennial, with
/// ~/.local/share where that is not set or not absolute. It may not exist yet.
/// @return empty where there is no home either.
/// Source: XDG Base Directory Specification 0.8.
std::optional<std::filesystem::path> userFolder();

/// Makes a folder and those above it that are missing; those it makes are for the owner alone.
/// @error NotWritable, DiskFull.
Status makePrivateFolders(const std::filesystem::path &folder);

} // namespace perennial
