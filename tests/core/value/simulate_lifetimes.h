#pragma once

#include "core/base/rng.h"
#include "core/features/customer_summary.h"

#include <algorithm>
#include <functional>

namespace perennial::test {

/// Rates of buying that are Gamma(shape, rate) over customers, a week.
struct Buying {
    double shape = 0.5, rate = 10.0;
};

/// Customers who buy until a lifetime ends, on whole days: first order in the first `entryDays`,
/// watched until `watchedDays`. @param lifetime draws one, in weeks.
inline CustomerSummary simulateLifetimes(const Buying &buying, int customers, int entryDays,
                                         int watchedDays, std::uint64_t seed,
                                         const std::function<double(Rng &)> &lifetime)
{
    std::vector<UserPurchases> all;
    for (int i = 0; i < customers; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        UserPurchases p;
        p.user = i + 1;
        p.firstDay = static_cast<Day>(rng.below(static_cast<std::uint32_t>(entryDays)));
        p.lastDay = p.firstDay;
        p.orderDays = 1;
        const double rate = rng.gamma(buying.shape) / buying.rate / 7.0;
        const double end = std::min(p.firstDay + 7.0 * lifetime(rng), watchedDays + 0.0);
        double at = p.firstDay;
        while (rate > 1e-12) {
            at += rng.exponential() / rate;
            if (at >= end) {
                break;
            }
            const Day day = static_cast<Day>(at);
            p.orderDays += day > p.lastDay ? 1 : 0;
            p.lastDay = std::max(p.lastDay, day);
        }
        all.push_back(p);
    }
    return summarizeCustomers(all, watchedDays, Period::Week, false);
}

} // namespace perennial::test
