#pragma once

#include <functional>

namespace perennial {

/// E[f(p)] over p ~ Beta(a, b), of a smooth f that falls from f(0) = atZero to f(1) = atOne.
/// @param f of (p, 1 - p), both in (0, 1). @return in [atOne, atZero], to about 1e-12.
double betaMean(double a, double b, double atZero, double atOne,
                const std::function<double(double p, double q)> &f);

} // namespace perennial
