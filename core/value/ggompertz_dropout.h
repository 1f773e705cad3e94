#pragma once

#include "core/value/lifetime.h"

namespace perennial {

/// Lifetime Gamma-Gompertz: a hazard η b e^(bt) with η Gamma(s, beta) over customers,
///   S(t) = (1 + (e^(bt) - 1) / beta)^-s.
/// One still active after T has the same b and s, and `ggompertzLater(b, beta, T)` for beta. For
/// b → 0 with beta = b β' it is the Pareto with β'.
/// Source: Bemmaor & Glady (2012), Management Science 58(5).
class GgompertzLifetime final : public Lifetime {
public:
    GgompertzLifetime(double b, double s, double beta) : m_b(b), m_s(s), m_beta(beta) {}
    double survival(double t) const override;
    double density(double t) const override;
    double smoothFor(double t) const override;
    /// ∫ S over (0, t].
    double meanWithin(double t) const;

private:
    double m_b, m_s, m_beta;
};

/// 1 + (beta - 1) e^(-bt), without overflow or cancellation.
double ggompertzLater(double b, double beta, double t);
/// log(1 + (e^(bt) - 1) / beta): -log S(t) / s.
double ggompertzGrowth(double b, double beta, double t);

/// As SilentExit of pareto_dropout.h, by a GgompertzLifetime: ∫ f(u) (rate/(rate+u))^shape du over
/// (0, span], as logarithm, and averages over u under that integrand.
struct AgedExit {
    double log = 0.0;                    ///< -infinity where span = 0
    double rateLog = 0.0, lifeLog = 0.0; ///< log((rate+span)/rate), ggompertzGrowth(span)
    double rateGrowth = 0.0;             ///< E[log((rate+span) / (rate+u))]
    double lifeGrowth = 0.0;             ///< E[growth(span) - growth(u)]
    double rateShare = 0.0;              ///< E[(span-u) / (rate+u)]
    double left = 0.0;                   ///< E[span - u]
    double inverse = 0.0;                ///< E[1 / later(u)]
    double leftInverse = 0.0;            ///< E[(span-u) / later(u)]
    double decayed = 0.0;                ///< E[e^(-b u) / later(u)]
};
/// shape, rate, b, s, beta > 0; span >= 0. Relative error below 1e-9.
AgedExit agedExit(double shape, double rate, double b, double s, double beta, double span);

} // namespace perennial
