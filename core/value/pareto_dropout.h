#pragma once

#include "core/value/lifetime.h"

namespace perennial {

/// Lifetime Pareto of the second kind: exponential at a rate that is Gamma(s, beta) over customers.
/// One still active after T has s and beta + T. Source: Schmittlein, Morrison & Colombo (1987).
class ParetoLifetime final : public Lifetime {
public:
    ParetoLifetime(double s, double beta) : m_s(s), m_beta(beta) {}
    double survival(double t) const override;
    double density(double t) const override;
    double smoothFor(double t) const override;
    /// ∫ S over (0, t], also where s = 1, and for t far past all scales.
    double meanWithin(double t) const;

private:
    double m_s, m_beta;
};

/// Of those who leave within (0, span] by a ParetoLifetime, without a purchase until then at a rate
/// that is Gamma(shape, rate): ∫ f(u) (rate/(rate+u))^shape du, as logarithm, and what a gradient
/// needs, averaged over u under that integrand.
struct SilentExit {
    double log = 0.0;        ///< -infinity where span = 0
    double rateLog = 0.0;    ///< log((rate+span) / rate)
    double lifeLog = 0.0;    ///< log((beta+span) / beta)
    double rateGrowth = 0.0; ///< E[log((rate+span) / (rate+u))]
    double lifeGrowth = 0.0; ///< E[log((beta+span) / (beta+u))]
    double rateShare = 0.0;  ///< E[(span-u) / (rate+u)]
    double lifeShare = 0.0;  ///< E[(span-u) / (beta+u)]
};
/// shape, rate, s, beta > 0; span >= 0. Relative error below 1e-11 for any parameters: no 2F1, no
/// difference of gammas.
SilentExit silentExit(double shape, double rate, double s, double beta, double span);

} // namespace perennial
