#include "core/lifecycle/stage_history.h"

#include "core/lifecycle/user_walk.h"

#include <functional>

namespace perennial {

namespace {

constexpr std::size_t kUsersPerCheck = 4096;

/// One user's stage on rising days.
class UserLadder {
public:
    UserLadder(const std::vector<ActiveDay> &days, const UserWalk::Step &step,
               const StageThresholds &thresholds, int churnedAfterDays)
        : m_days(days), m_thresholds(thresholds), m_churnedAfter(churnedAfterDays),
          m_signup(step.signup), m_next(step.from), m_recent(step.from), m_end(step.to)
    {
        m_user.user = step.user;
    }

    std::optional<Stage> stageOn(Day day)
    {
        for (; m_next < m_end && m_days[m_next].day <= day; ++m_next) {
            const ActiveDay &active = m_days[m_next];
            m_user.firstDay = m_user.firstDay.value_or(active.day);
            m_user.lastDay = active.day;
            if (active.ordered) {
                ++m_user.orders;
                m_user.lastOrderDay = active.day;
            }
        }
        while (m_recent < m_next &&
               std::int64_t{day} - m_days[m_recent].day >= m_thresholds.activeWindowDays) {
            ++m_recent;
        }
        m_user.recentActiveDays = static_cast<std::int32_t>(m_next - m_recent);
        if (!setKnownSince(m_user, m_signup, day)) {
            return std::nullopt;
        }
        return stageOf(m_user, day, m_thresholds, m_churnedAfter);
    }

