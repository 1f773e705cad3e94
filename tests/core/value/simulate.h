#pragma once

#include "core/base/rng.h"
#include "core/features/customer_summary.h"

#include <algorithm>
#include <cmath>

namespace perennial::test {

struct BgNbdTruth {
    double r = 0.25, alpha = 4.0, a = 0.8, b = 2.5; ///< weeks; a = 0: nobody leaves
};

/// Customers of a BG/NBD shop, on whole days: first order in the first `entryDays`, watched until
/// `watchedDays`.
inline CustomerSummary simulateBgNbd(const BgNbdTruth &truth, int customers, int entryDays,
                                     int watchedDays, std::uint64_t seed)
{
    std::vector<UserPurchases> all;
    for (int i = 0; i < customers; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        UserPurchases p;
        p.user = i + 1;
        p.firstDay = static_cast<Day>(rng.below(static_cast<std::uint32_t>(entryDays)));
        p.lastDay = p.firstDay;
        p.orderDays = 1;
        const double rate = rng.gamma(truth.r) / truth.alpha / 7.0;
        const double dropout = truth.a > 0.0 ? rng.beta(truth.a, truth.b) : 0.0;
        double at = p.firstDay;
        while (rate > 1e-12) {
            at += rng.exponential() / rate;
            const Day day = static_cast<Day>(std::min(at, 1e6));
            if (day >= watchedDays) {
                break;
            }
            if (day > p.lastDay) {
                p.lastDay = day;
                ++p.orderDays;
            }
            if (rng.uniform() < dropout) {
                break;
            }
        }
        all.push_back(p);
    }
    return summarizeCustomers(all, watchedDays, Period::Week, false);
}

} // namespace perennial::test
