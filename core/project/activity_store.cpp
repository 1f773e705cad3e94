#include "core/project/activity_store.h"

#include "core/project/interruptible.h"
#include "core/project/money_rows.h"

#include <algorithm>

namespace perennial {

namespace {

struct Moment {
    UtcSecond at = 0;
    EventKind kind = EventKind::View;
};

/// The day of the user's clock that a second lies in.
Day clockDay(ActivityClock clock, UtcSecond anchor, UtcSecond at)
{
    if (clock == ActivityClock::Calendar) {
        return dayOf(at);
    }
    return dayOf(anchor) + dayOf(at - anchor);
}

/// Takes one user's moments in time order and adds his days to the table.
class DayFold {
public:
    explicit DayFold(ActivityTable &table) : m_table(table) { m_table.offsets.push_back(0); }

    void add(std::int64_t user, Moment moment)
    {
        if (user != m_user) {
            finish();
            m_user = user;
        }
        m_moments.push_back(moment);
    }

    void finish()
    {
        auto from = m_moments.begin();
        if (m_table.clock == ActivityClock::SinceFirstPurchase) {
            from = std::ranges::find(m_moments, EventKind::Purchase, &Moment::kind);
        }
        if (from != m_moments.end()) {
            const UtcSecond anchor = from->at;
            m_table.user.push_back(static_cast<std::int32_t>(m_user));
            m_table.anchor.push_back(anchor);
            for (auto moment = from; moment != m_moments.end(); ++moment) {
                addDay(clockDay(m_table.clock, anchor, moment->at));
            }
            m_table.offsets.push_back(m_table.day.size());
        }
        m_moments.clear();
    }

private:
    void addDay(Day day)
    {
        const bool isFirst = m_table.day.size() == m_table.offsets.back();
        if (isFirst || m_table.day.back() != day) {
            m_table.day.push_back(day);
        }
    }

    ActivityTable &m_table;
    std::int64_t m_user = 0;
    std::vector<Moment> m_moments;
};

/// Puts money rows, which come by user, then time, on the days of the table.
class MoneyFold {
public:
    explicit MoneyFold(ActivityTable &table) : m_table(table)
    {
        m_table.orders.assign(m_table.day.size(), 0);
        m_table.net.assign(m_table.day.size(), 0);
    }

    void add(std::int64_t user, UtcSecond at, EventKind kind, Money amount, std::int64_t order)
    {
        if (!seekUser(user) || at < m_table.anchor[m_user]) {
            return; // before the first purchase
        }
        const Day day = clockDay(m_table.clock, m_table.anchor[m_user], at);
        if (m_table.day[m_row] != day) {
            finish();
            seekDay(day);
        }
        m_table.net[m_row] = sumOf(m_table.net[m_row], amount);
        if (kind == EventKind::Purchase) {
            m_orders.push_back(order);
        }
    }

    void finish()
    {
        if (!m_orders.empty()) {
            std::ranges::sort(m_orders);
            const auto repeated = std::ranges::unique(m_orders);
            m_table.orders[m_row] =
                static_cast<std::int32_t>(m_orders.size() - repeated.size());
            m_orders.clear();
        }
    }

private:
    bool seekUser(std::int64_t user)
    {
        while (m_user < m_table.size() && m_table.user[m_user] < user) {
            finish();
            ++m_user;
            m_row = m_table.offsets[m_user];
        }
        return m_user < m_table.size() && m_table.user[m_user] == user;
    }

    /// The day is there, this row having been one of the walk's, unless the two indexes disagree.
    void seekDay(Day day)
    {
        const std::size_t end = m_table.offsets[m_user + 1];
        while (m_row < end && m_table.day[m_row] != day) {
            ++m_row;
        }
        if (m_row == end) {
            throw SqlFailure(ErrorCode::Damaged, "event_money");
        }
    }

    ActivityTable &m_table;
    std::size_t m_user = 0, m_row = 0;
    std::vector<std::int64_t> m_orders; ///< of the day at m_row
};

} // namespace

std::string_view activityClockName(ActivityClock clock) noexcept
{
    switch (clock) {
    case ActivityClock::Calendar: return "calendar";
    case ActivityClock::SinceFirstEvent: return "first_event";
    case ActivityClock::SinceFirstPurchase: return "first_purchase";
    }
    return "calendar";
}

Result<ActivityTable> readActivity(const Project &project, std::optional<Day> until,
                                   ActivityClock clock, const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<ActivityTable> {
        Database &database = project.database();
        const ReadSnapshot oneState(database);
        const Interruptible interruptible(database, task);
        ActivityTable table;
        table.clock = clock;
        task.progress(0.0, "reading");
        {
            Statement query(database, "SELECT user_id, at, kind FROM event WHERE at < ? AND " +
                                          visibleRows(database).events + " ORDER BY user_id, at");
            query.bindAll(endOf(until));
            DayFold fold(table);
            while (query.step()) {
                fold.add(storedId(query, 0), {storedTime(query, 1), storedKind(query, 2)});
            }
            fold.finish();
        }
        task.progress(0.7, "reading");
        MoneyFold fold(table);
        eachMoneyRow(database, INT64_MIN, endOf(until),
                     [&](std::int64_t user, UtcSecond at, EventKind kind, Money amount,
                         std::int64_t order) { fold.add(user, at, kind, amount, order); });
        fold.finish();
        return table;
    });
}

ActivityTable onlyUsers(const ActivityTable &table, const std::vector<std::int64_t> &users)
{
    ActivityTable some;
    some.clock = table.clock;
    some.offsets.push_back(0);
    std::size_t i = 0;
    for (const std::int64_t user : users) {
        while (i < table.size() && table.user[i] < user) {
            ++i;
        }
        if (i == table.size() || table.user[i] != user) {
            continue;
        }
        some.user.push_back(table.user[i]);
        some.anchor.push_back(table.anchor[i]);
        for (std::size_t row = table.offsets[i]; row < table.offsets[i + 1]; ++row) {
            some.day.push_back(table.day[row]);
            some.orders.push_back(table.orders[row]);
            some.net.push_back(table.net[row]);
        }
        some.offsets.push_back(some.day.size());
    }
    return some;
}

} // namespace perennial
