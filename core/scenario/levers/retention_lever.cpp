#include "core/scenario/levers/levers.h"

#include <cmath>
#include <limits>

namespace perennial {

namespace {

/// The factor h >= 0 at which a falling retention(h) meets `wanted`: bracketed, then regula falsi
/// with the Illinois weights, which keeps the bracket and needs about eight evaluations.
double dropoutForRetention(const TargetFuture &target, double wanted, double now)
{
    constexpr double kMost = 1e6;
    double low = 0, high = 1;
    double atLow = 1 - wanted, atHigh = now - wanted;
    while (atHigh > 0) {
        low = high;
        atLow = atHigh;
        high *= 4;
        if (high > kMost) {
            return high;
        }
        atHigh = target.retention(high) - wanted;
    }
    int side = 0;
    for (int step = 0; step < 200 && high - low > 1e-13 * high; ++step) {
        const double middle = (low * atHigh - high * atLow) / (atHigh - atLow);
        const double at = target.retention(middle) - wanted;
        if (std::abs(at) < 1e-14) {
            return middle;
        }
        if (at > 0) {
            atHigh = side == 1 ? atHigh / 2 : atHigh;
            low = middle;
            atLow = at;
            side = 1;
        } else {
            atLow = side == -1 ? atLow / 2 : atLow;
            high = middle;
            atHigh = at;
            side = -1;
        }
    }
    return (low + high) / 2;
}

/// Of the target's customers who are active at t₀, the share still active at t₀ + H rises by r
/// points (68 % + 5 points = 73 %). The rate at which each of them leaves is multiplied by one and
/// the same factor, solved for in each draw; who is at greater risk gains more. From 100 % on
/// nobody leaves any more within the horizon; from 0 % down everybody leaves at once. Nobody who
/// has left already comes back.
/// Source: a proportional hazard on the dropout process of Fader, Hardie & Lee (2005), equations in
/// order_kernel.h.
class RetentionLever final : public Lever {
public:
    std::string_view name() const noexcept override { return "retention"; }
    LeverUnit unit() const noexcept override { return LeverUnit::Points; }
    double lowest() const noexcept override { return -100; }
    double highest() const noexcept override { return 100; }
    void apply(double effect, const TargetFuture &target, FutureChange &change) const override
    {
        if (effect == 0 || !target.hasDropout()) {
            return;
        }
        const double now = target.retention(1);
        const double wanted = now + effect / 100;
        if (wanted >= 1) {
            change.scaleDropout(0);
        } else if (wanted <= 0) {
            change.scaleDropout(std::numeric_limits<double>::infinity());
        } else {
            change.scaleDropout(dropoutForRetention(target, wanted, now));
        }
    }
};

} // namespace

const Lever &retentionLever()
{
    static const RetentionLever lever;
    return lever;
}

} // namespace perennial
