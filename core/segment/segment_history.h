#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/segment/segment_rule.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

/// What a rule asks for that no earlier day can tell.
struct UntoldParts {
    std::vector<SegmentFigure> figures; ///< that a model gives for today alone, each once
    std::vector<std::string> campaigns; ///< of which it is not known when they addressed somebody
    bool empty() const noexcept { return figures.empty() && campaigns.empty(); }
    bool operator==(const UntoldParts &) const = default;
};
/// Orders, days since the last order or activity and realised revenue are told at any day, from
/// what users had done by then, as are stages, behaviour, cohorts and dated campaigns. Attributes
/// are what is known of a user today.
/// @error as checkSegment; InvalidArgument for a campaign that the project does not have.
Result<UntoldParts> untoldParts(const Project &project, const SegmentRule &rule);

/// How large a segment was at the ends of months.
struct SegmentHistory {
    /// Meeting: users who met the rule at each end. Active: today's members who did something in
    /// each month, for a rule that earlier days can't tell.
    enum class Kind { Meeting, Active };
    Kind kind = Kind::Meeting;
    UntoldParts untold;              ///< why it is Active
    std::vector<Day> ends;           ///< last days of months, rising; the last is t₀
    std::vector<std::int64_t> users; ///< by end
    /// Meeting: users known by then. Active: today's members, whether they were known by then or
    /// not.
    std::vector<std::int64_t> of;
};

/// The last end has exactly the users that usersOfSegment finds. Stages of earlier days are by the
/// thresholds of the settings and the τc that the users were scored with.
/// @param most months, the newest, t₀'s among them; >= 1.
/// @error NotScored; as usersOfSegment. Cost: activity once; an event pass per month and behaviour.
Result<SegmentHistory> segmentHistory(const Project &project, const SegmentRule &rule,
                                      std::size_t most, const Task &task);

} // namespace perennial
