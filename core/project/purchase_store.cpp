#include "core/project/purchase_store.h"

#include "core/base/words.h"
#include "core/project/database.h"
#include "core/project/interruptible.h"
#include "core/project/money_rows.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <algorithm>

namespace perennial {

namespace {

// Folds a user's purchase and refund rows, which arrive in time order.
class PurchaseFold {
public:
    enum class Keep { Purchasers, AnyoneWithMoney };
    explicit PurchaseFold(Keep keep) : m_keep(keep) {}

    void add(std::int64_t user, UtcSecond at, EventKind kind, Money amount, std::int64_t order)
    {
        if (user != m_current.user) {
            finish();
            m_current.user = user;
        }
        if (kind == EventKind::Refund) {
            m_current.refunds = sumOf(m_current.refunds, amount);
            return;
        }
        const Day day = dayOf(at);
        if (m_current.orderDays == 0 || day != m_current.lastDay) {
            startDay(day);
        }
        m_current.gross = sumOf(m_current.gross, amount);
        if (m_current.orderDays == 1) {
            m_current.firstDayGross = sumOf(m_current.firstDayGross, amount);
        }
        noteOrder(order);
    }

    std::vector<UserPurchases> take()
    {
        finish();
        return std::move(m_users);
    }

private:
    void startDay(Day day)
    {
        endDay();
        if (m_current.orderDays == 0) {
            m_current.firstDay = day;
        }
        m_current.lastDay = day;
        ++m_current.orderDays;
    }

    // Orders of a day are few, but for the user who stands for all guests of a shop.
    void noteOrder(std::int64_t order)
    {
        if (m_dayOrders.empty() || m_dayOrders.back() != order) {
            m_dayOrders.push_back(order);
        }
    }

    void endDay()
    {
        std::ranges::sort(m_dayOrders);
        const auto repeated = std::unique(m_dayOrders.begin(), m_dayOrders.end());
        m_current.orders += static_cast<std::int32_t>(repeated - m_dayOrders.begin());
        m_dayOrders.clear();
    }

    void finish()
    {
        endDay();
        if (m_current.orderDays > 0 ||
            (m_keep == Keep::AnyoneWithMoney && m_current.refunds != 0)) {
            m_users.push_back(m_current);
        }
        m_current = {};
    }

    Keep m_keep;
    UserPurchases m_current;
    std::vector<std::int64_t> m_dayOrders;
    std::vector<UserPurchases> m_users;
};

Result<std::vector<UserPurchases>> readRange(const Project &project, UtcSecond from, UtcSecond to,
                                             PurchaseFold::Keep keep)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserPurchases>> {
        PurchaseFold fold(keep);
        eachMoneyRow(project.database(), from, to,
                     [&](std::int64_t user, UtcSecond at, EventKind kind, Money amount,
                         std::int64_t order) { fold.add(user, at, kind, amount, order); });
        return fold.take();
    });
}

} // namespace

Result<std::vector<UserPurchases>> readUserPurchases(const Project &project,
                                                     std::optional<Day> until)
{
    return readRange(project, INT64_MIN, endOf(until), PurchaseFold::Keep::Purchasers);
}

Result<std::vector<UserPurchases>> readUserPurchasesBetween(const Project &project, Day after,
                                                            Day until)
{
    return readRange(project, endOf(after), endOf(until),
                     PurchaseFold::Keep::AnyoneWithMoney);
}

namespace {

Result<std::vector<MoneyDay>> moneyDays(const Project &project, std::optional<Day> until,
                                        std::optional<std::int64_t> only)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<MoneyDay>> {
        std::vector<MoneyDay> days;
        eachMoneyRow(
            project.database(), INT64_MIN, endOf(until),
            [&](std::int64_t user, UtcSecond at, EventKind kind, Money amount, std::int64_t) {
                const Day day = dayOf(at);
                if (days.empty() || days.back().user != user || days.back().day != day) {
                    days.push_back({user, day, false, 0, 0});
                }
                MoneyDay &now = days.back();
                const bool isRefund = kind == EventKind::Refund;
                Money &sum = isRefund ? now.refunds : now.gross;
                sum = sumOf(sum, amount);
                now.ordered = now.ordered || !isRefund;
            },
            only);
        return days;
    });
}

} // namespace

Result<std::vector<MoneyDay>> readMoneyDays(const Project &project, std::optional<Day> until)
{
    return moneyDays(project, until, std::nullopt);
}

Result<std::vector<MoneyDay>> readMoneyDaysOf(const Project &project, std::int64_t user,
                                              std::optional<Day> until)
{
    return moneyDays(project, until, user);
}

Result<std::vector<FirstPurchase>> readFirstPurchases(const Project &project,
                                                      std::optional<Day> until)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<FirstPurchase>> {
        // min() takes the other columns from the row that has it; of a tie, the first to arrive.
        Statement query(project.database(),
                        "SELECT f.user_id, coalesce(i.category, ''), coalesce(c.key, ''), "
                        "coalesce(d.key, '') FROM (SELECT user_id, item_id, channel_id, device_id, "
                        "min(at) FROM event WHERE kind = 4 AND at < ? AND " +
                            visibleRows(project.database()).events +
                            " GROUP BY user_id) f LEFT JOIN item i ON i.id = f.item_id "
                            "LEFT JOIN channel c ON c.id = f.channel_id "
                            "LEFT JOIN device d ON d.id = f.device_id ORDER BY f.user_id");
        query.bindAll(endOf(until));
        std::vector<FirstPurchase> purchases;
        while (query.step()) {
            purchases.push_back({storedId(query, 0), query.text(1), query.text(2), query.text(3)});
        }
        return purchases;
    });
}

Result<std::vector<ActiveDay>> readActiveDays(const Project &project, std::optional<Day> until,
                                              const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<ActiveDay>> {
        const Interruptible interruptible(project.database(), task);
        Statement query(project.database(), "SELECT user_id, at, kind FROM event WHERE at < ? AND " +
                                                visibleRows(project.database()).events +
                                                " ORDER BY user_id, at");
        query.bindAll(endOf(until));
        std::vector<ActiveDay> days;
        while (query.step()) {
            const auto user = static_cast<std::int32_t>(storedId(query, 0));
            const Day day = dayOf(storedTime(query, 1));
            if (days.empty() || days.back().user != user || days.back().day != day) {
                days.push_back({user, day, false});
            }
            if (storedKind(query, 2) == EventKind::Purchase) {
                days.back().ordered = true;
            }
        }
        return days;
    });
}

} // namespace perennial
