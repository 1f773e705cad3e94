#include "core/segment/segment_choice.h"

#include "core/segment/segment_users.h"

#include <algorithm>
#include <chrono>

namespace perennial {

bool SegmentChoice::isEverybody() const noexcept
{
    return m_rule.parts()->empty();
}

Result<UserIds> SegmentChoice::users(const Project &project, const Task &task) const
{
    if (isEverybody()) {
        return UserIds();
    }
    std::unique_lock lock(m_mutex, std::defer_lock);
    while (!lock.try_lock_for(std::chrono::milliseconds(50))) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
    }
    if (!m_users) {
        const auto found = usersOfSegment(project, m_rule, task);
        if (!found) {
            return found.error();
        }
        m_users = found->users;
    }
    return m_users;
}

Segment everybody()
{
    return std::make_shared<const SegmentChoice>();
}

Segment segmentOf(SegmentRule rule)
{
    return std::make_shared<const SegmentChoice>(std::move(rule));
}

Segment stageSegment(Stage stage)
{
    return segmentOf(ruleOf(StageCondition{{stage}}));
}

Result<std::vector<UserState>> readStatesOf(const Project &project, const SegmentChoice &segment,
                                            const Task &task)
{
    const auto users = segment.users(project, task);
    if (!users) {
        return users.error();
    }
    return readUserStates(project, *users);
}

} // namespace perennial
