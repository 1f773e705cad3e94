#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace perennial {

/// P(y = 1 | x) = 1 / (1 + e^−(c₀ + Σ cₖ xₖ)).
struct LogisticModel {
    std::vector<double> coefficients; ///< the constant first; empty = not fitted
    bool fitted() const noexcept { return !coefficients.empty(); }
    /// @param x as many as there are coefficients less one. In (0, 1).
    double probability(std::span<const double> x) const;
};

/// Largest weighted likelihood less ridge/2 × Σ cₖ² (not of the constant), by Newton steps that are
/// halved until the likelihood rises. Not fitted where one class is missing or a number is not
/// finite.
/// @param x rows of `width` values, one after another. @param y 0 or 1. @param weight >= 0, a row's
/// count. @param ridge > 0.
/// Source: McCullagh & Nelder (1989), Generalized Linear Models, 4.4; le Cessie & van Houwelingen
/// (1992), Applied Statistics 41(1), for the penalty.
LogisticModel fitLogistic(std::span<const double> x, std::size_t width, std::span<const double> y,
                          std::span<const double> weight, double ridge);

} // namespace perennial
