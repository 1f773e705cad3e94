#pragma once

#include "core/base/dates.h"
#include "core/base/rng.h"
#include "core/base/words.h"
#include "core/sample/shopper.h"

#include <cstdint>
#include <vector>

namespace perennial {

/// Something a shopper did. Ids are the catalog's and the shopper's own.
struct ShopEvent {
    double at = 0;          ///< time of the visit it belongs to, in days (see Shopper)
    std::int64_t second = 0; ///< clock second since the start of the history's first day
    EventKind kind = EventKind::View;
    std::int32_t item = -1;  ///< into Catalog::items, -1 = none
    std::int32_t order = -1; ///< the shopper's how-manieth order in this stretch, -1 = none
    std::int32_t row = -1;   ///< number of the purchase row it is, pays back or rates; -1 = none
    std::int32_t quantity = 1;
    Money amount = 0;
    std::int8_t device = 0, channel = 0, region = 0;
};

/// A stretch of a shopper's life, [from, to) in days.
struct Stretch {
    double from = 0, to = 0;
    double leavesAt = 0;     ///< dropout; nothing but refunds happens after it
    double couponUntil = 0;  ///< a coupon claimed before `from` is still good until then
    bool signup = false;     ///< starts with the visit at which the shopper signed up
    Day firstDay = 0;        ///< the calendar day of time 0: weekends bring more visits
};

/// Everything that begins in the stretch, in the order of `second`. Refunds and ratings belong to a
/// purchase and may fall after `to`: whoever keeps a window cuts them off.
/// The order rate is `ordersPerDay`, times 1 + couponResponse for kCouponDays after each claim.
std::vector<ShopEvent> liveThrough(const Catalog &catalog, const Shopper &shopper,
                                   const Stretch &stretch, Rng &rng);

} // namespace perennial
