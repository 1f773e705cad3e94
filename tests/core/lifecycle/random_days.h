#pragma once

#include "core/base/rng.h"
#include "core/project/event_store.h"
#include "core/project/purchase_store.h"

#include <optional>
#include <vector>

namespace perennial::test {

/// Active days of made-up users, sorted by user, then day, in [from, from + span).
inline std::vector<ActiveDay> randomDays(int users, Day from, int span, std::uint64_t seed)
{
    std::vector<ActiveDay> days;
    for (int user = 1; user <= users; ++user) {
        Rng rng(seed, static_cast<std::uint64_t>(user));
        const double pace = 1.0 + 40.0 * rng.uniform();
        const double buys = rng.uniform();
        double day = rng.uniform() * span;
        while (day < span) {
            days.push_back({user, from + static_cast<Day>(day), rng.uniform() < buys});
            day += 1.0 + pace * rng.exponential();
        }
    }
    return days;
}

/// A row of the users' list.
inline UserRecord person(std::int64_t id, std::optional<Day> signup)
{
    UserRecord user;
    user.id = id;
    user.signup = signup;
    return user;
}

} // namespace perennial::test
