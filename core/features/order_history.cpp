#include "core/features/order_history.h"

#include "core/project/stored.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// The days [begin, end) of user u up to and including `until`.
std::size_t endUpTo(const OrderHistory &history, std::size_t u, Day until)
{
    const auto from = history.day.begin();
    const auto begin = from + static_cast<std::ptrdiff_t>(history.offsets[u]);
    const auto end = from + static_cast<std::ptrdiff_t>(history.offsets[u + 1]);
    return static_cast<std::size_t>(std::upper_bound(begin, end, until) - from);
}

UserPurchases purchasesUpTo(const OrderHistory &history, std::size_t u, std::size_t end)
{
    UserPurchases p;
    p.user = history.user[u];
    for (std::size_t i = history.offsets[u]; i < end; ++i) {
        p.refunds = sumOf(p.refunds, history.refunds[i]);
        if (history.ordered[i] == 0) {
            continue;
        }
        if (p.orderDays == 0) {
            p.firstDay = history.day[i];
            p.firstDayGross = history.gross[i];
        }
        p.lastDay = history.day[i];
        ++p.orderDays;
        p.gross = sumOf(p.gross, history.gross[i]);
    }
    p.orders = p.orderDays;
    return p;
}

/// Σ ln of the gaps between a user's order days, in days.
double logGapsUpTo(const OrderHistory &history, std::size_t u, std::size_t end)
{
    double sum = 0.0;
    std::optional<Day> before;
    for (std::size_t i = history.offsets[u]; i < end; ++i) {
        if (history.ordered[i] != 0) {
            if (before) {
                sum += std::log(static_cast<double>(std::int64_t{history.day[i]} - *before));
            }
            before = history.day[i];
        }
    }
    return sum;
}

/// Repeat periods of one user: how many of the elapsed ones had an order, and the last of them.
struct PeriodCounts {
    std::int32_t x = 0;
    std::int64_t last = 0, elapsed = 0;
    Money gross = 0; ///< of the counted periods
};

PeriodCounts periodCounts(const OrderHistory &history, std::size_t u, std::size_t end, Day first,
                          Day until, double days)
{
    PeriodCounts counts;
    const double age = static_cast<double>(std::int64_t{until} - first);
    counts.elapsed = static_cast<std::int64_t>(std::floor(age / days));
    for (std::size_t i = history.offsets[u]; i < end; ++i) {
        if (history.ordered[i] == 0) {
            continue;
        }
        // Day 1 … days after the first are period 1.
        const double since = static_cast<double>(std::int64_t{history.day[i]} - first);
        const auto period = static_cast<std::int64_t>(std::ceil(since / days));
        if (period > counts.elapsed) {
            break;
        }
        counts.gross = period > 0 ? sumOf(counts.gross, history.gross[i]) : counts.gross;
        if (period > counts.last) {
            ++counts.x;
            counts.last = period;
        }
    }
    return counts;
}

} // namespace

std::optional<Day> OrderHistory::firstDay() const noexcept
{
    return day.empty() ? std::nullopt : std::optional(*std::min_element(day.begin(), day.end()));
}

std::optional<Day> OrderHistory::lastDay() const noexcept
{
    return day.empty() ? std::nullopt : std::optional(*std::max_element(day.begin(), day.end()));
}

OrderHistory orderHistoryOf(std::span<const MoneyDay> days)
{
    OrderHistory history;
    for (const MoneyDay &row : days) {
        if (history.user.empty() || history.user.back() != row.user) {
            history.user.push_back(row.user);
            history.offsets.push_back(history.day.size());
        }
        history.day.push_back(row.day);
        history.ordered.push_back(row.ordered ? 1 : 0);
        history.gross.push_back(row.gross);
        history.refunds.push_back(row.refunds);
    }
    history.offsets.push_back(history.day.size());
    return history;
}

