#pragma once

#include "app/verb.h"

namespace perennial {

/// 0 done, 1 failed, 2 wrong usage, 3 bad data, 130 cancelled.
int exitCodeOf(ErrorCode code) noexcept;

/// Parses the arguments after the program's name and runs the verb they name: the result goes to
/// standard output, progress and messages to standard error.
/// @return the exit code.
int runCommandLine(const std::vector<std::unique_ptr<Verb>> &verbs,
                   const std::vector<std::string> &arguments);

/// The text of `perennial --version`.
QString versionText();

} // namespace perennial
