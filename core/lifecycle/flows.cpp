#include "core/lifecycle/lifecycle.h"

#include <algorithm>

namespace perennial {

namespace {

/// More come from a stray date alone: 27 years of days, 800 of months.
constexpr std::size_t kMostPeriods = 10'000;

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

/// The newest periods up to t₀'s, at most kMostPeriods of them; what is older is counted nowhere.
class FlowRows {
public:
    FlowRows(const PeriodIndex &index, Day at, Period period)
    {
        const std::size_t periods = index.of(at) + 1;
        m_skipped = periods - std::min(periods, kMostPeriods);
        m_rows.resize(periods - m_skipped);
        Day start = index.start();
        for (std::size_t i = 0; i < periods; ++i) {
            if (i >= m_skipped) {
                m_rows[i - m_skipped].start = start;
            }
            start = nextPeriodStart(start, period);
        }
        m_rows.back().complete = start - 1 <= at;
    }

    /// @return null for a period that is not kept.
    FlowRow *of(std::size_t period) noexcept
    {
        const bool kept = period >= m_skipped && period - m_skipped < m_rows.size();
        return kept ? &m_rows[period - m_skipped] : nullptr;
    }
    void countLeaver(std::size_t lastActive) noexcept
    {
        if (FlowRow *next = of(lastActive + 1)) {
            ++next->dormant;
        }
    }
    std::vector<FlowRow> take() noexcept { return std::move(m_rows); }

private:
    std::vector<FlowRow> m_rows;
    std::size_t m_skipped = 0;
};

} // namespace

std::optional<double> quickRatio(const FlowRow &row) noexcept
{
    if (row.dormant == 0) {
        return std::nullopt;
    }
    return static_cast<double>(row.fresh + row.resurrected) / static_cast<double>(row.dormant);
}

std::vector<FlowRow> computeFlows(const std::vector<ActiveDay> &days, Day at, Period period)
{
    Day first = at;
    bool any = false;
    for (const ActiveDay &day : days) {
        if (day.day <= at) {
            first = std::min(first, day.day);
            any = true;
        }
    }
    if (!any) {
        return {};
    }
    const PeriodIndex index(first, period);
    FlowRows rows(index, at, period);
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
            rows.countLeaver(last);
        }
        if (FlowRow *row = rows.of(now)) {
            ++row->active;
            ++(isNew ? row->fresh : now == last + 1 ? row->current : row->resurrected);
        }
        known = true;
        user = day.user;
        last = now;
    }
    rows.countLeaver(last);
    return rows.take();
}

std::vector<std::int64_t> flowUsers(const std::vector<ActiveDay> &days, Day at, Period period,
                                    Day in, FlowKind kind)
{
    const Day start = periodStart(in, period);
    const Day before = periodStart(daysAfter(start, -1), period);
    const std::int64_t end = nextPeriodStart(start, period);
    std::vector<std::int64_t> users;
    for (std::size_t from = 0; from < days.size();) {
        bool isEarlier = false, wasBefore = false, isNow = false;
        std::size_t row = from;
        for (; row < days.size() && days[row].user == days[from].user; ++row) {
            const Day day = days[row].day;
            if (day <= at) {
                isEarlier = isEarlier || day < start;
                wasBefore = wasBefore || (day >= before && day < start);
                isNow = isNow || (day >= start && day < end);
            }
        }
        const FlowKind now = wasBefore   ? FlowKind::Current
                             : isEarlier ? FlowKind::Resurrected
                                         : FlowKind::Fresh;
        if (isNow ? kind == now : wasBefore && kind == FlowKind::Dormant) {
            users.push_back(days[from].user);
        }
        from = row;
    }
    return users;
}

} // namespace perennial