Result<OrderHistory> readOrderHistory(const Project &project, std::optional<Day> until,
                                      const Task &task)
{
    task.progress(0.0, "summary");
    const auto days = readMoneyDays(project, until);
    if (!days) {
        return days.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    const bool anyOrder =
        std::any_of(days->begin(), days->end(), [](const MoneyDay &d) { return d.ordered; });
    if (!anyOrder) {
        return fail(ErrorCode::NoPurchases, until ? formatDate(*until) : std::string());
    }
    task.progress(1.0, "summary");
    return orderHistoryOf(*days);
}

CustomerSummary summarizeAt(const OrderHistory &history, const SummaryOptions &options)
{
    const Day until = options.until.value();
    std::vector<UserPurchases> purchases;
    std::vector<double> logGaps;
    const double logPeriod = std::log(daysPer(options.period));
    for (std::size_t u = 0; u < history.size(); ++u) {
        const std::size_t end = endUpTo(history, u, until);
        const UserPurchases p = purchasesUpTo(history, u, end);
        if (p.orderDays > 0) {
            purchases.push_back(p);
            logGaps.push_back(logGapsUpTo(history, u, end) - (p.orderDays - 1) * logPeriod);
        }
    }
    CustomerSummary summary =
        summarizeCustomers(purchases, until, options.period, options.firstPurchaseInSpend);
    summary.logGaps = std::move(logGaps);
    return summary;
}

CustomerSummary summarizeByPeriod(const OrderHistory &history, const SummaryOptions &options)
{
    CustomerSummary summary = summarizeAt(history, options);
    const double days = daysPer(options.period);
    std::size_t row = 0;
    for (std::size_t u = 0; u < history.size() && row < summary.size(); ++u) {
        if (history.user[u] != summary.user[row]) {
            continue;
        }
        const std::size_t end = endUpTo(history, u, summary.until);
        const UserPurchases p = purchasesUpTo(history, u, end);
        const PeriodCounts counts = periodCounts(history, u, end, p.firstDay, summary.until, days);
        const bool withFirst = options.firstPurchaseInSpend;
        const std::int32_t spendPeriods = counts.x + (withFirst ? 1 : 0);
        const Money spent = withFirst ? sumOf(counts.gross, p.firstDayGross) : counts.gross;
        summary.x[row] = counts.x;
        summary.tx[row] = static_cast<double>(counts.last);
        summary.T[row] = static_cast<double>(counts.elapsed);
        summary.spendDays[row] = spendPeriods;
        summary.meanSpend[row] = spendPeriods > 0 ? toUnits(spent) / spendPeriods : 0.0;
        ++row;
    }
    summary.clock = OrderClock::WholePeriods;
    summary.logGaps.clear();
    return summary;
}

WindowTruth truthOf(const OrderHistory &history, const CustomerSummary &customers, Day after,
                    Day until)
{
    WindowTruth truth;
    std::size_t u = 0;
    for (const std::int64_t user : customers.user) {
        while (u < history.size() && history.user[u] < user) {
            ++u;
        }
        std::int32_t orderDays = 0;
        Money gross = 0;
        Money refunds = 0;
        if (u < history.size() && history.user[u] == user) {
            const std::size_t end = endUpTo(history, u, until);
            for (std::size_t i = endUpTo(history, u, after); i < end; ++i) {
                orderDays += history.ordered[i];
                gross = sumOf(gross, history.gross[i]);
                refunds = sumOf(refunds, history.refunds[i]);
            }
        }
        truth.orderDays.push_back(orderDays);
        truth.net.push_back(toUnits(sumOf(gross, refunds)));
        truth.gross.push_back(toUnits(gross));
    }
    return truth;
}

std::vector<std::int64_t> repeatBuyers(const OrderHistory &history,
                                       const CustomerSummary &customers, Day after, Day until)
{
    std::vector<std::int64_t> buyers;
    std::size_t u = 0;
    for (const std::int64_t user : customers.user) {
        while (u < history.size() && history.user[u] < user) {
            ++u;
        }
        if (u == history.size() || history.user[u] != user) {
            continue;
        }
        bool known = false;
        const std::size_t end = endUpTo(history, u, until);
        for (std::size_t i = history.offsets[u]; i < end; ++i) {
            if (history.ordered[i] == 0) {
                continue;
            }
            if (known && history.day[i] > after) {
                buyers.push_back(user);
                break;
            }
            known = true;
        }
    }
    return buyers;
}

} // namespace perennial
