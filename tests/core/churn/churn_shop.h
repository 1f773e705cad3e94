#pragma once

#include "core/base/rng.h"
#include "core/features/order_history.h"
#include "core/value/value_prediction.h"

#include <vector>

namespace perennial::test {

inline const Day kChurnStart = dayFromCivil({2024, 1, 1});

/// A shop where some leave: each customer orders at a rate of his own until a day of his own.
inline std::vector<MoneyDay> churnDays(int users, int days, std::uint64_t seed)
{
    std::vector<MoneyDay> rows;
    for (int u = 1; u <= users; ++u) {
        Rng rng(seed, static_cast<std::uint64_t>(u));
        const double rate = (0.3 + rng.gamma(1.2)) / 30.0;
        const double leaves = 400.0 * rng.exponential();
        const double spend = 10.0 + 40.0 * rng.uniform();
        double at = static_cast<double>(rng.below(static_cast<std::uint32_t>(days)));
        const double end = std::min(at + leaves, static_cast<double>(days));
        Day last = -1;
        for (; at < end; at += rng.exponential() / rate) {
            const Day day = static_cast<Day>(at);
            if (day > last) {
                rows.push_back(
                    {u, kChurnStart + day, true, moneyFromUnits(spend * (0.5 + rng.uniform())), 0});
                last = day;
            }
        }
    }
    return rows;
}

inline OrderHistory churnHistory(int users, int days, std::uint64_t seed)
{
    return orderHistoryOf(churnDays(users, days, seed));
}

inline ValueOptions valueOptionsOf(int horizonDays)
{
    ValueOptions options;
    options.horizonDays = horizonDays;
    return options;
}

} // namespace perennial::test
