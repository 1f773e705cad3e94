#include "core/survival/churn_times.h"

namespace perennial {

ChurnTimes churnTimes(const std::vector<ActiveDay> &days, Day at, int churnedAfterDays)
{
    ChurnTimes times;
    times.churnedAfterDays = churnedAfterDays;
    for (std::size_t i = 0; i < days.size();) {
        const std::int32_t user = days[i].user;
        const Day first = days[i].day;
        bool churned = false, returned = false;
        std::int64_t end = at;
        for (; i < days.size() && days[i].user == user; ++i) {
            if (days[i].day > at || churned) {
                returned = returned || (churned && days[i].day <= at);
                continue;
            }
            const bool goesOn =
                i + 1 < days.size() && days[i + 1].user == user && days[i + 1].day <= at;
            // On the day of the next activity the silence is over.
            const std::int64_t silentFor = goesOn
                                               ? std::int64_t{days[i + 1].day} - days[i].day - 1
                                               : std::int64_t{at} - days[i].day;
            if (silentFor >= churnedAfterDays) {
                churned = true;
                end = std::int64_t{days[i].day} + churnedAfterDays;
            }
        }
        if (first > at) {
            continue;
        }
        times.user.push_back(user);
        times.firstDay.push_back(first);
        times.durations.push_back(static_cast<double>(end - first));
        times.observed.push_back(churned ? 1 : 0);
        times.returned += returned ? 1 : 0;
    }
    return times;
}

} // namespace perennial
