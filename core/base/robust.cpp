#include "core/base/robust.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace perennial {

namespace {

constexpr double kMadOfNormal = 0.6745;              // Φ⁻¹(3/4)
constexpr double kMeanDeviationOfNormal = 1.2533141; // √(π/2)

} // namespace

double quantileOf(std::vector<double> &values, double share)
{
    assert(!values.empty() && share >= 0.0 && share <= 1.0);
    const double place = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(below);
    std::nth_element(values.begin(), middle, values.end());
    const double rest = place - static_cast<double>(below);
    if (rest <= 0.0 || middle + 1 == values.end()) {
        return *middle;
    }
    const double next = *std::min_element(middle + 1, values.end());
    return *middle + rest * (next - *middle);
}

double medianOf(std::vector<double> &values)
{
    return quantileOf(values, 0.5);
}

std::optional<RobustScale> robustScale(std::vector<double> values)
{
    if (values.empty()) {
        return std::nullopt;
    }
    RobustScale scale;
    scale.median = medianOf(values);
    double sum = 0.0;
    for (double &value : values) {
        value = std::abs(value - scale.median);
        sum += value;
    }
    const double mad = medianOf(values);
    scale.spread = mad > 0.0 ? mad / kMadOfNormal
                             : sum / static_cast<double>(values.size()) * kMeanDeviationOfNormal;
    if (!(scale.spread > 0.0)) {
        return std::nullopt;
    }
    return scale;
}

} // namespace perennial
