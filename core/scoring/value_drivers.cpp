#include "core/scoring/value_drivers.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>

namespace perennial {

namespace {

/// Sums over users that the factors are ratios of.
struct Sums {
    double users = 0, customers = 0, alive = 0, orders = 0, value = 0, realised = 0;

    void add(const UserState &state)
    {
        users += 1;
        realised += state.realised;
        if (!state.expectedOrders) {
            return;
        }
        customers += 1;
        alive += state.pAlive.value_or(1.0);
        orders += *state.expectedOrders;
        value += state.predictedValue.value_or(0.0);
    }
};

double ratio(double above, double below, double otherwise)
{
    const double value = above / below;
    return below != 0 && std::isfinite(value) ? value : otherwise;
}

/// @param otherwise factors where the sums have none: an empty group changes nothing by them.
ValueFactors factorsOf(const Sums &sums, const ValueFactors &otherwise)
{
    return {ratio(sums.customers, sums.users, otherwise[0]),
            ratio(sums.alive, sums.customers, otherwise[1]),
            ratio(sums.orders, sums.alive, otherwise[2]),
            ratio(sums.value, sums.orders, otherwise[3])};
}

/// The product with the factors of `changed` (bits) taken from `to`, the others from `from`.
double mixedProduct(const ValueFactors &from, const ValueFactors &to, unsigned changed)
{
    double product = 1;
    for (std::size_t i = 0; i < kValueFactors; ++i) {
        product *= (changed >> i & 1U) != 0 ? to[i] : from[i];
    }
    return product;
}

} // namespace

ValueFactors factorContributions(const ValueFactors &from, const ValueFactors &to)
{
    // |S|! (n − |S| − 1)! / n! of the sets S without the factor, by their size.
    constexpr std::array kWeights{1.0 / 4.0, 1.0 / 12.0, 1.0 / 12.0, 1.0 / 4.0};
    ValueFactors contributions{};
    for (std::size_t factor = 0; factor < kValueFactors; ++factor) {
        const unsigned bit = 1U << factor;
        for (unsigned set = 0; set < 1U << kValueFactors; ++set) {
            if ((set & bit) == 0) {
                const auto size = static_cast<std::size_t>(std::popcount(set));
                contributions[factor] += kWeights[size] * (mixedProduct(from, to, set | bit) -
                                                           mixedProduct(from, to, set));
            }
        }
    }
    return contributions;
}

ValueByGroup valueByGroup(std::span<const UserState> states, std::span<const std::int32_t> codes)
{
    ValueByGroup result;
    Sums all;
    std::map<std::int32_t, std::pair<Sums, ValueGroup>> groups;
    const std::size_t n = std::min(states.size(), codes.size());
    for (std::size_t i = 0; i < n; ++i) {
        all.add(states[i]);
        auto &[sums, group] = groups[codes[i]];
        sums.add(states[i]);
        group.users.push_back(states[i].user);
    }
    result.users = static_cast<std::int64_t>(n);
    result.realised = ratio(all.realised, all.users, 0);
    result.predicted = ratio(all.value, all.users, 0);
    result.factors = factorsOf(all, {});
    for (auto &[code, entry] : groups) {
        auto &[sums, group] = entry;
        group.code = code;
        group.realised = ratio(sums.realised, sums.users, 0);
        group.predicted = ratio(sums.value, sums.users, 0);
        group.factors = factorsOf(sums, result.factors);
        group.drivers = factorContributions(result.factors, group.factors);
        result.groups.push_back(std::move(group));
    }
    std::stable_sort(
        result.groups.begin(), result.groups.end(),
        [](const ValueGroup &a, const ValueGroup &b) { return a.users.size() > b.users.size(); });
    return result;
}

} // namespace perennial
