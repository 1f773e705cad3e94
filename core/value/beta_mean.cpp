#include "core/value/beta_mean.h"

#include "core/numeric/special.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// From here on a Beta density is narrow enough for the rule to find its own normaliser.
constexpr double kPeaked = 30.0;

/// For min(a, b) < kPeaked, without the cancellation of three log-gammas.
double logBeta(double a, double b)
{
    const double small = std::min(a, b);
    return logGamma(small) + std::log(gammaRatio(std::max(a, b), small));
}

} // namespace

// An integral over θ = logit(p): where the integrand falls off exponentially at both ends, the
// trapezoidal rule converges faster than any power. At the right end f - f(1) does. At the left the
// Beta density does, unless a is small: then the chord between f(0) and f(1), whose mean is known, is
// taken off instead.
double betaMean(double a, double b, double atZero, double atOne,
                const std::function<double(double p, double q)> &f)
{
    constexpr int kMostSteps = 20000;
    constexpr double kSmallA = 0.3;
    constexpr double kSmallP = 1e-30; // off the chord f is here less than its rounding
    const double slope = a < kSmallA ? atZero - atOne : 0.0;
    const bool isPeaked = std::min(a, b) >= kPeaked;
    const double peak = std::log((a + 1.0) / (b + 1.0));
    const double width = std::sqrt(1.0 / (a + 1.0) + 1.0 / (b + 1.0));
    const double step = std::min(0.25, 0.5 * width);
    const double scale =
        isPeaked ? a * log1pExp(-peak) + b * log1pExp(peak) : -logBeta(a, b);
    const double half = 0.5 * (atZero + atOne);
    double mass = 0.0;
    double density = 0.0;
    bool hasRisen = false; // f, on the way left: before, terms may be zero and still to come
    const auto term = [&](double theta) {
        const double p = logistic(theta);
        const double q = logistic(-theta);
        density = std::exp(scale - a * log1pExp(-theta) - b * log1pExp(theta));
        const double value = f(p, q);
        mass += density;
        hasRisen = value >= half;
        return (value - atOne - slope * q) * density;
    };
    double sum = term(peak);
    for (const double direction : {-1.0, 1.0}) {
        for (int i = 1; i < kMostSteps; ++i) {
            const double theta = peak + direction * i * step;
            if (slope != 0.0 && logistic(theta) < kSmallP) {
                break;
            }
            const double next = term(theta);
            sum += next;
            const double least = 1e-18 * std::abs(sum);
            // Where the density has gone, f needn't rise any more: a narrow Beta may never see that.
            const bool isOver = density * (atZero - atOne) <= least;
            if (isOver || (std::abs(next) <= least && (hasRisen || direction > 0.0))) {
                break;
            }
        }
    }
    const double mean = isPeaked ? sum / mass : step * sum;
    return std::clamp(atOne + slope * b / (a + b) + mean, atOne, atZero);
}

} // namespace perennial
