#pragma once

#include "core/sample/history.h"
#include "core/sample/shopper.h"

#include <span>

namespace perennial {

/// What is still open at the end of a history.
struct OpenEnds {
    double couponLeft = 0; ///< days that a claimed coupon is still good for, in [0, kCouponDays]
    /// Purchases that may still be refunded: when (days, <= the end) and how much (currency units).
    struct Pending {
        double at = 0, amount = 0;
    };
    std::vector<Pending> pending;
};
/// @param history the shopper's events, cut at `end`.
OpenEnds openEnds(std::span<const ShopEvent> history, double end);

/// Expected future of a shopper given the latent state, in the `days` after the end of the history.
/// Orders are those placed in the window; value is what the window's purchases bring less the
/// refunds paid out in it, also those of purchases before it. 0 orders for who has left.
struct ExpectedFuture {
    double orders = 0, value = 0;
};
/// With T the dropout (hazard μ), A(s) the chance that a coupon is good at s given no dropout, λ
/// the order rate, c the coupon response, d the discount, m the mean order:
///   orders(t) = ∫₀ᵗ λ e^(-μs) (1 + c A(s)) ds
///   gross(t)  = ∫₀ᵗ λ m e^(-μs) (1 + ((1 + c)(1 - d) - 1) A(s)) ds
///   value(t)  = gross(t) - ρ · mean over delays D of gross(t - D) - pending refunds,
/// where A(s) = 1 while an open coupon lasts, and 1 - e^(-κ min(s, C)) after it (κ claims a day,
/// each good for C days). A pending purchase of age g is refunded in the window with chance
/// ρ P(g < D <= g + t) / (1 - ρ P(D <= g)).
ExpectedFuture expectedFuture(const Shopper &shopper, const OpenEnds &open, double end, double days);

} // namespace perennial
