#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// One word on each user, to group by.
struct UserLabels {
    std::string name;
    std::vector<std::int64_t> user; ///< in id order; who isn't in it is not known
    std::vector<std::string> value; ///< empty = not known
};

/// What users can be grouped by, personal attributes left out: "channel", "region", "device" of the
/// users' table; "first_category", "first_channel", "first_device" of the first purchase;
/// "first_campaign" that addressed them; then what files have described.
/// Only those with a value for somebody.
Result<std::vector<std::string>> userLabelNames(const Project &project, std::optional<Day> until);

/// @param until last day of the purchases that count; what is described of a user is what the
/// newest source says, whenever that was.
/// @error InvalidArgument (where: "by") for a name that is none of them, or a personal attribute.
Result<UserLabels> readUserLabels(const Project &project, const std::string &name,
                                  std::optional<Day> until);

/// The words of some users, in their order, empty where not known. @param user in id order.
std::vector<std::string> labelsOf(const UserLabels &labels, const std::vector<std::int64_t> &user);

} // namespace perennial
