#pragma once

#include "core/lifecycle/lifecycle.h"

#include <algorithm>

namespace perennial {

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
inline bool setKnownSince(LifecycleUser &user, std::optional<Day> signup, Day at)
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

} // namespace perennial
