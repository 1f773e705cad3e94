#include "core/segment/segment_choice.h"

#include "core/segment/segment_users.h"

#include <algorithm>

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
    if (!lockFor(lock, task)) {
        return fail(ErrorCode::Cancelled);
    }
    if (!m_users) {
        const auto states = everybodysStates(project, task);
        if (!states) {
            return states.error();
        }
        const auto found = usersOfSegment(project, m_rule, task, *states);
        if (!found) {
            return found.error();
        }
        m_users = found->users;
    }
    return m_users;
}

Result<UserStates> SegmentChoice::everybodysStates(const Project &project, const Task &task) const
{
    return m_shelf ? m_shelf->all(project, task) : StatesShelf().all(project, task);
}

Segment everybody()
{
    return std::make_shared<const SegmentChoice>();
}

Segment segmentOf(SegmentRule rule, std::shared_ptr<StatesShelf> shelf)
{
    return std::make_shared<const SegmentChoice>(std::move(rule), std::move(shelf));
}

Segment stageSegment(Stage stage)
{
    return segmentOf(ruleOf(StageCondition{{stage}}));
}

Result<UserStates> readStatesOf(const Project &project, const SegmentChoice &segment,
                                const Task &task)
{
    const auto users = segment.users(project, task);
    if (!users) {
        return users.error();
    }
    const auto all = segment.everybodysStates(project, task);
    if (!all || !*users) {
        return all;
    }
    std::vector<UserState> states;
    states.reserve((*users)->size());
    auto next = (*users)->begin(); // both are in id order
    for (const UserState &state : **all) {
        next = std::find_if(next, (*users)->end(),
                            [&](std::int64_t user) { return user >= state.user; });
        if (next != (*users)->end() && *next == state.user) {
            states.push_back(state);
        }
    }
    return std::make_shared<const std::vector<UserState>>(std::move(states));
}

} // namespace perennial
