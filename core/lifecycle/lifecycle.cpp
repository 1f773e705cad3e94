#include "core/lifecycle/lifecycle.h"

#include "core/lifecycle/ladder.h"
#include "core/lifecycle/user_walk.h"

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
    LadderFacts facts;
    facts.silence = std::int64_t{at} - user.lastDay.value_or(user.knownSince);
    facts.sinceOrder = user.lastOrderDay ? std::int64_t{at} - *user.lastOrderDay : -1;
    facts.known = std::int64_t{at} - user.knownSince;
    facts.orders = user.orders;
    return stageOnLadder(facts, thresholds, churnedAfterDays, [&] {
        return user.recentActiveDays >= thresholds.activeDaysNeeded;
    });
}

ChurnDays churnDaysOf(const std::vector<ActiveDay> &days, Day at, const LifecycleOptions &options)
{
    if (options.thresholds.churnedAfterDays) {
        return {*options.thresholds.churnedAfterDays, ChurnDaysSource::Setting};
    }
    return estimateChurnDays(countGaps(days, at), options.horizonDays);
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
    result->churnedAfter = churnDaysOf(days, at, options);
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

Result<LifecycleRows> readLifecycleRows(const Project &project, std::optional<Day> at,
                                        const Task &task)
{
    auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    settings->snapshot = at ? at : settings->snapshot;
    const auto day = snapshotDay(project, *settings);
    if (!day) {
        return day.error();
    }
    task.progress(0.0, "lifecycle");
    auto days = readActiveDays(project, *day, task);
    if (!days) {
        return days.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    return LifecycleRows{*day, *std::move(days), *std::move(users)};
}

LifecycleRows onlyUsers(const LifecycleRows &rows, const std::vector<std::int64_t> &users)
{
    LifecycleRows some{rows.at, {}, {}};
    auto day = rows.days.begin();
    for (const std::int64_t id : users) {
        const auto user = std::ranges::lower_bound(rows.users, id, {}, &UserRecord::id);
        if (user != rows.users.end() && user->id == id) {
            some.users.push_back(*user);
        }
        day = std::lower_bound(day, rows.days.end(), id,
                               [](const ActiveDay &a, std::int64_t b) { return a.user < b; });
        for (; day != rows.days.end() && day->user == id; ++day) {
            some.days.push_back(*day);
        }
    }
    return some;
}

Result<std::shared_ptr<const LifecycleResult>> computeLifecycle(const Project &project,
                                                                const LifecycleOptions &options,
                                                                const Task &task)
{
    if (const Status sound = checkOptions(options); !sound) {
        return sound.error();
    }
    const auto rows = readLifecycleRows(project, options.at, task);
    if (!rows) {
        return rows.error();
    }
    return computeLifecycle(rows->days, rows->users, rows->at, options, task.part(0.5, 1.0));
}

} // namespace perennial
