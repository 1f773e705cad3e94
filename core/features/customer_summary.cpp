#include "core/features/customer_summary.h"

#include "core/base/hash.h"
#include "core/features/order_history.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>

namespace perennial {

namespace {

/// Numbers equal keys 0, 1, 2, … in order of first appearance: open addressing, grows at half full.
template <class Key, class HashOf>
class Numbering {
public:
    explicit Numbering(HashOf hashOf) : m_hashOf(hashOf), m_slots(1024, kFree) {}

    std::uint32_t number(const Key &key)
    {
        if (m_keys.size() * 2 >= m_slots.size()) {
            grow();
        }
        std::size_t slot = m_hashOf(key) & (m_slots.size() - 1);
        while (m_slots[slot] != kFree) {
            if (m_keys[m_slots[slot]] == key) {
                return m_slots[slot];
            }
            slot = (slot + 1) & (m_slots.size() - 1);
        }
        const auto fresh = static_cast<std::uint32_t>(m_keys.size());
        m_slots[slot] = fresh;
        m_keys.push_back(key);
        return fresh;
    }
    const std::vector<Key> &keys() const noexcept { return m_keys; }

private:
    static constexpr std::uint32_t kFree = std::numeric_limits<std::uint32_t>::max();

    void grow()
    {
        m_slots.assign(m_slots.size() * 4, kFree);
        for (std::uint32_t i = 0; i < m_keys.size(); ++i) {
            std::size_t slot = m_hashOf(m_keys[i]) & (m_slots.size() - 1);
            while (m_slots[slot] != kFree) {
                slot = (slot + 1) & (m_slots.size() - 1);
            }
            m_slots[slot] = i;
        }
    }

