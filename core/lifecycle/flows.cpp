#include "core/lifecycle/lifecycle.h"

#include <algorithm>

namespace perennial {

namespace {

/// Numbers calendar periods 0, 1, 2, … from the one that holds `first`.
class PeriodIndex {
public:
    PeriodIndex(Day first, Period period)
        : m_period(period), m_start(periodStart(first, period)), m_firstMonth(monthOf(first))
    {
    }

    std::size_t of(Day day) const noexcept
    {
        if (m_period == Period::Month) {
            return static_cast<std::size_t>(monthOf(day) - m_firstMonth);
        }
        const int days = m_period == Period::Week ? 7 : 1;
        return static_cast<std::size_t>((day - m_start) / days);
    }
    Day start() const noexcept { return m_start; }

private:
    static int monthOf(Day day) noexcept
    {
        const CivilDate date = civilFromDay(day);
        return date.year * 12 + date.month;
    }

    Period m_period;
    Day m_start;
    int m_firstMonth;
};

void countLeaver(std::vector<FlowRow> &rows, std::size_t lastActive)
{
    if (lastActive + 1 < rows.size()) {
        ++rows[lastActive + 1].dormant;
    }
}

} // namespace

std::vector<FlowRow> computeFlows(const std::vector<ActiveDay> &days, Day at, Period period)
{
    std::vector<FlowRow> rows;
    Day first = at;
    bool any = false;
    for (const ActiveDay &day : days) {
        if (day.day <= at) {
            first = std::min(first, day.day);
            any = true;
        }
    }
    if (!any) {
        return rows;
    }
    const PeriodIndex index(first, period);
    Day start = index.start();
    rows.resize(index.of(at) + 1);
    for (FlowRow &row : rows) {
        row.start = start;
        start = nextPeriodStart(start, period);
    }
    rows.back().complete = start - 1 <= at;

    bool known = false;
    std::int32_t user = 0;
    std::size_t last = 0; // period the user was last active in
    for (const ActiveDay &day : days) {
        if (day.day > at) {
            continue;
        }
        const std::size_t now = index.of(day.day);
        const bool isNew = !known || day.user != user;
        if (!isNew && now == last) {
            continue;
        }
        if (known && (isNew || now != last + 1)) {
            countLeaver(rows, last);
        }
        FlowRow &row = rows[now];
        ++row.active;
        ++(isNew ? row.fresh : now == last + 1 ? row.current : row.resurrected);
        known = true;
        user = day.user;
        last = now;
    }
    countLeaver(rows, last);
    return rows;
}

} // namespace perennial
