#pragma once

#include <vector>

namespace perennial {

/// How long somebody active now stays, from now on, where staying does not depend on buying.
class Lifetime {
public:
    virtual ~Lifetime() = default;
    /// P(lifetime > t), in [0, 1], 1 at t = 0. @param t >= 0.
    virtual double survival(double t) const = 0;
    /// Probability density at t.
    virtual double density(double t) const = 0;
    /// How far from t on a polynomial of degree 19 follows the density, > 0.
    virtual double smoothFor(double t) const = 0;
};

/// P(X(t) = n), n = 0 … maxOrders, of a Poisson process with rate Gamma(shape, rate) that a
/// lifetime cuts short: S(t) NB(n; t) + ∫ f(τ) NB(n; τ) dτ by quadrature, in (0, t].
std::vector<double> countsInLifetime(double shape, double rate, const Lifetime &lifetime,
                                     int maxOrders, double t);

} // namespace perennial
