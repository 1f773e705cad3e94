#include "core/lifecycle/lifecycle.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kUsersPerCheck = 16384;

Status checkOptions(const LifecycleOptions &options)
{
    ProjectSettings settings;
    settings.stages = options.thresholds;
    settings.horizonDays = options.horizonDays;
    return checkSettings(settings);
}

/// Everything up to t₀ of one user's active days, [from, to).
LifecycleUser describe(const std::vector<ActiveDay> &days, std::size_t from, std::size_t to, Day at,
                       const StageThresholds &thresholds)
{
    LifecycleUser user;
    for (std::size_t i = from; i < to && days[i].day <= at; ++i) {
        if (i == from) {
            user.firstDay = days[i].day;
        }
        user.lastDay = days[i].day;
        if (days[i].ordered) {
            ++user.orders;
            user.lastOrderDay = days[i].day;
        }
        if (std::int64_t{at} - days[i].day < thresholds.activeWindowDays) {
            ++user.recentActiveDays;
        }
    }
    return user;
}

/// Walks the users' list and the active days side by side, both in rising user id.
class UserWalk {
public:
    UserWalk(const std::vector<ActiveDay> &days, const std::vector<UserRecord> &users)
        : m_days(days), m_users(users)
    {
    }

    bool atEnd() const noexcept { return m_day == m_days.size() && m_user == m_users.size(); }

    struct Step {
        std::int64_t user = 0;
        std::size_t from = 0, to = 0; ///< rows of active days
        std::optional<Day> signup;
    };
    Step next()
    {
        const bool hasDays = m_day < m_days.size();
        const bool hasUser = m_user < m_users.size();
        Step step;
        step.user = hasDays ? m_days[m_day].user : m_users[m_user].id;
        if (hasUser) {
            step.user = std::min(step.user, m_users[m_user].id);
        }
        step.from = m_day;
        while (m_day < m_days.size() && m_days[m_day].user == step.user) {
            ++m_day;
        }
        step.to = m_day;
        if (hasUser && m_users[m_user].id == step.user) {
            step.signup = m_users[m_user].signup;
            ++m_user;
        }
        return step;
    }
    double fraction() const noexcept
    {
        const auto all = static_cast<double>(m_days.size() + m_users.size());
        return all > 0.0 ? static_cast<double>(m_day + m_user) / all : 1.0;
    }

private:
    const std::vector<ActiveDay> &m_days;
    const std::vector<UserRecord> &m_users;
    std::size_t m_day = 0, m_user = 0;
};

/// False where nothing is known of the user by t₀.
bool setKnownSince(LifecycleUser &user, std::optional<Day> signup, Day at)
{
    const bool signedUp = signup && *signup <= at;
    if (!user.firstDay && !signedUp) {
        return false;
    }
    user.knownSince = user.firstDay ? *user.firstDay : *signup;
    if (signedUp) {
        user.knownSince = std::min(user.knownSince, *signup);
    }
    return true;
}

} // namespace

LifecycleOptions lifecycleOptionsFrom(const ProjectSettings &settings)
{
    LifecycleOptions options;
    options.at = settings.snapshot;
    options.thresholds = settings.stages;
    options.period = settings.period;
    options.horizonDays = settings.horizonDays;
    return options;
}

Stage stageOf(const LifecycleUser &user, Day at, const StageThresholds &thresholds,
              int churnedAfterDays) noexcept
{
    const std::int64_t silence = std::int64_t{at} - user.lastDay.value_or(user.knownSince);
    if (silence >= churnedAfterDays) {
        return Stage::Churned;
    }
    if (silence >= thresholds.dormantAfterDays) {
        return Stage::Dormant;
    }
    const bool orderedRecently =
        user.lastOrderDay && std::int64_t{at} - *user.lastOrderDay <= thresholds.recentOrderDays;
    if (orderedRecently && user.orders >= thresholds.loyalOrders) {
        return Stage::Loyal;
    }
    if (orderedRecently && user.orders == 1) {
        return Stage::Converted;
    }
    if (user.orders == 0 && std::int64_t{at} - user.knownSince < thresholds.acquiredWithinDays) {
        return Stage::Acquired;
    }
    return user.recentActiveDays >= thresholds.activeDaysNeeded ? Stage::Active : Stage::Retained;
}

Result<std::shared_ptr<const LifecycleResult>> computeLifecycle(const std::vector<ActiveDay> &days,
                                                                const std::vector<UserRecord> &users,
                                                                Day at,
                                                                const LifecycleOptions &options,
                                                                const Task &task)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    auto result = std::make_shared<LifecycleResult>();
    result->at = at;
    result->period = options.period;
    result->horizonDays = options.horizonDays;
    result->thresholds = options.thresholds;
    if (options.thresholds.churnedAfterDays) {
        result->churnedAfter = {*options.thresholds.churnedAfterDays, ChurnDaysSource::Setting};
    } else {
        result->churnedAfter = estimateChurnDays(countGaps(days, at), options.horizonDays);
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    result->flows = computeFlows(days, at, options.period);
    UserWalk walk(days, users);
    for (std::size_t i = 0; !walk.atEnd(); ++i) {
        if (i % kUsersPerCheck == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(walk.fraction(), "lifecycle");
        }
        const UserWalk::Step step = walk.next();
        LifecycleUser user = describe(days, step.from, step.to, at, options.thresholds);
        user.user = step.user;
        if (!setKnownSince(user, step.signup, at)) {
            ++result->notKnownYet;
            continue;
        }
        user.stage = stageOf(user, at, options.thresholds, result->churnedAfter.days);
        ++result->counts[static_cast<std::size_t>(user.stage)];
        result->users.push_back(user);
    }
    if (result->users.empty()) {
        return fail(ErrorCode::NoEvents, formatDate(at));
    }
    task.progress(1.0, "lifecycle");
    return std::shared_ptr<const LifecycleResult>(std::move(result));
}

Result<std::shared_ptr<const LifecycleResult>> computeLifecycle(const Project &project,
                                                                const LifecycleOptions &options,
                                                                const Task &task)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    settings->snapshot = options.at ? options.at : settings->snapshot;
    const auto at = snapshotDay(project, *settings);
    if (!at) {
        return at.error();
    }
    task.progress(0.0, "lifecycle");
    const auto days = readActiveDays(project, *at);
    if (!days) {
        return days.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    return computeLifecycle(*days, *users, *at, options, task.part(0.5, 1.0));
}

} // namespace perennial
