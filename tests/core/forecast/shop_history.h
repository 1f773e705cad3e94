#pragma once

#include "core/base/rng.h"
#include "core/features/order_history.h"

#include <vector>

namespace perennial::test {

inline const Day kShopStart = dayFromCivil({2023, 1, 2});

/// A shop with dropout and refunds, watched for `days`.
inline std::vector<MoneyDay> shopDays(int users, int days, std::uint64_t seed)
{
    std::vector<MoneyDay> rows;
    for (int u = 1; u <= users; ++u) {
        Rng rng(seed, static_cast<std::uint64_t>(u));
        const double rate = rng.gamma(0.7) / 40.0 + 1e-6;
        const double dropout = rng.beta(0.8, 2.5);
        const double spend = 5.0 + 40.0 * rng.uniform();
        double at = static_cast<double>(rng.below(static_cast<std::uint32_t>(days / 2)));
        Day last = -1;
        while (at < days) {
            const Day day = static_cast<Day>(at);
            if (day > last) {
                const Money gross = moneyFromUnits(spend * (0.5 + rng.uniform()));
                const Money refund = rng.uniform() < 0.05 ? -gross / 2 : 0;
                rows.push_back({u, kShopStart + day, true, gross, refund});
                last = day;
            }
            if (rng.uniform() < dropout) {
                break;
            }
            at += rng.exponential() / rate;
        }
    }
    return rows;
}

inline OrderHistory shopHistory(int users, int days, std::uint64_t seed)
{
    return orderHistoryOf(shopDays(users, days, seed));
}

} // namespace perennial::test
