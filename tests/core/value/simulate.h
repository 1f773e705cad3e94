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
    std::vector<double> logGaps;
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
        logGaps.push_back(0.0);
        while (rate > 1e-12) {
            at += rng.exponential() / rate;
            const Day day = static_cast<Day>(std::min(at, 1e6));
            if (day >= watchedDays) {
                break;
            }
            if (day > p.lastDay) {
                logGaps.back() += std::log((day - p.lastDay) / 7.0);
                p.lastDay = day;
                ++p.orderDays;
            }
            if (rng.uniform() < dropout) {
                break;
            }
        }
        all.push_back(p);
    }
    CustomerSummary summary = summarizeCustomers(all, watchedDays, Period::Week, false);
    summary.logGaps = std::move(logGaps);
    return summary;
}

/// The models with coin flips as they are written, on real-valued time, so that nothing is rounded to
/// days.
struct FlipTruth {
    double r = 0.25, alpha = 4.0, a = 0.8, b = 2.5; ///< weeks; a = 0: nobody leaves
    int k = 1;                                      ///< every k-th event is a purchase
    bool leavesAtOnce = false;                      ///< a flip after the first purchase too
};

/// One customer's purchases after the first, in (0, until], weeks; his rate and whether he is still
/// active at `until`.
struct FlipHistory {
    std::vector<double> purchases;
    bool active = true;
};

inline FlipHistory simulateFlips(const FlipTruth &truth, double rate, double dropout, double until,
                                 Rng &rng)
{
    FlipHistory history;
    history.active = !(truth.leavesAtOnce && rng.uniform() < dropout);
    double at = 0.0;
    while (history.active && rate > 1e-12) {
        for (int i = 0; i < truth.k; ++i) {
            at += rng.exponential() / rate;
        }
        if (at > until) {
            break;
        }
        history.purchases.push_back(at);
        history.active = !(rng.uniform() < dropout);
    }
    return history;
}

/// Customers won over the first `entryWeeks`, watched until `watchedWeeks`.
inline CustomerSummary simulateExactly(const FlipTruth &truth, int customers, double entryWeeks,
                                       double watchedWeeks, std::uint64_t seed)
{
    CustomerSummary summary;
    for (int i = 0; i < customers; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        const double T = watchedWeeks - entryWeeks * rng.uniform();
        const double rate = rng.gamma(truth.r) / truth.alpha;
        const double dropout = truth.a > 0.0 ? rng.beta(truth.a, truth.b) : 0.0;
        const std::vector<double> at = simulateFlips(truth, rate, dropout, T, rng).purchases;
        double logGaps = 0.0;
        for (std::size_t n = 0; n < at.size(); ++n) {
            logGaps += std::log(at[n] - (n > 0 ? at[n - 1] : 0.0));
        }
        summary.user.push_back(i + 1);
        summary.x.push_back(static_cast<std::int32_t>(at.size()));
        summary.tx.push_back(at.empty() ? 0.0 : at.back());
        summary.T.push_back(T);
        summary.spendDays.push_back(0);
        summary.meanSpend.push_back(0.0);
        summary.realised.push_back(0.0);
        summary.logGaps.push_back(logGaps);
    }
    return summary;
}

} // namespace perennial::test
