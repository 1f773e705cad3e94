#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/project/user_state_store.h"
#include "core/project/user_table.h"
#include "core/segment/segment_rule.h"

#include <memory>
#include <mutex>
#include <vector>

namespace perennial {

/// Users that several readers, on threads of their own, are to show: found by the first that asks. To be
/// made anew when users are scored anew.
class SegmentChoice {
public:
    SegmentChoice() = default; ///< everybody
    explicit SegmentChoice(SegmentRule rule) : m_rule(asList(std::move(rule))) {}

    const SegmentRule &rule() const noexcept { return m_rule; } ///< a list (asList)
    bool isEverybody() const noexcept;
    /// Null for everybody. @error as usersOfSegment; only what was found is kept.
    Result<UserIds> users(const Project &project, const Task &task) const;

private:
    SegmentRule m_rule = allOf({});
    mutable std::timed_mutex m_mutex;
    mutable UserIds m_users;
};
/// Never null.
using Segment = std::shared_ptr<const SegmentChoice>;
Segment everybody();
Segment segmentOf(SegmentRule rule);
Segment stageSegment(Stage stage);

/// Where the segment's users stand, in id order. @error as usersOfSegment.
Result<std::vector<UserState>> readStatesOf(const Project &project, const SegmentChoice &segment,
                                            const Task &task);

} // namespace perennial
