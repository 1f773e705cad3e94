#pragma once

#include "core/project/user_table.h"
#include "core/segment/segment_rule.h"

#include <QString>

#include <optional>

namespace perennial {

/// The users behind one mark of a chart or several, as the table of users is to show them.
struct UserSelection {
    QString text; ///< "Predicted value £100 – £200"
    std::vector<ColumnRange> ranges;
    UserIds only; ///< null = all that lie in the ranges
    /// What tells them, where something does; else the ranges where there is no `only`.
    std::optional<SegmentRule> rule = {};

    bool operator==(const UserSelection &) const = default;
};

/// What tells the users of a selection at a snapshot; none where they are told one by one.
std::optional<SegmentRule> ruleOfSelection(const UserSelection &selection, Day snapshot);
/// The same users as a condition. @error as the project.
Result<SegmentRule> ruleOfUsers(const Project &project, const std::vector<std::int64_t> &users);

} // namespace perennial
