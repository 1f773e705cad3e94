#include "core/segment/past_states.h"

#include "core/base/money.h"
#include "core/project/settings.h"

#include <algorithm>

namespace perennial {

namespace {

/// Where each user's rows begin and end, in rows sorted by user.
template <class Row>
void cut(const std::vector<Row> &rows, const std::vector<UserState> &users,
         std::vector<std::size_t> &from, std::vector<std::size_t> &to)
{
    std::size_t row = 0;
    for (const UserState &user : users) {
        while (row < rows.size() && rows[row].user < user.user) {
            ++row;
        }
        from.push_back(row);
        while (row < rows.size() && rows[row].user == user.user) {
            ++row;
        }
        to.push_back(row);
    }
}

UserState untouched(std::int64_t user)
{
    UserState state;
    state.user = user;
    return state;
}

} // namespace

Result<PastStates> PastStates::read(const Project &project, const SegmentValues &now,
                                    const std::vector<Day> &ends, const Task &task)
{
    const Day last = ends.back();
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    auto days = readActiveDays(project, last, task);
    if (!days) {
        return days.error();
    }
    auto money = readMoneyDays(project, last);
    if (!money) {
        return money.error();
    }
    const auto people = readUsers(project);
    if (!people) {
        return people.error();
    }
    auto stages = stageHistory(*days, *people, ends, settings->stages,
                               std::max(1, now.label().churnedAfterDays), task);
    if (!stages) {
        return stages.error();
    }
    PastStates past;
    past.m_stages = *std::move(stages);
    past.m_days = *std::move(days);
    past.m_money = *std::move(money);
    for (const UserState &state : now.states()) {
        const auto at = std::ranges::lower_bound(past.m_stages.user, state.user);
        const bool there = at != past.m_stages.user.end() && *at == state.user;
        past.m_place.push_back(there ? static_cast<std::size_t>(at - past.m_stages.user.begin())
                                     : past.m_stages.user.size());
        past.m_now.push_back(untouched(state.user));
    }
    past.m_net.resize(past.m_now.size());
    cut(past.m_days, past.m_now, past.m_dayFrom, past.m_dayTo);
    cut(past.m_money, past.m_now, past.m_moneyFrom, past.m_moneyTo);
    return past;
}

PastStates::Stand PastStates::next()
{
    const Day end = m_stages.ends[m_end];
    Stand stand;
    stand.known.resize(m_now.size());
    for (std::size_t k = 0; k < m_now.size(); ++k) {
        UserState &state = m_now[k];
        for (; m_dayFrom[k] < m_dayTo[k] && m_days[m_dayFrom[k]].day <= end; ++m_dayFrom[k]) {
            const ActiveDay &active = m_days[m_dayFrom[k]];
            state.firstDay = state.firstDay.value_or(active.day);
            state.lastDay = active.day;
            if (active.ordered) {
                ++state.orders;
                state.lastOrderDay = active.day;
            }
        }
        for (; m_moneyFrom[k] < m_moneyTo[k] && m_money[m_moneyFrom[k]].day <= end;
             ++m_moneyFrom[k]) {
            m_net[k] += m_money[m_moneyFrom[k]].gross + m_money[m_moneyFrom[k]].refunds;
        }
        state.realised = state.orders > 0 ? toUnits(m_net[k]) : 0; // as scoring has it
        const bool listed = m_place[k] < m_stages.user.size();
        const auto stage = listed ? m_stages.stageAt(m_place[k], m_end) : std::nullopt;
        stand.known[k] = stage ? 1 : 0;
        state.stage = stage.value_or(Stage::Acquired);
    }
    ++m_end;
    stand.states = m_now;
    return stand;
}

} // namespace perennial
