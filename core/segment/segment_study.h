#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/segment/segment_rule.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace perennial {

/// What the users of one segment come to at the snapshot. Money in currency units.
struct SegmentFigures {
    std::optional<Error> error; ///< why this project can't tell its users; all else is 0 then
    std::int64_t users = 0;
    double realised = 0;
    std::optional<double> predicted; ///< total; none where nobody has a predicted value
    std::optional<double> churnRisk; ///< mean over those who have one; none where nobody has
};

/// Several segments beside one another.
struct SegmentStudy {
    std::int64_t scored = 0;
    std::vector<SegmentFigures> segments;
    /// Users in common, [a][b]; [a][a] = the users of a; 0 where one has an error.
    std::vector<std::vector<std::int64_t>> common;

    /// Users in common by those in either, in [0, 1] (Jaccard 1901); none where nobody is in
    /// either.
    std::optional<double> jaccard(std::size_t a, std::size_t b) const noexcept;
    /// Users of a who are in b too; none where a has nobody.
    std::optional<double> share(std::size_t a, std::size_t b) const noexcept;
};

/// A rule that this project can't evaluate has its error in its own figures and keeps no other from
/// being counted. @error NotScored, Cancelled.  Cost: as usersOfSegment a rule; O(users ×
/// segments²).
Result<SegmentStudy> studySegments(const Project &project, const std::vector<SegmentRule> &rules,
                                   const Task &task);

} // namespace perennial
