#pragma once

#include "core/lifecycle/lifecycle_shelf.h"
#include "ui/models/project_session.h"

#include <memory>

namespace perennial {

/// A worker's way to the rows of the session's segment.
struct LifecycleAccess {
    std::shared_ptr<LifecycleShelf> shelf;
    Segment segment;
    LifecycleOptions options; ///< of the project's settings, at the shelf's t₀

    /// @error as usersOfSegment, readLifecycleRows.
    Result<LifecycleShelf::Rows> rows(const Project &project, const Task &task) const;
    Result<LifecycleShelf::Activity> activity(const Project &project, ActivityClock clock,
                                              const Task &task) const;
    Result<int> churnedAfterDays(const Project &project, const Task &task) const;
};
/// Of a session with scores.
LifecycleAccess lifecycleAccess(const ProjectSession &session);

} // namespace perennial
