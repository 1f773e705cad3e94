#include "core/features/splits.h"

#include "core/features/event_sequences.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace perennial {

Result<HistorySplit> splitHistory(Day first, Day until, int horizonDays)
{
    if (horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(horizonDays), "horizon");
    }
    const int days = until - first + 1;
    if (days < 2) {
        return fail(ErrorCode::TooLittleData, std::to_string(std::max(days, 0)), "days of history");
    }
    HistorySplit split;
    split.first = first;
    split.until = until;
    split.labelDays = std::min(horizonDays, std::max(1, days / 3));
    split.cut = until - split.labelDays;
    split.lastAnchor = split.cut - split.labelDays;
    return split;
}

namespace {

/// First row of [begin, end) that lies after `day`.
std::int64_t firstAfter(const EventTable &events, std::int64_t begin, std::int64_t end, Day day)
{
    const UtcSecond limit = startOf(day + 1);
    const auto from = events.at.begin();
    return std::lower_bound(from + begin, from + end, limit) - from;
}

float logOf(double value) { return static_cast<float>(std::log1p(std::max(value, 0.0))); }

/// Running totals of one user's history.
struct Totals {
    std::int64_t orderDays = 0, recentOrderDays = 0, activeDays = 0, recentActiveDays = 0;
    std::int64_t recentEvents = 0, carts = 0, coupons = 0, refunds = 0;
    double net = 0, recentNet = 0, gross = 0;
    Day firstDay = 0, lastDay = 0, firstOrder = 0, lastOrder = 0;
};

constexpr int kRecentDays = 90;
constexpr int kLatelyDays = 30;

void addPurchase(Totals &t, Day day, Day anchor, double amount)
{
    if (t.orderDays == 0 || day != t.lastOrder) {
        t.firstOrder = t.orderDays == 0 ? day : t.firstOrder;
        ++t.orderDays;
        t.recentOrderDays += day > anchor - kRecentDays ? 1 : 0;
        t.lastOrder = day;
    }
    t.gross += amount;
}

Totals totalsOf(const EventTable &events, EventSpan span, Day anchor)
{
    Totals t;
    t.firstDay = dayOf(events.at[static_cast<std::size_t>(span.begin)]);
    t.lastDay = t.firstDay - 1;
    for (std::int64_t row = span.begin; row < span.end; ++row) {
        const auto i = static_cast<std::size_t>(row);
        const Day day = dayOf(events.at[i]);
        const double amount = toUnits(events.amount[i]);
        if (day != t.lastDay) {
            ++t.activeDays;
            t.recentActiveDays += day > anchor - kLatelyDays ? 1 : 0;
            t.lastDay = day;
        }
        t.recentEvents += day > anchor - kLatelyDays ? 1 : 0;
        switch (events.kind[i]) {
        case EventKind::Purchase: addPurchase(t, day, anchor, amount); break;
        case EventKind::Refund: ++t.refunds; break;
        case EventKind::Cart: ++t.carts; break;
        case EventKind::Coupon: ++t.coupons; break;
        default: break;
        }
        if (events.kind[i] == EventKind::Purchase || events.kind[i] == EventKind::Refund) {
            t.net += amount;
            t.recentNet += day > anchor - kRecentDays ? amount : 0.0;
        }
    }
    return t;
}

} // namespace

EventSpan eventsUpTo(const EventTable &events, std::int64_t user, Day day)
{
    const auto u = static_cast<std::size_t>(user);
    const std::int64_t begin = events.offsets[u];
    return {begin, firstAfter(events, begin, events.offsets[u + 1], day)};
}

bool isClick(EventKind kind) noexcept
{
    return showsInterest(kind) && kind != EventKind::Purchase;
}

WindowOutcome outcomeAfter(const EventTable &events, std::int64_t user, Day anchor, int days)
{
    const auto u = static_cast<std::size_t>(user);
    const std::int64_t end = events.offsets[u + 1];
    const std::int64_t from = firstAfter(events, events.offsets[u], end, anchor);
    const std::int64_t to = firstAfter(events, from, end, anchor + days);
    WindowOutcome outcome;
    Money net = 0;
    for (std::int64_t row = from; row < to; ++row) {
        const auto i = static_cast<std::size_t>(row);
        if (events.kind[i] == EventKind::Purchase) {
            outcome.ordered = true;
            net += events.amount[i];
        } else if (events.kind[i] == EventKind::Refund) {
            net += events.amount[i];
        }
        outcome.clicked = outcome.clicked || isClick(events.kind[i]);
        if (outcome.returnDays == 0 && showsInterest(events.kind[i])) {
            outcome.returnDays = dayOf(events.at[i]) - anchor;
        }
    }
    outcome.net = toUnits(net);
    return outcome;
}

HistorySummary summarizeHistory(const EventTable &events, std::int64_t user, Day anchor)
{
    const EventSpan span = eventsUpTo(events, user, anchor);
    if (span.size() == 0) {
        return {};
    }
    const Totals t = totalsOf(events, span, anchor);
    const bool bought = t.orderDays > 0;
    const double orderDays = static_cast<double>(t.orderDays);
    const double tenure = anchor - t.firstDay;
    const double orderAge = bought ? anchor - t.firstOrder : 0.0;
    const double orderGap = bought ? anchor - t.lastOrder : tenure;
    return {
        bought ? 1.0F : 0.0F,
        logOf(orderDays),
        logOf(static_cast<double>(t.recentOrderDays)),
        logOf(orderGap),
        logOf(orderAge),
        logOf(bought ? t.lastOrder - t.firstOrder : 0.0),
        bought ? static_cast<float>(orderDays / (orderAge + 30.0)) : 0.0F,
        logOf(tenure),
        logOf(anchor - t.lastDay),
        logOf(static_cast<double>(span.size())),
        logOf(static_cast<double>(t.activeDays)),
        logOf(static_cast<double>(t.recentActiveDays)),
        logOf(static_cast<double>(t.recentEvents)),
        logOf(static_cast<double>(t.carts)),
        logOf(t.net),
        logOf(t.recentNet),
        logOf(bought ? t.gross / orderDays : 0.0),
        logOf(static_cast<double>(t.coupons + t.refunds)),
    };
}

std::string_view summaryName(std::size_t index) noexcept
{
    static constexpr std::array<std::string_view, kSummarySize> names{
        "has_ordered",       "log_order_days",    "log_order_days_90",  "log_days_since_order",
        "log_days_since_first_order", "log_order_span", "orders_per_day", "log_tenure",
        "log_days_since_event", "log_events",     "log_active_days",    "log_active_days_30",
        "log_events_30",     "log_carts",         "log_net",            "log_net_90",
        "log_mean_order_day", "log_coupons_and_refunds"};
    return index < names.size() ? names[index] : std::string_view{};
}

} // namespace perennial
