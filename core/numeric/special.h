#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

namespace perennial {

/// Γ(v + kn) / Γ(v) for n = 0 … most, as logarithm and its derivative in v: sums, so that they are
/// exact to rounding for any v > 0, where differences of log-gammas cancel.
struct RisingLog {
    std::vector<double> log;        ///< [n] Σ_{i<kn} log(v + i)
    std::vector<double> derivative; ///< [n] Σ_{i<kn} 1 / (v + i)
};
/// @param k in [1, 12]: one logarithm for k factors, whose product must be finite.
RisingLog risingLog(double v, std::int32_t most, std::int32_t k = 1);

/// log(1 + e^u) without overflow.
inline double log1pExp(double u) noexcept
{
    return u > 0.0 ? u + std::log1p(std::exp(-u)) : std::log1p(std::exp(u));
}
/// 1 / (1 + e^-u) without overflow.
inline double logistic(double u) noexcept
{
    if (u >= 0.0) {
        return 1.0 / (1.0 + std::exp(-u));
    }
    const double e = std::exp(u);
    return e / (1.0 + e);
}

/// A sum that keeps what rounding takes off (Kahan 1965). Where a million customers have few distinct
/// terms, plain addition rounds the same way each time, and a line search meets steps of 1e-11.
class CompensatedSum {
public:
    CompensatedSum(double from = 0.0) noexcept : m_sum(from) {}
    void operator+=(double term) noexcept
    {
        const double corrected = term - m_excess;
        const double next = m_sum + corrected;
        m_excess = (next - m_sum) - corrected;
        m_sum = next;
    }
    double value() const noexcept { return m_sum; }

private:
    double m_sum;
    double m_excess = 0.0;
};

/// v > 0; thread-safe, unlike std::lgamma.
double logGamma(double v);
double digamma(double v);
/// From here on Stirling's series is exact to rounding.
inline constexpr double kStirlingIsExact = 16.0;
/// log Γ(v) − (v − 1/2) log v + v − log √(2π), v > 0: what is left where log-gammas cancel.
double stirlingRest(double v);
/// ψ(v) − log v + 1 / (2 v), v > 0.
double digammaRest(double v);
/// Q(v, x) = Γ(v, x) / Γ(v), v > 0, x >= 0.
double upperGamma(double v, double x);
/// Γ(v) / Γ(v + delta), v > 0, delta >= 0.
double gammaRatio(double v, double delta);

/// The distinct values of a column, in order of first appearance, and which one each row has: a
/// logarithm is taken once each.
struct DistinctValues {
    std::vector<double> value;
    std::vector<std::uint32_t> of;
};
DistinctValues distinctValues(const std::vector<double> &column);

} // namespace perennial
