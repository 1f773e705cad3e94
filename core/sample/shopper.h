#pragma once

#include "core/sample/catalog.h"

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace perennial {

/// Where shoppers come from; the order is that of kChannels' names.
inline constexpr std::array<std::string_view, 5> kSignupChannels{"search", "social", "ads",
                                                                 "direct", "referral"};
/// Channels of a visit: the signup channels and e-mail, which brings coupons.
inline constexpr std::array<std::string_view, 6> kVisitChannels{"search", "social",   "ads",
                                                                "direct", "referral", "email"};
inline constexpr int kEmailChannel = 5;
inline constexpr std::array<std::string_view, 3> kDevices{"mobile", "desktop", "tablet"};
inline constexpr std::array<std::string_view, 5> kRegions{"north", "south", "east", "west",
                                                          "abroad"};

// Facts of the shop, the same for everybody. Times in days.
inline constexpr double kCouponDays = 7;         ///< a claimed coupon is good for
inline constexpr double kCouponDiscount = .10;   ///< off every price while it is
inline constexpr double kRefundChance = .06;     ///< per purchase row
inline constexpr int kRefundFirstDay = 3;        ///< refunds come 3 … 14 whole days later, each
inline constexpr int kRefundLastDay = 14;        ///< delay equally likely
inline constexpr double kRatingChance = .22;     ///< per purchase row
inline constexpr std::array kQuantityChance{.85, .12, .03}; ///< of 1, 2, 3 pieces
inline constexpr double kStayInLine = .6;        ///< next look: same product line, else anew

/// Which item a shopper picks: chances over the catalog from taste, popularity and price
/// sensitivity. The walk from look to look either stays within the product line or picks anew, both
/// by the same chances: so each look's marginal distribution is the pick's, and the expected price
/// of a bought item is exactly `meanPrice` however long the walk was.
class Choice {
public:
    Choice() = default;
    Choice(const Catalog &catalog, const TasteVector &taste, double priceSensitivity);

    int pick(double uniform) const;
    int pickInLine(Catalog::Line line, double uniform) const;
    double chance(int item) const;
    /// Log of the choice weight without popularity: how much the shopper likes the item.
    const std::vector<float> &liking() const noexcept { return m_liking; }
    double meanLiking() const noexcept { return m_meanLiking; } ///< over the shopper's own picks
    double meanPrice() const noexcept { return m_meanPrice; }

private:
    std::vector<float> m_liking;
    std::vector<double> m_upTo; ///< running sums of weights, m_upTo[0] = 0
    double m_meanPrice = 0, m_meanLiking = 0;
};

/// A shopper's latent state. Time is in days since the start of the history's first day; a day's
/// fraction is the share of that day's activity, not of its clock.
struct Shopper {
    std::int64_t number = 0; ///< 1 …, the random streams' address
    double signupAt = 0;
    int channel = 0, region = 0, device = 0;
    int clock = 0;             ///< kind of daily rhythm
    double ordersPerDay = 0;   ///< while alive, without a coupon
    double browsesPerDay = 0;  ///< visits without an order
    double dropoutPerDay = 0;  ///< hazard of leaving
    double dropoutAt = 0;      ///< drawn from it
    double claimsPerDay = 0;   ///< coupons claimed
    double couponResponse = 0; ///< orders come 1 + this times as often with a coupon
    double priceSensitivity = 0;
    double extraRows = 0;      ///< rows of an order - 1, on average
    /// Tastes before and after: between them the share of visits made with the new taste grows
    /// linearly, and from `frozenAt` (the end of the history) on it stays.
    double driftFrom = 0, driftDays = 1, frozenAt = 0;
    Choice before, after;

    double newTasteShare(double at) const noexcept;
    /// Expected gross of an order placed at `at` without a coupon, currency units.
    double meanOrderValue(double at) const noexcept;
};

/// Expected pieces in a purchase row.
constexpr double meanQuantity() noexcept
{
    double mean = 0;
    for (std::size_t i = 0; i < kQuantityChance.size(); ++i) {
        mean += kQuantityChance[i] * static_cast<double>(i + 1);
    }
    return mean;
}

/// Draws shopper `number` of a shop; the same for every size of the shop.
Shopper makeShopper(const Catalog &catalog, std::uint64_t seed, std::int64_t number,
                    double historyDays);

} // namespace perennial
