#pragma once

#include "core/base/rng.h"
#include "tests/support/project_fixture.h"

#include <cmath>
#include <string>
#include <vector>

namespace perennial::test {

inline constexpr int kRingItems = 40;

/// Users who walk around a ring of items: the next item is the one `step` further, with a chance
/// `noise` of any other item; one event every few hours to days, over `days` days.
/// The best predictor of HR@10 lists the successor first and then anything else:
/// (1 − noise) + noise × 9 / (items − 1).
inline std::vector<PlainEvent> ringEvents(int users, int days, double noise, EventKind kind)
{
    Rng rng(11);
    std::vector<PlainEvent> events;
    for (int user = 0; user < users; ++user) {
        auto item = static_cast<int>(rng.below(kRingItems));
        double at = rng.uniform() * 10;
        while (at < days) {
            events.push_back({"u" + std::to_string(user), "i" + std::to_string(item), kind,
                              static_cast<UtcSecond>(at * 86400), 5.0 + item, {}});
            const int next = (item + 7) % kRingItems;
            int other = static_cast<int>(rng.below(kRingItems - 1));
            other += other >= next ? 1 : 0;
            item = rng.uniform() < noise ? other : next;
            at += 0.2 + 4 * rng.exponential();
        }
    }
    return events;
}

/// Customers of two kinds, frequent and rare ones, some of whom leave for good; item-less or not.
inline std::vector<PlainEvent> customerEvents(int users, int days, bool withItems)
{
    Rng rng(5);
    std::vector<PlainEvent> events;
    for (int user = 0; user < users; ++user) {
        const double perDay = rng.uniform() < 0.5 ? 0.10 : 0.015;
        const double leaves = rng.exponential() * 150;
        const double spend = 10 * std::exp(rng.normal() * 0.8);
        double at = rng.uniform() * 60;
        const double end = std::min<double>(days, at + leaves);
        do {
            events.push_back({"c" + std::to_string(user),
                              withItems ? "i" + std::to_string(rng.below(12)) : std::string(),
                              EventKind::Purchase, static_cast<UtcSecond>(at * 86400),
                              spend * std::exp(rng.normal() * 0.3), {}});
            at += rng.exponential() / perDay;
        } while (at < end);
    }
    return events;
}

} // namespace perennial::test