    HashOf m_hashOf;
    std::vector<std::uint32_t> m_slots;
    std::vector<Key> m_keys;
};

struct HistoryKey {
    std::int32_t x;
    double tx, T;
    bool operator==(const HistoryKey &) const = default;
};

std::uint64_t hashOfHistory(const HistoryKey &key) noexcept
{
    const std::uint64_t tail = mix64(std::bit_cast<std::uint64_t>(key.T));
    return mix64(static_cast<std::uint64_t>(key.x) ^
                 mix64(std::bit_cast<std::uint64_t>(key.tx) ^ tail));
}

Result<CustomerSummary> readByPeriod(const Project &project, Day until, SummaryOptions options,
                                     const Task &task)
{
    const auto history = readOrderHistory(project, until, task);
    if (!history) {
        return history.error();
    }
    options.until = until;
    CustomerSummary summary = summarizeByPeriod(*history, options);
    if (summary.size() == 0) {
        return fail(ErrorCode::NoPurchases, formatDate(until));
    }
    return summary;
}

} // namespace

double CustomerSummary::netRatio() const noexcept
{
    return gross > 0.0 ? std::clamp((gross + refunds) / gross, 0.0, 1.0) : 1.0;
}

CustomerSummary summarizeCustomers(const std::vector<UserPurchases> &purchases, Day until,
                                   Period period, bool firstPurchaseInSpend)
{
    CustomerSummary summary;
    summary.until = until;
    summary.period = period;
    summary.firstPurchaseInSpend = firstPurchaseInSpend;
    for (auto *column : {&summary.tx, &summary.T, &summary.meanSpend, &summary.realised}) {
        column->reserve(purchases.size());
    }
    const double days = daysPer(period);
    Money gross = 0;
    Money refunds = 0;
    for (const UserPurchases &p : purchases) {
        if (p.orderDays < 1 || p.firstDay > until) {
            continue;
        }
        const std::int32_t repeats = p.orderDays - 1;
        // In 64 bits: days of years 1 and 9999 are far apart.
        const std::int64_t span = std::int64_t{p.lastDay} - p.firstDay;
        const std::int64_t age = std::int64_t{until} - p.firstDay;
        const std::int32_t spendDays = firstPurchaseInSpend ? p.orderDays : repeats;
        const Money spent = firstPurchaseInSpend ? p.gross : p.gross - p.firstDayGross;
        summary.user.push_back(p.user);
        summary.x.push_back(repeats);
        summary.tx.push_back(static_cast<double>(span) / days);
        summary.T.push_back(static_cast<double>(age) / days);
        summary.spendDays.push_back(spendDays);
        summary.meanSpend.push_back(spendDays > 0 ? toUnits(spent) / spendDays : 0.0);
        summary.realised.push_back(toUnits(p.gross + p.refunds));
        gross += p.gross;
        refunds += p.refunds;
    }
    summary.gross = toUnits(gross);
    summary.refunds = toUnits(refunds);
    return summary;
}

Result<CustomerSummary> readCustomerSummary(const Project &project, const SummaryOptions &options,
                                            const Task &task)
{
    task.progress(0.0, "summary");
    Day until = 0;
    if (options.until) {
        until = *options.until;
    } else {
        const auto settings = readSettings(project);
        if (!settings) {
            return settings.error();
        }
        const auto snapshot = snapshotDay(project, *settings);
        if (!snapshot) {
            return snapshot.error();
        }
        until = *snapshot;
    }
    if (options.clock == OrderClock::WholePeriods) {
        return readByPeriod(project, until, options, task);
    }
    if (options.gaps) {
        const auto history = readOrderHistory(project, until, task);
        if (!history) {
            return history.error();
        }
        return summarizeAt(*history, {until, options.period, options.firstPurchaseInSpend, true});
    }
    const auto purchases = readUserPurchases(project, until);
    if (!purchases) {
        return purchases.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    CustomerSummary summary =
        summarizeCustomers(*purchases, until, options.period, options.firstPurchaseInSpend);
    if (summary.size() == 0) {
        return fail(ErrorCode::NoPurchases, formatDate(until));
    }
    task.progress(1.0, "summary");
    return summary;
}

CustomerSummary customersAt(const CustomerSummary &customers, std::span<const std::size_t> rows)
{
    CustomerSummary some;
    some.until = customers.until;
    some.period = customers.period;
    some.firstPurchaseInSpend = customers.firstPurchaseInSpend;
    const bool gaps = customers.logGaps.size() == customers.size();
    double realised = 0.0;
    for (const std::size_t i : rows) {
        some.user.push_back(customers.user[i]);
        some.x.push_back(customers.x[i]);
        some.tx.push_back(customers.tx[i]);
        some.T.push_back(customers.T[i]);
        some.spendDays.push_back(customers.spendDays[i]);
        some.meanSpend.push_back(customers.meanSpend[i]);
        some.realised.push_back(customers.realised[i]);
        if (gaps) {
            some.logGaps.push_back(customers.logGaps[i]);
        }
        realised += customers.realised[i];
    }
    // All customers' share of refunds: so that the net ratio stays theirs.
    const double net = customers.gross + customers.refunds;
    some.gross = net > 0.0 ? realised / net * customers.gross : 0.0;
    some.refunds = net > 0.0 ? realised / net * customers.refunds : 0.0;
    return some;
}

RepeatTable mergeEqualCustomers(const CustomerSummary &customers)
{
    Numbering<HistoryKey, decltype(&hashOfHistory)> rows(&hashOfHistory);
    RepeatTable table;
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const auto row = rows.number({customers.x[i], customers.tx[i], customers.T[i]});
        if (row == table.weight.size()) {
            table.weight.push_back(0.0);
        }
        table.weight[row] += 1.0;
    }
    for (const HistoryKey &key : rows.keys()) {
        table.x.push_back(key.x);
        table.tx.push_back(key.tx);
        table.T.push_back(key.T);
    }
    table.customers = static_cast<double>(customers.size());
    if (customers.logGaps.size() == customers.size()) {
        table.logGaps = std::accumulate(customers.logGaps.begin(), customers.logGaps.end(), 0.0);
    }
    return table;
}

OutlookClasses outlookClasses(const CustomerSummary &customers, bool byRecency)
{
    Numbering<HistoryKey, decltype(&hashOfHistory)> rows(&hashOfHistory);
    OutlookClasses classes;
    classes.of.reserve(customers.size());
    for (std::size_t i = 0; i < customers.size(); ++i) {
        const double tx = byRecency ? customers.tx[i] : 0.0;
        const std::uint32_t number = rows.number({customers.x[i], tx, customers.T[i]});
        if (number == classes.tx.size()) {
            classes.tx.push_back(customers.tx[i]);
        }
        classes.of.push_back(number);
    }
    for (const HistoryKey &key : rows.keys()) {
        classes.x.push_back(key.x);
        classes.T.push_back(key.T);
    }
    return classes;
}

} // namespace perennial
