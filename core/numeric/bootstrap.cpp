#include "core/numeric/bootstrap.h"

#include "core/base/hash.h"
#include "core/base/robust.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

namespace {

/// P(Poisson(1) <= k) in units of 2^-64; past the last one nothing is left.
const std::array<std::uint64_t, 20> kPoissonSteps = [] {
    std::array<std::uint64_t, 20> steps{};
    double probability = std::exp(-1.0);
    double sum = 0.0;
    for (std::size_t k = 0; k < steps.size(); ++k) {
        sum += probability;
        steps[k] = sum >= 1.0 ? UINT64_MAX : static_cast<std::uint64_t>(sum * 0x1p64);
        probability /= static_cast<double>(k + 1);
    }
    return steps;
}();

} // namespace

std::vector<double> userWeights(std::span<const std::int64_t> users, std::uint64_t seed,
                                int replicate)
{
    const std::uint64_t stream = mix64(seed ^ mix64(static_cast<std::uint64_t>(replicate) + 1));
    std::vector<double> weights;
    weights.reserve(users.size());
    for (const std::int64_t user : users) {
        const std::uint64_t u =
            mix64(stream + 0x9E3779B97F4A7C15ULL * static_cast<std::uint64_t>(user));
        const auto step = std::upper_bound(kPoissonSteps.begin(), kPoissonSteps.end(), u);
        weights.push_back(static_cast<double>(step - kPoissonSteps.begin()));
    }
    return weights;
}

std::optional<Interval> percentileInterval(std::span<const std::optional<double>> replicates,
                                           double level)
{
    std::vector<double> known;
    for (const std::optional<double> value : replicates) {
        if (value && std::isfinite(*value)) {
            known.push_back(*value);
        }
    }
    if (known.size() < 2 || known.size() * 10 < replicates.size() * 9) {
        return std::nullopt;
    }
    const double tail = 0.5 * (1.0 - level);
    const double lower = quantileOf(known, tail);
    return Interval{lower, quantileOf(known, 1.0 - tail)};
}

} // namespace perennial
