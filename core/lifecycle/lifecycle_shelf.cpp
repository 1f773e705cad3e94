#include "core/lifecycle/lifecycle_shelf.h"

#include "core/base/kept.h"

namespace perennial {

namespace {

/// What is kept of these users; made of everybody's where others were asked for last.
template <class Held>
auto partFor(Held &kept, const UserIds &within) -> decltype(kept.all)
{
    if (!within) {
        return kept.all;
    }
    if (!kept.part || kept.partOf != within) {
        using Table = std::remove_cvref_t<decltype(*kept.all)>;
        kept.part = std::make_shared<const Table>(onlyUsers(*kept.all, *within));
        kept.partOf = within;
    }
    return kept.part;
}

} // namespace

Result<LifecycleShelf::Rows> LifecycleShelf::rows(const Project &project, const UserIds &within,
                                                  const Task &task)
{
    std::unique_lock lock(m_mutex, std::defer_lock);
    if (!lockFor(lock, task)) {
        return fail(ErrorCode::Cancelled);
    }
    return readRows(project, within, task);
}

Result<LifecycleShelf::Rows> LifecycleShelf::readRows(const Project &project, const UserIds &within,
                                                      const Task &task)
{
    if (!m_rows.all) {
        auto read = readLifecycleRows(project, m_at, task);
        if (!read) {
            return read.error();
        }
        m_rows = {std::make_shared<const LifecycleRows>(*std::move(read)), {}, {}};
    }
    return partFor(m_rows, within);
}

Result<LifecycleShelf::Activity> LifecycleShelf::activity(const Project &project,
                                                          ActivityClock clock,
                                                          const UserIds &within, const Task &task)
{
    std::unique_lock lock(m_mutex, std::defer_lock);
    if (!lockFor(lock, task)) {
        return fail(ErrorCode::Cancelled);
    }
    if (!m_activity.all || m_clock != clock) {
        auto read = readActivity(project, m_at, clock, task);
        if (!read) {
            return read.error();
        }
        m_activity = {std::make_shared<const ActivityTable>(*std::move(read)), {}, {}};
        m_clock = clock;
    }
    return partFor(m_activity, within);
}

Result<ChurnDays> LifecycleShelf::churnDays(const Project &project, const LifecycleOptions &options,
                                            const Task &task)
{
    std::unique_lock lock(m_mutex, std::defer_lock);
    if (!lockFor(lock, task)) {
        return fail(ErrorCode::Cancelled);
    }
    const auto all = readRows(project, nullptr, task);
    if (!all) {
        return all.error();
    }
    return churnDaysOf((*all)->days, m_at, options);
}

} // namespace perennial
