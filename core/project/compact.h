#pragma once

#include "core/project/project.h"

namespace perennial {

/// Writes the file anew without free space and empties its log, so that nothing deleted is left in
/// either. While it runs it needs up to twice as much free space as the file has: for the copy, and
/// for the log that the copy comes in by.
/// @return false where the log could not be emptied because somebody is reading; it goes when the
/// project is closed. @error DiskFull, OutOfMemory, Locked, ReadOnly.
Result<bool> compact(Project &project);

} // namespace perennial
