#pragma once

#include "core/base/dates.h"

#include <optional>
#include <string>

namespace perennial {

/// What several verbs take, read in one way. An option that was not given is nothing.
/// @param option as the user wrote it, "--until".
/// @error InvalidArgument, HorizonNotPositive; detail: the text, where: the option.
Result<std::optional<Day>> dayArgument(const std::string &text, const char *option);
Result<std::optional<Period>> periodArgument(const std::string &text, const char *option);
/// @return days > 0
Result<std::optional<int>> horizonArgument(const std::string &text, const char *option);

/// A small text file, a configuration or a scenario. @error FileMissing, IsDirectory, NotReadable,
/// BadConfiguration for more than 4 MiB.
Result<std::string> readTextFile(const std::string &path);

} // namespace perennial
