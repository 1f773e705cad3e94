#include "core/sample/history.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

namespace {

/// Share of a day's activity by hour of the clock, for four rhythms: early, noon, evening, night.
constexpr std::array<std::array<double, 24>, 4> kRhythms{{
    {0, 0, 0, 0, 1, 4, 9, 12, 11, 8, 6, 5, 5, 5, 4, 4, 5, 6, 5, 4, 3, 2, 1, 0},
    {1, 0, 0, 0, 0, 1, 2, 4, 5, 6, 7, 10, 13, 11, 7, 6, 6, 5, 5, 4, 3, 2, 1, 1},
    {1, 1, 0, 0, 0, 0, 1, 2, 3, 3, 3, 4, 5, 4, 4, 4, 5, 7, 10, 13, 13, 10, 5, 2},
    {10, 8, 5, 3, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 3, 3, 4, 4, 5, 6, 7, 8, 10, 11},
}};

/// The clock second of a day at which `share` of the rhythm's activity has passed.
std::int64_t secondOfDay(int rhythm, double share)
{
    const auto &hours = kRhythms[static_cast<std::size_t>(rhythm)];
    double total = 0;
    for (const double hour : hours) {
        total += hour;
    }
    double left = share * total;
    for (std::size_t h = 0; h < hours.size(); ++h) {
        if (left < hours[h]) {
            return static_cast<std::int64_t>((static_cast<double>(h) + left / hours[h]) * 3600);
        }
        left -= hours[h];
    }
    return kSecondsPerDay - 1;
}

/// Makes the events of one shopper and stretch.
class Diary {
public:
    Diary(const Catalog &catalog, const Shopper &shopper, Rng &rng)
        : m_catalog(catalog), m_shopper(shopper), m_rng(rng)
    {
    }

    void browse(double at);
    void order(double at, bool withCoupon);
    void claim(double at);
    std::vector<ShopEvent> take();

private:
    struct Visit {
        const Choice *choice = nullptr;
        std::int8_t device = 0, channel = 0, region = 0;
        std::size_t firstEvent = 0;
    };

    void begin(double at, bool withCoupon);
    void finish();
    int nextItem(int previous);
    ShopEvent &note(EventKind kind, int item);
    void look(int item, double clickChance);
    void buy(int item, bool withCoupon);
    void followUp(const ShopEvent &purchase);

    const Catalog &m_catalog;
    const Shopper &m_shopper;
    Rng &m_rng;
    Visit m_visit;
    double m_at = 0;
    std::int64_t m_second = 0;
    std::int32_t m_orders = 0, m_rows = 0;
    std::vector<ShopEvent> m_events;
};

void Diary::begin(double at, bool withCoupon)
{
    m_at = at;
    const double day = std::floor(at);
    m_second = static_cast<std::int64_t>(day) * kSecondsPerDay +
               secondOfDay(m_shopper.clock, at - day);
    const bool newTaste = m_rng.uniform() < m_shopper.newTasteShare(at);
    m_visit.choice = newTaste ? &m_shopper.after : &m_shopper.before;
    const double u = m_rng.uniform();
    m_visit.device = static_cast<std::int8_t>(
        u < .8 ? m_shopper.device : m_rng.below(static_cast<std::uint32_t>(kDevices.size())));
    const double v = m_rng.uniform();
    m_visit.channel = static_cast<std::int8_t>(
        withCoupon && v < .6 ? kEmailChannel
        : v < .55 ? m_shopper.channel
                  : m_rng.below(static_cast<std::uint32_t>(kVisitChannels.size())));
    m_visit.region = static_cast<std::int8_t>(
        m_rng.uniform() < .96 ? m_shopper.region
                              : m_rng.below(static_cast<std::uint32_t>(kRegions.size())));
    m_visit.firstEvent = m_events.size();
}

/// A visit stays within its day: one that would run past midnight started a little earlier.
void Diary::finish()
{
    const std::int64_t dayEnd =
        (static_cast<std::int64_t>(std::floor(m_at)) + 1) * kSecondsPerDay - 1;
    const std::int64_t over = m_second - dayEnd;
    if (over <= 0) {
        return;
    }
    for (std::size_t i = m_visit.firstEvent; i < m_events.size(); ++i) {
        if (m_events[i].kind != EventKind::Refund && m_events[i].kind != EventKind::Rating) {
            m_events[i].second -= over;
        }
    }
}

int Diary::nextItem(int previous)
{
    const double u = m_rng.uniform();
    if (previous >= 0 && m_rng.uniform() < kStayInLine) {
        const int line = m_catalog.items[static_cast<std::size_t>(previous)].line;
        return m_visit.choice->pickInLine(m_catalog.lines[static_cast<std::size_t>(line)], u);
    }
    return m_visit.choice->pick(u);
}

ShopEvent &Diary::note(EventKind kind, int item)
{
    ShopEvent event;
    event.at = m_at;
    event.second = m_second;
    event.kind = kind;
    event.item = item;
    event.device = m_visit.device;
    event.channel = m_visit.channel;
    event.region = m_visit.region;
    m_second += 8 + m_rng.below(80);
    return m_events.emplace_back(event);
}

void Diary::look(int item, double clickChance)
{
    note(EventKind::View, item);
    if (m_rng.uniform() < clickChance) {
        note(EventKind::Click, item);
    }
}

void Diary::browse(double at)
{
    begin(at, false);
    const std::int64_t looks = 1 + m_rng.poisson(1.3);
    int item = -1;
    for (std::int64_t i = 0; i < looks; ++i) {
        item = nextItem(item);
        look(item, .35);
    }
    if (m_rng.uniform() < .12) {
        note(EventKind::Cart, item); // left in the basket
    }
    finish();
}

void Diary::order(double at, bool withCoupon)
{
    begin(at, withCoupon);
    const std::int64_t rows = 1 + m_rng.poisson(m_shopper.extraRows);
    std::vector<int> basket;
    int item = -1;
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::int64_t looksBefore = m_rng.poisson(.6);
        for (std::int64_t i = 0; i < looksBefore; ++i) {
            item = nextItem(item);
            look(item, .35);
        }
        item = nextItem(item);
        look(item, .95);
        note(EventKind::Cart, item);
        basket.push_back(item);
    }
    const std::int64_t paidAt = m_second;
    for (const int bought : basket) {
        buy(bought, withCoupon);
        m_events.back().second = paidAt;
    }
    finish();
    const std::size_t last = m_events.size();
    for (std::size_t i = last - basket.size(); i < last; ++i) {
        followUp(ShopEvent(m_events[i]));
    }
    ++m_orders;
}

