#pragma once


#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// How often each user counts in one bootstrap replicate: Poisson(1), from (seed, replicate, user)
/// alone, so that the same user counts the same at every origin and for every model, which makes
/// differences of models paired.
/// Source: Hanley & MacGibbon (2006), "Creating non-parametric bootstrap samples using Poisson
/// frequencies".
std::vector<double> userWeights(std::span<const std::int64_t> users, std::uint64_t seed,
                                int replicate);

/// A central interval, and what the replicates say of its sign.
struct Interval {
    double lower = 0, upper = 0;
    bool contains(double value) const noexcept { return lower <= value && value <= upper; }
};
/// Percentile interval of replicates. @param level in (0, 1). Empty for fewer than 2 values, or
/// where fewer than nine tenths of the replicates have one.
std::optional<Interval> percentileInterval(std::span<const std::optional<double>> replicates,
                                           double level);

} // namespace perennial
