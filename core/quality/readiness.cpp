#include "core/quality/readiness.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

struct Threshold {
    ReadyModel model;
    ReadyFigure figure;
    double passFrom, failBelow;
};

// Why these numbers. Where no source is named they are rules of thumb of this program, to be moved
// when backtests say so. Standard errors of a fit fall with the root of the customers: a few hundred
// are where the parameters of BG/NBD begin to be steady (Fader, Hardie & Lee 2005 fit 2 357), below
// 50 a handful of them decides. What tells rate from dropout are the repeat customers. A model of
// the future wants to have seen about as much past as it predicts, and orders that are recent, or
// everybody looks lost. Gamma-Gamma assumes that how often and how much are unrelated (Fader &
// Hardie 2013); |r| up to 0.3 is usually let pass. The behaviour model cuts up to a third of the
// history, at most a horizon, for its answers (features/splits.h) and learns from sequences, so from
// users with a history. Churn's τc is an estimate from the gaps between orders: below 30 open gaps it
// falls back to a default (survival/gaps.h). Recommendations compare items by who bought them: 5 is
// the usual least of the field ("5-core", as in Kang & McAuley 2018); below one pair in 10 000 hardly
// two users share an item.
constexpr Threshold kThresholds[] = {
    {ReadyModel::Frequency, ReadyFigure::Customers, 500, 50},
    {ReadyModel::Frequency, ReadyFigure::RepeatCustomers, 100, 10},
    {ReadyModel::Frequency, ReadyFigure::HistoryDays, 0, 28}, // passFrom: the horizon
    {ReadyModel::Frequency, ReadyFigure::RecentOrders, 30, 1},
    {ReadyModel::Spend, ReadyFigure::RepeatCustomers, 200, 10},
    {ReadyModel::Spend, ReadyFigure::PaidShare, 0.95, 0.5},
    {ReadyModel::Spend, ReadyFigure::SpendCorrelation, 0.3, 0},
    {ReadyModel::Behavior, ReadyFigure::Events, 20'000, 500},
    {ReadyModel::Behavior, ReadyFigure::UsersWithHistory, 1'000, 50},
    {ReadyModel::Behavior, ReadyFigure::Items, 50, 2},
    {ReadyModel::Behavior, ReadyFigure::ItemShare, 0.5, 0.01},
    {ReadyModel::Behavior, ReadyFigure::HistoryDays, 0, 2}, // passFrom: three horizons
    {ReadyModel::Churn, ReadyFigure::Customers, 500, 50},
    {ReadyModel::Churn, ReadyFigure::OrderGaps, 200, 30},
    {ReadyModel::Churn, ReadyFigure::HistoryDays, 0, 28}, // passFrom: two horizons
    {ReadyModel::Churn, ReadyFigure::RecentOrders, 30, 1},
    {ReadyModel::Recommendations, ReadyFigure::WarmItems, 50, 5},
    {ReadyModel::Recommendations, ReadyFigure::UsersWithItems, 200, 20},
    {ReadyModel::Recommendations, ReadyFigure::Density, 1e-3, 1e-5},
    {ReadyModel::Recommendations, ReadyFigure::ItemShare, 0.5, 0.01},
};

double horizonsOfHistory(ReadyModel model)
{
    switch (model) {
    case ReadyModel::Behavior:
        return 3;
    case ReadyModel::Churn:
        return 2;
    default:
        return 1;
    }
}

/// |r| of order days and mean order value over repeat customers; 0 where it cannot be said.
double spendCorrelation(const std::vector<UserPurchases> &purchases)
{
    double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
    for (const UserPurchases &user : purchases) {
        if (user.orderDays < 2 || user.gross <= 0) {
            continue;
        }
        const double x = user.orderDays;
        const double y = toUnits(user.gross) / x;
        n += 1;
        sx += x;
        sy += y;
        sxx += x * x;
        syy += y * y;
        sxy += x * y;
    }
    const double vx = n * sxx - sx * sx, vy = n * syy - sy * sy;
    return n >= 3 && vx > 0 && vy > 0 ? std::abs((n * sxy - sx * sy) / std::sqrt(vx * vy)) : 0.0;
}

/// The figures of one project.
struct Figures {
    const DataProfile &profile;
    const std::vector<UserPurchases> &purchases;
    std::int64_t recentOrders;

    double operator()(ReadyFigure figure) const
    {
        const auto count = [](std::int64_t value) { return static_cast<double>(value); };
        const auto share = [](std::int64_t part, std::int64_t all) {
            return all > 0 ? static_cast<double>(part) / static_cast<double>(all) : 0.0;
        };
        switch (figure) {
        case ReadyFigure::Customers:
            return count(std::ssize(purchases));
        case ReadyFigure::RepeatCustomers:
            return count(std::ranges::count_if(
                purchases, [](const UserPurchases &user) { return user.orderDays >= 2; }));
        case ReadyFigure::HistoryDays:
            return count(std::ssize(profile.days));
        case ReadyFigure::RecentOrders:
            return count(recentOrders);
        case ReadyFigure::PaidShare:
            return share(profile.positivePurchases, profile.purchases);
        case ReadyFigure::SpendCorrelation:
            return spendCorrelation(purchases);
        case ReadyFigure::Events:
            return count(profile.events);
        case ReadyFigure::UsersWithHistory:
            return count(profile.usersFrom3Events);
        case ReadyFigure::Items:
            return count(profile.sparsity.items);
        case ReadyFigure::ItemShare:
            return share(profile.eventsWithItem, profile.events);
        case ReadyFigure::OrderGaps: {
            std::int64_t gaps = 0;
            for (const UserPurchases &user : purchases) {
                gaps += user.orderDays - 1;
            }
            return count(gaps);
        }
        case ReadyFigure::WarmItems:
            return count(profile.cold.warmItems);
        case ReadyFigure::UsersWithItems:
            return count(profile.sparsity.usersFrom5);
        case ReadyFigure::Density:
            return profile.sparsity.density;
        }
        return 0;
    }
};

ReadyLevel judge(const ReadyCheck &check)
{
    if (check.figure == ReadyFigure::SpendCorrelation) {
        return check.value <= check.passFrom ? ReadyLevel::Pass : ReadyLevel::Warn;
    }
    if (check.value < check.failBelow) {
        return ReadyLevel::Fail;
    }
    return check.value >= check.passFrom ? ReadyLevel::Pass : ReadyLevel::Warn;
}

} // namespace

std::string_view readyModelName(ReadyModel model) noexcept
{
    constexpr std::array<std::string_view, kReadyModels.size()> names{
        "bg-nbd", "gamma-gamma", "behavior", "churn", "recommendations"};
    return names[static_cast<std::size_t>(model)];
}

std::string_view readyLevelName(ReadyLevel level) noexcept
{
    constexpr std::array<std::string_view, 3> names{"pass", "warn", "fail"};
    return names[static_cast<std::size_t>(level)];
}

std::string_view readyFigureName(ReadyFigure figure) noexcept
{
    constexpr std::array<std::string_view, 14> names{"customers",
                                                     "repeat_customers",
                                                     "history_days",
                                                     "recent_orders",
                                                     "paid_share",
                                                     "spend_correlation",
                                                     "events",
                                                     "users_with_history",
                                                     "items",
                                                     "item_share",
                                                     "order_gaps",
                                                     "warm_items",
                                                     "users_with_items",
                                                     "density"};
    return names[static_cast<std::size_t>(figure)];
}

std::vector<ReadyCheck> checkReadiness(const DataProfile &profile,
                                       const std::vector<UserPurchases> &purchases,
                                       std::int64_t recentOrders, int horizonDays)
{
    const Figures figures{profile, purchases, recentOrders};
    std::vector<ReadyCheck> checks;
    for (const Threshold &threshold : kThresholds) {
        ReadyCheck check{threshold.model,    threshold.figure,    figures(threshold.figure),
                         threshold.passFrom, threshold.failBelow, ReadyLevel::Pass};
        if (threshold.figure == ReadyFigure::HistoryDays) {
            check.passFrom =
                std::max(horizonsOfHistory(threshold.model) * horizonDays, threshold.failBelow);
        }
        check.level = judge(check);
        checks.push_back(check);
    }
    return checks;
}

ReadyLevel levelOf(const std::vector<ReadyCheck> &checks, ReadyModel model) noexcept
{
    ReadyLevel worst = ReadyLevel::Pass;
    for (const ReadyCheck &check : checks) {
        if (check.model == model) {
            worst = std::max(worst, check.level);
        }
    }
    return worst;
}

} // namespace perennial
