#include "ui/pages/lifecycle_access.h"

namespace perennial {

Result<LifecycleShelf::Rows> LifecycleAccess::rows(const Project &project, const Task &task) const
{
    const auto within = segment->users(project, task);
    return within ? shelf->rows(project, *within, task)
                  : Result<LifecycleShelf::Rows>(within.error());
}

Result<LifecycleShelf::Activity> LifecycleAccess::activity(const Project &project,
                                                           ActivityClock clock,
                                                           const Task &task) const
{
    const auto within = segment->users(project, task);
    return within ? shelf->activity(project, clock, *within, task)
                  : Result<LifecycleShelf::Activity>(within.error());
}

Result<int> LifecycleAccess::churnedAfterDays(const Project &project, const Task &task) const
{
    const auto days = shelf->churnDays(project, options, task);
    return days ? Result<int>(days->days) : Result<int>(days.error());
}

LifecycleAccess lifecycleAccess(const ProjectSession &session)
{
    LifecycleOptions options = lifecycleOptionsFrom(session.settings());
    options.at = session.lifecycleShelf()->at();
    return {session.lifecycleShelf(), session.segment(), options};
}

} // namespace perennial
