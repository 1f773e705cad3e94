#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/project/user_table.h"
#include "core/segment/segment_rule.h"
#include "core/segment/states_shelf.h"

#include <cstdint>
#include <vector>

namespace perennial {

/// Who belongs to a segment at the snapshot that the users were scored for.
struct SegmentUsers {
    UserIds users;           ///< ids rising; never null
    std::int64_t scored = 0; ///< of so many
    /// Users of each part by itself, in the order in which the rule is read from its beginning: the
    /// rule, its first part, that one's parts, …
    std::vector<std::int64_t> byPart;
};

/// @error NotScored; as checkSegment; InvalidArgument (detail: the name; where "attribute" or
/// "campaign") for what the project does not have, and ("personal: " and the name) for a personal
/// attribute; Cancelled. Cost: O(users) a part; a pass over all
/// events for each condition on behaviour.
/// @param states of all scored users; null = they are read.
Result<SegmentUsers> usersOfSegment(const Project &project, const SegmentRule &rule,
                                    const Task &task, UserStates states = nullptr);

} // namespace perennial