void Diary::buy(int item, bool withCoupon)
{
    const double u = m_rng.uniform();
    const int quantity =
        u < kQuantityChance[0] ? 1 : u < kQuantityChance[0] + kQuantityChance[1] ? 2 : 3;
    const double price = m_catalog.price[static_cast<std::size_t>(item)];
    const double paid = price * quantity * (withCoupon ? 1 - kCouponDiscount : 1.0);
    ShopEvent &event = note(EventKind::Purchase, item);
    event.order = m_orders;
    event.row = m_rows++;
    event.quantity = quantity;
    event.amount = moneyFromUnits(std::round(paid * 100) / 100);
}

/// The refund and the rating that a purchase may bring, some days later.
void Diary::followUp(const ShopEvent &purchase)
{
    if (m_rng.uniform() < kRefundChance) {
        const auto delay =
            kRefundFirstDay +
            static_cast<int>(m_rng.below(kRefundLastDay - kRefundFirstDay + 1));
        ShopEvent refund = purchase;
        refund.kind = EventKind::Refund;
        refund.at += delay;
        refund.second += delay * kSecondsPerDay;
        refund.amount = -purchase.amount;
        m_events.push_back(refund);
    }
    if (m_rng.uniform() < kRatingChance) {
        const auto delay = 1 + static_cast<int>(m_rng.below(10));
        const Choice &choice = *m_visit.choice;
        const double liking =
            choice.liking()[static_cast<std::size_t>(purchase.item)] - choice.meanLiking();
        const double stars = std::round(3.7 + .6 * liking + .7 * m_rng.normal());
        ShopEvent rating = purchase;
        rating.kind = EventKind::Rating;
        rating.at += delay;
        rating.second += delay * kSecondsPerDay;
        rating.quantity = static_cast<std::int32_t>(std::clamp(stars, 1.0, 5.0));
        rating.amount = 0;
        rating.order = -1;
        m_events.push_back(rating);
    }
}

void Diary::claim(double at)
{
    begin(at, true);
    note(EventKind::Coupon, -1);
    finish();
}

std::vector<ShopEvent> Diary::take()
{
    std::stable_sort(m_events.begin(), m_events.end(),
                     [](const ShopEvent &a, const ShopEvent &b) { return a.second < b.second; });
    return std::move(m_events);
}

bool isWeekend(Day day)
{
    return periodStart(day, Period::Week) + 5 <= day;
}

} // namespace

std::vector<ShopEvent> liveThrough(const Catalog &catalog, const Shopper &shopper,
                                   const Stretch &stretch, Rng &rng)
{
    Diary diary(catalog, shopper, rng);
    if (stretch.signup) {
        diary.browse(stretch.from);
    }
    // Three Poisson processes at once: claims, candidate orders at the coupon rate (kept for sure
    // with a coupon, else with chance 1 / (1 + response)), and visits without an order.
    const double candidates = shopper.ordersPerDay * (1 + shopper.couponResponse);
    const double total = shopper.claimsPerDay + candidates + shopper.browsesPerDay;
    const double end = std::min(stretch.to, stretch.leavesAt);
    double couponUntil = stretch.couponUntil;
    for (double at = stretch.from;;) {
        at += rng.exponential() / total;
        if (at >= end) {
            break;
        }
        const double which = rng.uniform() * total;
        const bool withCoupon = at < couponUntil;
        if (which < shopper.claimsPerDay) {
            diary.claim(at);
            couponUntil = at + kCouponDays;
        } else if (which < shopper.claimsPerDay + candidates) {
            if (withCoupon || rng.uniform() * (1 + shopper.couponResponse) < 1) {
                diary.order(at, withCoupon);
            }
        } else if (isWeekend(stretch.firstDay + static_cast<Day>(at)) || rng.uniform() < .75) {
            diary.browse(at);
        }
    }
    std::vector<ShopEvent> events = diary.take();
    // What needs the shopper's own hand ends with the dropout; refunds are paid out regardless.
    std::erase_if(events, [&](const ShopEvent &event) {
        return event.kind == EventKind::Rating && event.at >= stretch.leavesAt;
    });
    return events;
}

} // namespace perennial