    /// Nothing will change any more of a user who has churned.
    bool hasMore() const noexcept { return m_next < m_end; }
    /// The first day on which the user is known; none where never.
    std::optional<Day> knownFrom() const noexcept
    {
        if (m_next == m_end) {
            return m_signup;
        }
        return std::min(m_days[m_next].day, m_signup.value_or(m_days[m_next].day));
    }

private:
    const std::vector<ActiveDay> &m_days;
    const StageThresholds &m_thresholds;
    int m_churnedAfter;
    std::optional<Day> m_signup;
    std::size_t m_next, m_recent, m_end;
    LifecycleUser m_user;
};

Status checkHistory(const std::vector<Day> &ends, const StageThresholds &thresholds,
                    int churnedAfterDays)
{
    ProjectSettings settings;
    settings.stages = thresholds;
    if (const Status sound = checkSettings(settings); !sound) {
        return sound.error();
    }
    if (churnedAfterDays < 1) {
        return fail(ErrorCode::InvalidArgument, std::to_string(churnedAfterDays),
                    "churned_after_days");
    }
    const auto falls = std::ranges::adjacent_find(ends, std::greater_equal<>());
    if (ends.empty() || falls != ends.end()) {
        return fail(ErrorCode::InvalidArgument, ends.empty() ? std::string() : formatDate(*falls),
                    "dates");
    }
    return Done{};
}

/// Adds a user's spells; nothing where he is not known by the last day.
void addSpells(StageHistory &history, UserLadder ladder, std::int64_t user)
{
    const auto known = ladder.knownFrom();
    if (!known || *known > history.ends.back()) {
        return;
    }
    const auto first = std::ranges::lower_bound(history.ends, *known);
    std::optional<Stage> now;
    for (auto end = first; end != history.ends.end(); ++end) {
        const std::optional<Stage> stage = ladder.stageOn(*end);
        if (stage != now) {
            const auto from = static_cast<std::uint32_t>(end - history.ends.begin());
            history.spells.push_back({from, *stage});
            now = stage;
        }
        if (now == Stage::Churned && !ladder.hasMore()) {
            break;
        }
    }
    history.user.push_back(user);
    history.offsets.push_back(history.spells.size());
}

void countSpells(StageHistory &history)
{
    history.counts.assign(history.ends.size(), {});
    for (std::size_t i = 0; i < history.user.size(); ++i) {
        for (std::size_t s = history.offsets[i]; s < history.offsets[i + 1]; ++s) {
            const StageSpell &spell = history.spells[s];
            ++history.counts[spell.from][static_cast<std::size_t>(spell.stage)];
            if (s > history.offsets[i]) {
                const Stage before = history.spells[s - 1].stage;
                --history.counts[spell.from][static_cast<std::size_t>(before)];
            }
        }
    }
    for (std::size_t end = 1; end < history.ends.size(); ++end) {
        for (std::size_t stage = 0; stage < kStageCount; ++stage) {
            history.counts[end][stage] += history.counts[end - 1][stage];
        }
    }
}

} // namespace

std::optional<Stage> StageHistory::stageAt(std::size_t i, std::size_t end) const noexcept
{
    const auto first = spells.begin() + static_cast<std::ptrdiff_t>(offsets[i]);
    const auto last = spells.begin() + static_cast<std::ptrdiff_t>(offsets[i + 1]);
    const auto after = std::upper_bound(
        first, last, end, [](std::size_t e, const StageSpell &spell) { return e < spell.from; });
    return after == first ? std::nullopt : std::optional(std::prev(after)->stage);
}

std::vector<std::int64_t> stageUsers(const StageHistory &history, std::size_t end,
                                     std::optional<Stage> stage)
{
    std::vector<std::int64_t> users;
    for (std::size_t i = 0; i < history.user.size(); ++i) {
        if (history.stageAt(i, end) == stage) {
            users.push_back(history.user[i]);
        }
    }
    return users;
}

std::vector<Day> periodEnds(Day from, Day at, Period period, std::size_t most)
{
    std::vector<Day> ends;
    Day end = at;
    while (ends.size() < most) {
        ends.push_back(end);
        const Day start = periodStart(end, period);
        if (start <= from) {
            break;
        }
        end = start - 1;
    }
    std::ranges::reverse(ends);
    return ends;
}

Result<StageHistory> stageHistory(const std::vector<ActiveDay> &days,
                                  const std::vector<UserRecord> &users,
                                  const std::vector<Day> &ends, const StageThresholds &thresholds,
                                  int churnedAfterDays, const Task &task)
{
    if (const Status sound = checkHistory(ends, thresholds, churnedAfterDays); !sound) {
        return sound.error();
    }
    StageHistory history;
    history.ends = ends;
    history.thresholds = thresholds;
    history.churnedAfterDays = churnedAfterDays;
    history.offsets.push_back(0);
    UserWalk walk(days, users);
    for (std::size_t i = 0; !walk.atEnd(); ++i) {
        if (i % kUsersPerCheck == 0) {
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
            task.progress(walk.fraction(), "stage_history");
        }
        const UserWalk::Step step = walk.next();
        addSpells(history, UserLadder(days, step, thresholds, churnedAfterDays), step.user);
    }
    countSpells(history);
    task.progress(1.0, "stage_history");
    return history;
}

Result<std::vector<std::optional<Stage>>>
stageHistoryOf(const Project &project, std::int64_t user, const std::vector<Day> &ends,
               const StageThresholds &thresholds, int churnedAfterDays)
{
    if (const Status sound = checkHistory(ends, thresholds, churnedAfterDays); !sound) {
        return sound.error();
    }
    const auto record = findUserById(project, user);
    if (!record) {
        return record.error();
    }
    const auto events = readEventsOfUser(project, user, ends.back());
    if (!events) {
        return events.error();
    }
    std::vector<ActiveDay> days;
    for (std::size_t row = 0; row < events->size(); ++row) {
        const Day day = dayOf(events->at[row]);
        if (days.empty() || days.back().day != day) {
            days.push_back({static_cast<std::int32_t>(user), day, false});
        }
        days.back().ordered = days.back().ordered || events->kind[row] == EventKind::Purchase;
    }
    UserLadder ladder(days, {user, 0, days.size(), record->signup}, thresholds, churnedAfterDays);
    std::vector<std::optional<Stage>> stages;
    for (const Day end : ends) {
        stages.push_back(ladder.stageOn(end));
    }
    return stages;
}

} // namespace perennial
