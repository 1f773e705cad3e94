#include "core/value/lifetime.h"

#include "core/value/nbd.h"
#include "core/numeric/quadrature.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// Of a panel, in units of the narrowest of the curves NB(n; τ).
constexpr double kPanelWidth = 1.5;
/// Of those who still stay: what is left of all probabilities is less than this.
constexpr double kNobody = 1e-20;

} // namespace

// Over v = sqrt(log(1 + τ/rate)) all the curves NB(n; τ), n < shape, are about 1/(2 sqrt(shape))
// wide, and beyond, where v > 1, those for larger n narrow as 1/v.
std::vector<double> countsInLifetime(double shape, double rate, const Lifetime &lifetime,
                                     int maxOrders, double t)
{
    std::vector<double> counts = negativeBinomial(shape, rate, maxOrders, t);
    if (!(t > 0.0)) {
        return counts;
    }
    const double survival = lifetime.survival(t);
    for (double &p : counts) {
        p *= survival;
    }
    const LegendreRule &rule = legendreRule();
    const auto placeOf = [rate](double tau) { return std::sqrt(std::log1p(tau / rate)); };
    const double end = placeOf(t);
    const double narrowest = kPanelWidth / std::sqrt(std::max(shape, 1.0));
    for (double v = 0.0; v < end;) {
        const double tau = rate * std::expm1(v * v);
        if (lifetime.survival(tau) < kNobody) {
            break;
        }
        const double smooth = placeOf(tau + lifetime.smoothFor(tau));
        double next = std::min(smooth, v + narrowest / std::max(v, 1.0));
        next = next < end && next > v ? next : end;
        for (int k = 0; k < kLegendrePoints; ++k) {
            const double at = v + (next - v) * rule.at[k];
            const double then = rate * std::expm1(at * at);
            const double mass =
                rule.weight[k] * (next - v) * 2.0 * at * (rate + then) * lifetime.density(then);
            const std::vector<double> until = negativeBinomial(shape, rate, maxOrders, then);
            for (std::size_t n = 0; n < counts.size(); ++n) {
                counts[n] += mass * until[n];
            }
        }
        v = next;
    }
    return counts;
}

} // namespace perennial
