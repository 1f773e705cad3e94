#pragma once

#include "core/base/task.h"
#include "core/behavior/answers.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

/// Which group each judged user belongs to.
struct UserGroups {
    std::string by;
    std::vector<std::string> names; ///< data, or a code of the grouping; empty = not known
    std::vector<std::uint32_t> of;  ///< index into `names` of each of JudgedAnswers::user
};

/// "stage", "newness", "history", then the user attributes that have few values and are not personal.
Result<std::vector<std::string>> userGroupings(const Project &project);

/// What the project knows now of each user at the answers' cut.
/// stage: of the lifecycle. newness: "new" = first seen less than 30 days before the cut,
/// "returning". history: events up to the cut, "1", "2-4", "5-9", "10-19", "20-49", "50+".
/// @param by one of userGroupings. @error InvalidArgument (where: "attribute") for another; Cancelled.
Result<UserGroups> userGroups(const Project &project, const JudgedAnswers &answers,
                              const std::string &by, const Task &task);

} // namespace perennial
