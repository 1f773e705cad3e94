#pragma once

#include <Eigen/Core>

namespace perennial {

constexpr int kLegendrePoints = 10;
using LegendreArray = Eigen::Array<double, kLegendrePoints, 1>;

/// Gauss–Legendre on [0, 1], 10 points: exact for polynomials of degree 19; weights add up to 1.
struct LegendreRule {
    LegendreArray at, weight;
};
const LegendreRule &legendreRule();

} // namespace perennial
