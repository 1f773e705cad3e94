#include "core/value/holdout_check.h"

#include "core/base/rng.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr std::size_t kDrawsPerCheck = 1U << 20;

double meanOf(std::span<const double> values)
{
    return std::accumulate(values.begin(), values.end(), 0.0) /
           static_cast<double>(std::max<std::size_t>(1, values.size()));
}

/// Interpolated between order statistics. @param sorted not empty.
double quantile(const std::vector<double> &sorted, double share)
{
    const double at = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    return std::lerp(sorted[below], sorted[std::min(below + 1, sorted.size() - 1)],
                     at - std::floor(at));
}

/// Calls `use(row, begin, end)` with the days [begin, end) of each customer's history from the first
/// order on.
template <class Use>
void eachCustomer(const OrderHistory &history, const CustomerSummary &customers, Use use)
{
    std::size_t u = 0;
    for (std::size_t row = 0; row < customers.size(); ++row) {
        while (u < history.size() && history.user[u] < customers.user[row]) {
            ++u;
        }
        if (u == history.size() || history.user[u] != customers.user[row]) {
            continue;
        }
        std::size_t first = history.offsets[u];
        const std::size_t end = history.offsets[u + 1];
        while (first < end && history.ordered[first] == 0) {
            ++first;
        }
        if (first < end) {
            use(first, end);
        }
    }
}

/// Repeat orders by tracked period, those at or before the first period's end in period 0; on the
/// customers' clock: order days, or each one's own periods with an order.
std::vector<double> repeatsByPeriod(const OrderHistory &history, const CustomerSummary &customers,
                                    Day firstEnd, int periodDays, std::size_t periods)
{
    std::vector<double> counts(periods, 0.0);
    const bool wholePeriods = customers.clock == OrderClock::WholePeriods;
    eachCustomer(history, customers, [&](std::size_t begin, std::size_t end) {
        double counted = 0.0; // the last of the customer's own periods
        for (std::size_t i = begin + 1; i < end; ++i) {
            const double own = std::ceil((history.day[i] - history.day[begin]) /
                                         daysPer(customers.period));
            if (history.ordered[i] == 0 || (wholePeriods && own == counted)) {
                continue;
            }
            counted = own;
            const std::int64_t past = std::int64_t{history.day[i]} - firstEnd;
            const std::int64_t period = past <= 0 ? 0 : (past + periodDays - 1) / periodDays;
            if (period < static_cast<std::int64_t>(periods)) {
                counts[static_cast<std::size_t>(period)] += 1.0;
            }
        }
    });
    return counts;
}

} // namespace

Result<BootstrapInterval> bootstrapMean(std::span<const double> values,
                                        const BootstrapOptions &options, std::uint64_t stream,
                                        const Task &task)
{
    BootstrapInterval interval;
    interval.value = interval.lower = interval.upper = meanOf(values);
    const auto n = static_cast<std::uint32_t>(values.size());
    if (n < 2 || options.resamples < 1) {
        return interval;
    }
    const auto resamples = static_cast<std::size_t>(options.resamples);
    std::vector<double> means;
    std::size_t drawn = 0;
    for (std::size_t i = 0; i < resamples; ++i) {
        if ((drawn += n) >= kDrawsPerCheck) {
            drawn = 0;
            if (task.cancelled()) {
                return fail(ErrorCode::Cancelled);
            }
        }
        Rng rng(options.seed, stream * resamples + i);
        double sum = 0.0;
        for (std::uint32_t k = 0; k < n; ++k) {
            sum += values[rng.below(n)];
        }
        means.push_back(sum / n);
    }
    std::sort(means.begin(), means.end());
    const double tail = (1.0 - std::clamp(options.level, 0.0, 1.0)) / 2.0;
    interval.lower = quantile(means, tail);
    interval.upper = quantile(means, 1.0 - tail);
    return interval;
}

