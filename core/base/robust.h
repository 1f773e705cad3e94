#pragma once

#include <optional>
#include <vector>

namespace perennial {

/// Where the values of a column lie and how far they spread, in their own unit, so that a few wild
/// ones move neither.
struct RobustScale {
    double median = 0;
    double spread = 0; ///< one robust standard deviation, > 0
};

/// Median and spread of finite values: spread = MAD / 0.6745, the median absolute deviation scaled
/// to a normal's standard deviation; where more than half of the values are equal (MAD = 0), the
/// mean absolute deviation × 1.2533 instead.
/// @return none for no value or where all are equal: nothing can lie apart then. Cost O(n).
/// Source: Iglewicz & Hoaglin (1993), "How to detect and handle outliers", ASQC, vol. 16.
std::optional<RobustScale> robustScale(std::vector<double> values);

/// The median; the mean of the two middle values of an even number. @param values not empty,
/// finite.
double medianOf(std::vector<double> &values);

/// The value below which a share of the values lies, straight lines between neighbours.
/// @param values not empty, finite, in any order (they are moved about). @param share in [0, 1].
/// Source: Hyndman & Fan (1996), type 7.
double quantileOf(std::vector<double> &values, double share);

} // namespace perennial
