#pragma once

#include "core/base/dates.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

/// A saved segment: its definition is JSON owned by core/segment.
struct SegmentRecord {
    std::int64_t id = 0; ///< 0 = not saved yet
    std::string name;
    std::string definition;
    UtcSecond savedAt = 0;
};

/// Adds one where the id is 0, else replaces the one with the id (another name renames it).
/// @return its id. @error InvalidArgument, where "name" (empty) or "id" (there is none);
/// AlreadyExists, detail: the name, where another has it; ReadOnly.
Result<std::int64_t> saveSegment(Project &project, const SegmentRecord &segment);
/// Nothing where there is none. @error ReadOnly.
Status removeSegment(Project &project, std::int64_t id);
Result<std::vector<SegmentRecord>> readSegments(const Project &project); ///< by name

} // namespace perennial
