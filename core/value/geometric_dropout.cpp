#include "core/value/geometric_dropout.h"

#include "core/value/beta_mean.h"
#include "core/value/nbd.h"
#include "core/numeric/special.h"

#include <algorithm>
#include <cmath>

namespace perennial {

// Σ_n P(N = n) C_n, N the number of purchases in (0, t] if nobody left, C_n = Σ_{j<n} S_j the number
// of them still made, S_j = (b)_j / (a+b)_j the probability of staying on after j of them.
double expectedUntilDropoutBySum(double shape, double rate, double a, double b, double t)
{
    constexpr double kPrecision = 1e-15;
    const double hit = t / (rate + t);
    double probability = std::exp(-shape * std::log1p(t / rate));
    double stays = 1.0;
    double made = 0.0;
    double sum = 0.0;
    for (double n = 0.0;; n += 1.0) {
        sum += probability * made;
        const double ratio = hit * (shape + n) / (n + 1.0);
        if (ratio < 1.0) {
            // Later ratios are between this one and `hit`; C grows by at most 1 a step.
            const double r = std::max(ratio, hit);
            const double tail = probability * r / (1.0 - r) * (made + 1.0 / (1.0 - r));
            if (tail <= kPrecision * sum || probability == 0.0) {
                return sum;
            }
        }
        probability *= ratio;
        made += stays;
        stays *= (b + n) / (a + b + n);
    }
}

// E over p ~ Beta(a, b) of (1 - (1 + p t/rate)^-shape) / p.
double expectedUntilDropoutByIntegral(double shape, double rate, double a, double b, double t)
{
    const double ratio = t / rate;
    const double atZero = shape * ratio;
    const double atOne = -std::expm1(-shape * std::log1p(ratio));
    return betaMean(a, b, atZero, atOne, [shape, ratio](double p, double) {
        return -std::expm1(-shape * std::log1p(p * ratio)) / p;
    });
}

double expectedUntilDropout(double shape, double rate, double a, double b, double t)
{
    if (!(t > 0.0)) {
        return 0.0;
    }
    const double growth = std::log1p(t / rate);
    const double decay = std::log1p(rate / t); // -log(hit): the sum needs about 40 / decay terms
    const bool sumIsShort = decay > 0.05 && shape * growth < 600.0 && shape * t / rate < 1000.0;
    return sumIsShort ? expectedUntilDropoutBySum(shape, rate, a, b, t)
                      : expectedUntilDropoutByIntegral(shape, rate, a, b, t);
}

// E over p ~ Beta(a, b) of f(p) = (1 + p t/rate)^-shape, as an integral over θ = logit(p), where the
// trapezoidal rule converges faster than any power. The chord between f(0) = 1 and f(1) is taken off,
// so that the integrand falls off at both ends even where a or b is small; the sum finds its own
// normaliser.
double stayingUntilDropout(double shape, double rate, double a, double b, double t)
{
    constexpr int kMostSteps = 20'000;
    if (!(t > 0.0)) {
        return 1.0;
    }
    const double ratio = t / rate;
    const double atOne = std::exp(-shape * std::log1p(ratio));
    const double peak = std::log((a + 1) / (b + 1));
    const double width = std::sqrt(1 / (a + 1) + 1 / (b + 1));
    const double step = std::min(.25, .5 * width);
    // ∫ p^(a-1) (1-p)^(b-1) · p (1-p) dp = B(a+1, b+1): normalised by what is known of it, since
    // f - chord = p (1-p) g(p) with a smooth g.
    double mass = 0, sum = 0;
    const auto add = [&](double theta) {
        const double p = logistic(theta);
        const double q = logistic(-theta);
        const double log = -(a + 1) * log1pExp(-theta) - (b + 1) * log1pExp(theta);
        const double atPeak = -(a + 1) * log1pExp(-peak) - (b + 1) * log1pExp(peak);
        const double density = std::exp(log - atPeak);
        // f is decreasing and convex: below its chord.
        const double f = std::exp(-shape * std::log1p(p * ratio));
        const double below = p * q > 0 ? (f - (q + p * atOne)) / (p * q) : 0;
        mass += density;
        sum += density * below;
        return density;
    };
    add(peak);
    for (const double direction : {-1.0, 1.0}) {
        for (int i = 1; i < kMostSteps && add(peak + direction * i * step) > 1e-18; ++i) {
        }
    }
    const double total = a + b;
    const double chord = b / total + a / total * atOne;
    const double scale = a * b / (total * (total + 1)); // E[p (1 - p)]
    return std::clamp(chord + scale * sum / mass, atOne, 1.0);
}

std::vector<double> countsUntilDropout(double shape, double rate, double a, double b,
                                       int maxOrders, double t)
{
    return thinnedByDropout(negativeBinomial(shape, rate, maxOrders, t), a, b);
}

std::vector<double> thinnedByDropout(std::vector<double> counts, double a, double b)
{
    double stays = 1.0;   // through the first n purchases
    double stayed = 1.0;  // through the first n - 1
    double atLeast = 1.0; // P(N >= n)
    for (std::size_t n = 0; n < counts.size(); ++n) {
        const double exactly = counts[n];
        counts[n] = stays * exactly + (stayed - stays) * std::max(atLeast, 0.0);
        atLeast -= exactly;
        stayed = stays;
        stays *= (b + static_cast<double>(n)) / (a + b + static_cast<double>(n));
    }
    return counts;
}

} // namespace perennial
