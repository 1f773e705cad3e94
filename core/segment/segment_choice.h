#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/project/user_state_store.h"
#include "core/project/user_table.h"
#include "core/segment/segment_rule.h"
#include "core/segment/states_shelf.h"

#include <memory>
#include <mutex>
#include <vector>

namespace perennial {

/// Users that several readers, on threads of their own, are to show: found by the first that asks. To be
/// made anew when users are scored anew.
class SegmentChoice {
public:
    SegmentChoice() = default; ///< everybody
    /// @param shelf of everybody's rows; null = they are read whenever they are asked for.
    explicit SegmentChoice(SegmentRule rule, std::shared_ptr<StatesShelf> shelf = nullptr)
        : m_rule(asList(std::move(rule))), m_shelf(std::move(shelf))
    {
    }

    const SegmentRule &rule() const noexcept { return m_rule; } ///< a list (asList)
    bool isEverybody() const noexcept;
    /// Null for everybody. @error as usersOfSegment; only what was found is kept.
    Result<UserIds> users(const Project &project, const Task &task) const;
    /// Where all scored users stand, whatever the rule, in id order. @error as StatesShelf::all.
    Result<UserStates> everybodysStates(const Project &project, const Task &task) const;

private:
    SegmentRule m_rule = allOf({});
    std::shared_ptr<StatesShelf> m_shelf;
    mutable std::timed_mutex m_mutex;
    mutable UserIds m_users;
};
/// Never null.
using Segment = std::shared_ptr<const SegmentChoice>;
Segment everybody();
Segment segmentOf(SegmentRule rule, std::shared_ptr<StatesShelf> shelf = nullptr);
Segment stageSegment(Stage stage);

/// Where the segment's users stand, in id order. @error as usersOfSegment.
Result<UserStates> readStatesOf(const Project &project, const SegmentChoice &segment,
                                const Task &task);

} // namespace perennial
