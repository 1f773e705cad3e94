#include "core/sample/shopper.h"

#include "core/base/rng.h"
#include "core/sample/streams.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace perennial {

namespace {

/// e^x for |x| < 80 to about 1e-7, from plain arithmetic only: loops over it vectorise, and it gives
/// the same bits on every machine.
float fastExp(float x) noexcept
{
    const float scaled = x * 1.44269504F;
    const float shifted = scaled + 12582912.0F; // rounds to the nearest integer
    const float whole = shifted - 12582912.0F;
    const float f = (scaled - whole) * .693147181F;
    const float poly =
        1 + f * (1 + f * (.5F + f * (.166666667F + f * (.0416666667F + f * (.00833333F +
                                                                        f * .00138888F)))));
    const auto power = (std::bit_cast<std::int32_t>(shifted) - 0x4B400000 + 127) << 23;
    return poly * std::bit_cast<float>(power);
}

int drawFrom(Rng &rng, std::initializer_list<double> chances)
{
    double left = rng.uniform();
    int index = 0;
    for (const double chance : chances) {
        if (left < chance) {
            return index;
        }
        left -= chance;
        ++index;
    }
    return static_cast<int>(chances.size()) - 1;
}

TasteVector tasteNear(Rng &rng, const TasteVector &centre)
{
    TasteVector taste = centre;
    for (float &component : taste) {
        component += static_cast<float>(.35 * rng.normal());
    }
    return taste;
}

/// Mean-1 gamma times `mean`.
double gammaAround(Rng &rng, double mean, double shape)
{
    return mean * rng.gamma(shape) / shape;
}

// How a signup channel's shoppers differ from the average, in the order of kSignupChannels.
constexpr std::array kChannelLeaves{1.0, 1.25, 1.6, .8, .6};
constexpr std::array kChannelOrders{1.0, .85, .8, 1.15, 1.3};

} // namespace

Choice::Choice(const Catalog &catalog, const TasteVector &taste, double priceSensitivity)
{
    const std::size_t n = catalog.items.size();
    const auto dislike = static_cast<float>(.8 * priceSensitivity);
    m_liking.resize(n);
    std::vector<float> weight(n);
    float *liking = m_liking.data();
    for (std::size_t i = 0; i < n; ++i) {
        liking[i] = -dislike * catalog.dearness[i];
    }
    for (std::size_t d = 0; d < taste.size(); ++d) {
        const float *component = catalog.taste[d].data();
        for (std::size_t i = 0; i < n; ++i) {
            liking[i] += taste[d] * component[i];
        }
    }
    for (std::size_t i = 0; i < n; ++i) {
        const float utility = liking[i] + catalog.popularity[i];
        weight[i] = fastExp(std::min(std::max(utility, -60.0F), 60.0F));
    }
    m_upTo.resize(n + 1);
    double price = 0, likingSum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        const double w = weight[i];
        m_upTo[i + 1] = m_upTo[i] + w;
        price += w * catalog.price[i];
        likingSum += w * liking[i];
    }
    m_meanPrice = price / m_upTo.back();
    m_meanLiking = likingSum / m_upTo.back();
}

int Choice::pick(double uniform) const
{
    return pickInLine({0, static_cast<int>(m_liking.size())}, uniform);
}

int Choice::pickInLine(Catalog::Line line, double uniform) const
{
    const auto first = m_upTo.begin() + line.first;
    const auto last = m_upTo.begin() + line.last;
    const double target = *first + uniform * (*last - *first);
    const auto above = std::upper_bound(first + 1, last, target);
    return static_cast<int>(above - m_upTo.begin()) - 1;
}

double Choice::chance(int item) const
{
    const auto i = static_cast<std::size_t>(item);
    return (m_upTo[i + 1] - m_upTo[i]) / m_upTo.back();
}

double Shopper::newTasteShare(double at) const noexcept
{
    return std::clamp((std::min(at, frozenAt) - driftFrom) / driftDays, 0.0, 1.0);
}

double Shopper::meanOrderValue(double at) const noexcept
{
    const double share = newTasteShare(at);
    const double price = (1 - share) * before.meanPrice() + share * after.meanPrice();
    return (1 + extraRows) * meanQuantity() * price;
}

Shopper makeShopper(const Catalog &catalog, std::uint64_t seed, std::int64_t number,
                    double historyDays)
{
    Rng rng(seed, streamOf(Purpose::Latent, static_cast<std::uint64_t>(number)));
    Shopper shopper;
    shopper.number = number;
    shopper.signupAt = historyDays * std::pow(rng.uniform(), .9); // a shop that grows a little
    shopper.channel = drawFrom(rng, {.32, .24, .20, .14, .10});
    shopper.region = drawFrom(rng, {.27, .24, .22, .20, .07});
    shopper.device = drawFrom(rng, {.58, .33, .09});
    shopper.clock = drawFrom(rng, {.2, .25, .4, .15});
    const auto channel = static_cast<std::size_t>(shopper.channel);

    const double keenness = gammaAround(rng, 1, .8);
    shopper.ordersPerDay = .0145 * keenness * kChannelOrders[channel];
    shopper.browsesPerDay = gammaAround(rng, .036, 2) * std::pow(keenness, .3);
    shopper.dropoutPerDay = gammaAround(rng, .0062, 1.3) * kChannelLeaves[channel];
    shopper.dropoutAt = shopper.signupAt + rng.exponential() / shopper.dropoutPerDay;
    shopper.claimsPerDay = gammaAround(rng, .009, 1.5);
    shopper.couponResponse = gammaAround(rng, .9, 1.5);
    shopper.priceSensitivity = gammaAround(rng, 1, 2);
    shopper.extraRows = gammaAround(rng, .4, 2);

    const auto clusters = static_cast<std::uint32_t>(catalog.clusters.size());
    const std::uint32_t home = rng.below(clusters);
    const std::uint32_t next = (home + 1 + rng.below(clusters - 1)) % clusters;
    const TasteVector taste = tasteNear(rng, catalog.clusters[home]);
    shopper.before = Choice(catalog, taste, shopper.priceSensitivity);
    shopper.frozenAt = historyDays;
    shopper.driftDays = 60 + 120 * rng.uniform();
    if (rng.uniform() < .45) { // the others' tastes stay
        shopper.driftFrom = shopper.signupAt + 400 * rng.uniform();
        const TasteVector changed = tasteNear(rng, catalog.clusters[next]);
        shopper.after = Choice(catalog, changed, shopper.priceSensitivity);
    } else {
        shopper.driftFrom = 2 * historyDays;
        shopper.after = shopper.before;
    }
    return shopper;
}

} // namespace perennial
