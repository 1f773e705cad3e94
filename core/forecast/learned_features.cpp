#include "core/forecast/learned_features.h"

#include "core/value/value_prediction.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

namespace {

constexpr std::array kColumns{
    "log_order_days",        "log_days_since_order",  "log_tenure",         "log_order_span",
    "log_net",               "log_mean_order_day",    "log_last_order_day", "log_largest_order_day",
    "log_refunds",           "log_net_recent",        "log_orders_recent",  "log_net_lately",
    "log_orders_lately",     "log_mean_gap",          "log_expected_orders", "log_expected_value",
    "p_alive"};

float logOf(double value)
{
    return static_cast<float>(std::log1p(std::max(value, 0.0)));
}

/// Sums over one customer's days.
struct Facts {
    double orders = 0, net = 0, gross = 0, refunds = 0, last = 0, largest = 0;
    double recentNet = 0, recentOrders = 0, lateNet = 0, lateOrders = 0;
    Day firstOrder = 0, lastOrder = 0;
};

Facts factsOf(const OrderHistory &history, std::size_t u, Day at, int recentDays)
{
    Facts f;
    const std::int64_t recent = std::int64_t{at} - recentDays;
    const std::int64_t lately = std::int64_t{at} - std::max(1, recentDays / 3);
    for (std::size_t i = history.offsets[u]; i < history.offsets[u + 1]; ++i) {
        const Day day = history.day[i];
        if (day > at) {
            break;
        }
        const double gross = toUnits(history.gross[i]);
        const double refund = toUnits(history.refunds[i]);
        const double order = history.ordered[i];
        if (order > 0.0) {
            f.firstOrder = f.orders == 0.0 ? day : f.firstOrder;
            f.lastOrder = day;
            f.last = gross;
            f.largest = std::max(f.largest, gross);
        }
        f.orders += order;
        f.gross += gross;
        f.refunds -= refund;
        f.net += gross + refund;
        f.recentNet += day > recent ? gross + refund : 0.0;
        f.recentOrders += day > recent ? order : 0.0;
        f.lateNet += day > lately ? gross + refund : 0.0;
        f.lateOrders += day > lately ? order : 0.0;
    }
    return f;
}

} // namespace

Result<ModelOpinion> modelOpinion(const CustomerSummary &customers, int days, const Task &task)
{
    ValueOptions options;
    options.until = customers.until;
    options.horizonDays = days;
    options.period = customers.period;
    options.firstPurchaseInSpend = customers.firstPurchaseInSpend;
    ModelOpinion opinion;
    opinion.days = days;
    const auto value = fitValueModel(customers, options, task);
    if (value) {
        opinion.orders = (*value)->predictions.expectedOrders;
        opinion.value = (*value)->predictions.predictedValue;
        opinion.pAlive = (*value)->predictions.pAlive;
        return opinion;
    }
    if (value.error().code == ErrorCode::Cancelled) {
        return value.error();
    }
    const double periods = days / daysPer(customers.period);
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const double perOrder = customers.realised[i] / (customers.x[i] + 1.0);
        const double orders = customers.x[i] * periods / std::max(customers.T[i], periods);
        opinion.orders.push_back(orders);
        opinion.value.push_back(std::max(0.0, perOrder) * orders);
        opinion.pAlive.push_back(1.0);
    }
    return opinion;
}

FeatureMatrix learnedFeatures(const OrderHistory &history, const CustomerSummary &customers, Day at,
                              int recentDays, const ModelOpinion &opinion)
{
    FeatureMatrix matrix;
    matrix.columns.assign(kColumns.begin(), kColumns.end());
    matrix.user = customers.user;
    matrix.values.reserve(customers.size() * kColumns.size());
    std::size_t u = 0;
    for (std::size_t row = 0; row < customers.size(); ++row) {
        while (history.user[u] < customers.user[row]) {
            ++u;
        }
        // A customer has ordered once at least.
        const Facts f = factsOf(history, u, at, recentDays);
        const double since = at - f.lastOrder;
        const double span = f.lastOrder - f.firstOrder;
        const double tenure = at - f.firstOrder;
        const double gap = f.orders > 1.0 ? span / (f.orders - 1.0) : tenure;
        const std::array<float, kColumns.size()> values{
            logOf(f.orders),    logOf(since),          logOf(tenure),
            logOf(span),        logOf(f.net),          logOf(f.gross / f.orders),
            logOf(f.last),      logOf(f.largest),      logOf(f.refunds),
            logOf(f.recentNet), logOf(f.recentOrders), logOf(f.lateNet),
            logOf(f.lateOrders), logOf(gap),           logOf(opinion.orders[row]),
            logOf(opinion.value[row]), static_cast<float>(opinion.pAlive[row])};
        matrix.values.insert(matrix.values.end(), values.begin(), values.end());
    }
    return matrix;
}

} // namespace perennial
