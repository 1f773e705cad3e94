#pragma once

#include "core/lifecycle/lifecycle.h"
#include "core/project/activity_store.h"
#include "core/project/user_state_store.h"

#include <memory>
#include <mutex>

namespace perennial {

/// What the views of one t₀ are computed from, read once and kept for all of them: of everybody, and of
/// the users last asked for, so that another segment costs a pass over memory and no reading. Any
/// thread may ask, with a connection of its own. To be made anew when the data or t₀ change.
class LifecycleShelf {
public:
    explicit LifecycleShelf(Day at) : m_at(at) {}

    Day at() const noexcept { return m_at; }

    using Rows = std::shared_ptr<const LifecycleRows>;
    /// @param within null = everybody. @error as readLifecycleRows. Memory 12 bytes a day with an
    /// event.
    Result<Rows> rows(const Project &project, const UserIds &within, const Task &task);

    using Activity = std::shared_ptr<const ActivityTable>;
    /// Of one clock at a time. @error as readActivity. Memory 16 bytes a day with an event.
    Result<Activity> activity(const Project &project, ActivityClock clock, const UserIds &within,
                              const Task &task);

    /// τc of everybody, whoever is looked at. @error as rows.
    Result<ChurnDays> churnDays(const Project &project, const LifecycleOptions &options,
                                const Task &task);

private:
    template <class T>
    struct Held {
        std::shared_ptr<const T> all, part;
        UserIds partOf; ///< whom `part` has
    };
    Result<Rows> readRows(const Project &project, const UserIds &within, const Task &task);

    Day m_at;
    std::timed_mutex m_mutex;
    Held<LifecycleRows> m_rows;
    Held<ActivityTable> m_activity;
    ActivityClock m_clock = ActivityClock::Calendar; ///< of m_activity
};

} // namespace perennial
