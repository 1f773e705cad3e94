#include "core/sample/truth.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// ∫ from a to b of e^(-rate s) ds.
double decayed(double rate, double from, double to)
{
    if (to <= from) {
        return 0;
    }
    const double length = to - from;
    return std::exp(-rate * from) * (rate * length < 1e-12 ? length
                                                           : -std::expm1(-rate * length) / rate);
}

/// ∫₀ᵗ e^(-μs) A(s) ds; see expectedFuture.
double couponDays(const Shopper &shopper, double couponLeft, double t)
{
    const double mu = shopper.dropoutPerDay;
    const double kappa = shopper.claimsPerDay;
    const double open = std::min(couponLeft, t);
    const double filled = std::min(kCouponDays, t);
    return decayed(mu, 0, open) + decayed(mu, open, t) - decayed(mu + kappa, open, filled) -
           std::exp(-kappa * kCouponDays) * decayed(mu, filled, t);
}

/// Expected order rate-days in [0, t], those under a coupon weighted by 1 + extra.
double orderDays(const Shopper &shopper, double couponLeft, double t, double extra)
{
    return t <= 0 ? 0
                  : decayed(shopper.dropoutPerDay, 0, t) +
                        extra * couponDays(shopper, couponLeft, t);
}

constexpr int kDelays = kRefundLastDay - kRefundFirstDay + 1;

double pendingRefunds(const OpenEnds &open, double end, double days)
{
    double expected = 0;
    for (const OpenEnds::Pending &purchase : open.pending) {
        int past = 0, inside = 0;
        for (int delay = kRefundFirstDay; delay <= kRefundLastDay; ++delay) {
            const double paidAt = purchase.at + delay;
            past += paidAt < end;
            inside += paidAt >= end && paidAt < end + days;
        }
        expected += purchase.amount * kRefundChance * inside / (kDelays - kRefundChance * past);
    }
    return expected;
}

} // namespace

OpenEnds openEnds(std::span<const ShopEvent> history, double end)
{
    OpenEnds open;
    for (const ShopEvent &event : history) {
        if (event.kind == EventKind::Coupon) {
            open.couponLeft = std::max(open.couponLeft, event.at + kCouponDays - end);
        } else if (event.kind == EventKind::Purchase && event.at + kRefundLastDay >= end) {
            const bool refunded =
                std::any_of(history.begin(), history.end(), [&](const ShopEvent &other) {
                    return other.kind == EventKind::Refund && other.row == event.row;
                });
            if (!refunded) {
                open.pending.push_back({event.at, toUnits(event.amount)});
            }
        }
    }
    return open;
}

ExpectedFuture expectedFuture(const Shopper &shopper, const OpenEnds &open, double end, double days)
{
    ExpectedFuture future;
    future.value = -pendingRefunds(open, end, days);
    if (shopper.dropoutAt < end) {
        return future;
    }
    const double lambda = shopper.ordersPerDay;
    const double bonus = (1 + shopper.couponResponse) * (1 - kCouponDiscount) - 1;
    const auto gross = [&](double t) { return orderDays(shopper, open.couponLeft, t, bonus); };
    double kept = gross(days);
    for (int delay = kRefundFirstDay; delay <= kRefundLastDay; ++delay) {
        kept -= kRefundChance / kDelays * gross(days - delay);
    }
    future.orders = lambda * orderDays(shopper, open.couponLeft, days, shopper.couponResponse);
    future.value += lambda * shopper.meanOrderValue(end) * kept;
    return future;
}

} // namespace perennial