Result<std::vector<CalibrationGroup>> calibrationGroups(std::span<const std::int64_t> users,
                                                        std::span<const double> predicted,
                                                        std::span<const double> actual, int groups,
                                                        const BootstrapOptions &options,
                                                        const Task &task)
{
    const std::size_t n = users.size();
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return predicted[a] < predicted[b]; });
    const std::size_t count =
        std::min<std::size_t>(n, static_cast<std::size_t>(std::max(1, groups)));
    std::vector<CalibrationGroup> result;
    for (std::size_t g = 0; g < count; ++g) {
        task.progress(static_cast<double>(g) / static_cast<double>(count), "calibration");
        CalibrationGroup group;
        std::vector<double> truth;
        const std::size_t end = n * (g + 1) / count;
        for (std::size_t i = n * g / count; i < end; ++i) {
            group.users.push_back(users[order[i]]);
            group.predicted += predicted[order[i]];
            truth.push_back(actual[order[i]]);
        }
        group.predicted /= static_cast<double>(group.users.size());
        const auto interval = bootstrapMean(truth, options, g, task);
        if (!interval) {
            return interval.error();
        }
        group.actual = *interval;
        result.push_back(std::move(group));
    }
    return result;
}

Result<HoldoutCheck> checkOnHoldout(const OrderHistory &history, const HoldoutOptions &options,
                                    const Task &task)
{
    const auto first = history.firstDay();
    if (!first || !options.value.until) {
        return fail(ErrorCode::NoPurchases);
    }
    const auto split = splitHistory(*first, *options.value.until, options.value.horizonDays);
    if (!split) {
        return split.error();
    }
    HoldoutCheck check;
    check.split = *split;
    ValueOptions value = options.value;
    value.until = split->cut;
    value.horizonDays = split->labelDays;
    value.margin = 1.0;
    value.discountPerYear = 0.0;
    auto fitted = fitValueModel(customersFor(history, value), value, task.part(0.0, 0.6));
    if (!fitted) {
        return fitted.error();
    }
    check.fitted = *fitted;
    const CustomerSummary &customers = check.fitted->customers;
    const ValuePredictions &predictions = check.fitted->predictions;
    const WindowTruth truth = truthOf(history, customers, split->cut, split->until);
    const std::vector<double> orders(truth.orderDays.begin(), truth.orderDays.end());
    auto byOrders = calibrationGroups(customers.user, predictions.expectedOrders, orders,
                                      options.groups, options.bootstrap, task.part(0.6, 0.8));
    if (!byOrders) {
        return byOrders.error();
    }
    auto byNet = calibrationGroups(customers.user, predictions.predictedValue, truth.net,
                                   options.groups, options.bootstrap, task.part(0.8, 1.0));
    if (!byNet) {
        return byNet.error();
    }
    check.orders = *std::move(byOrders);
    check.net = *std::move(byNet);
    check.predictedOrders = check.fitted->expectedOrdersTotal;
    check.predictedNet = check.fitted->predictedTotal;
    check.actualOrders = std::accumulate(orders.begin(), orders.end(), 0.0);
    check.actualNet = std::accumulate(truth.net.begin(), truth.net.end(), 0.0);
    return check;
}

Result<RepeatTracking> trackRepeats(const OrderHistory &history, const CustomerSummary &customers,
                                    const ModelFit &fit, Day observed, Day until, int periodDays,
                                    const Task &task)
{
    RepeatTracking tracking;
    tracking.periodDays = std::max(1, periodDays);
    tracking.calibrationEnd = customers.until;
    Day first = customers.until;
    eachCustomer(history, customers, [&](std::size_t begin, std::size_t) {
        first = std::min(first, history.day[begin]);
    });
    const int before = (customers.until - first) / tracking.periodDays;
    std::vector<Day> next; // an expectation is to the beginning of a day
    std::size_t over = 0;
    for (std::int64_t end = std::int64_t{customers.until} - before * tracking.periodDays;
         end <= std::max(until, customers.until); end += tracking.periodDays) {
        tracking.day.push_back(static_cast<Day>(end));
        next.push_back(static_cast<Day>(end + 1));
        over += end <= observed ? 1 : 0;
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    auto expected = expectedCumulativeRepeats(fit, customers, next);
    if (!expected) {
        return expected.error();
    }
    tracking.expected = *std::move(expected);
    tracking.actual =
        repeatsByPeriod(history, customers, tracking.day.front(), tracking.periodDays, over);
    std::partial_sum(tracking.actual.begin(), tracking.actual.end(), tracking.actual.begin());
    return tracking;
}

} // namespace perennial
