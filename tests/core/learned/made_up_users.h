#pragma once

#include "core/base/rng.h"
#include "core/features/feature_matrix.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace perennial::test {

/// Users with two features that matter, one that is noise and one that is the same for all.
inline FeatureMatrix madeUpUsers(int n, std::uint64_t seed)
{
    FeatureMatrix features;
    features.columns = {"orders", "recency", "noise", "constant"};
    for (int i = 0; i < n; ++i) {
        Rng rng(seed, static_cast<std::uint64_t>(i));
        features.user.push_back(i + 1);
        features.values.push_back(static_cast<float>(rng.below(8)));
        features.values.push_back(static_cast<float>(rng.uniform()));
        features.values.push_back(static_cast<float>(rng.normal()));
        features.values.push_back(7.0F);
    }
    return features;
}

/// The mean that counts of madeUpUsers are drawn from.
inline double trueMean(std::span<const float> row)
{
    return std::exp(0.3 * static_cast<double>(row[0]) - 2.0 * static_cast<double>(row[1]));
}

inline std::vector<double> madeUpCounts(const FeatureMatrix &features, std::uint64_t seed)
{
    std::vector<double> counts;
    for (std::size_t i = 0; i < features.rows(); ++i) {
        Rng rng(seed, i);
        counts.push_back(static_cast<double>(rng.poisson(trueMean(features.row(i)))));
    }
    return counts;
}

inline double meanOf(const std::vector<double> &values)
{
    double total = 0.0;
    for (const double v : values) {
        total += v;
    }
    return total / static_cast<double>(values.size());
}

inline bool allFinite(const std::vector<double> &values)
{
    for (const double v : values) {
        if (!std::isfinite(v)) {
            return false;
        }
    }
    return true;
}

} // namespace perennial::test
