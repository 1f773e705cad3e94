#include "core/value/cohort_value.h"

#include "core/value/frequency_model.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

namespace perennial {

namespace {

constexpr std::size_t kCustomersPerCheck = 1024;
/// Months of one customer's curve; a history of more is cut there.
constexpr int kMostMonths = 600;

Day spanStart(Day day, CohortSpan span)
{
    CivilDate date = civilFromDay(day);
    date.day = 1;
    if (span == CohortSpan::Quarter) {
        date.month = (date.month - 1) / 3 * 3 + 1;
    } else if (span == CohortSpan::Year) {
        date.month = 1;
    }
    return dayFromCivil(date);
}

/// The day m months after a first order.
Day monthEnd(Day first, int months)
{
    return first + static_cast<Day>(std::lround(months * kCohortMonthDays));
}

int monthsBetween(Day first, Day until)
{
    int months = static_cast<int>((until - first) / kCohortMonthDays);
    while (monthEnd(first, months + 1) <= until) {
        ++months;
    }
    while (months > 0 && monthEnd(first, months) > until) {
        --months;
    }
    return std::min(months, kMostMonths);
}

/// A customer of the history: the days of `user`, and the row of the summary.
struct Member {
    std::size_t user = 0;
    std::optional<std::size_t> row;
    Day first = 0;
};

std::map<Day, std::vector<Member>> membersBySpan(const OrderHistory &history, Day until,
                                                 const ValueResult *value, CohortSpan span)
{
    std::map<Day, std::vector<Member>> cohorts;
    std::size_t row = 0;
    for (std::size_t u = 0; u < history.size(); ++u) {
        Member member{u, {}, 0};
        bool ordered = false;
        for (std::size_t i = history.offsets[u]; i < history.offsets[u + 1] && !ordered; ++i) {
            ordered = history.ordered[i] != 0;
            member.first = history.day[i];
        }
        if (!ordered || member.first > until) {
            continue;
        }
        if (value) {
            const std::vector<std::int64_t> &rows = value->customers.user;
            while (row < rows.size() && rows[row] < history.user[u]) {
                ++row;
            }
            if (row < rows.size() && rows[row] == history.user[u]) {
                member.row = row;
            }
        }
        cohorts[spanStart(member.first, span)].push_back(member);
    }
    return cohorts;
}

/// Cumulative net of one customer through each month, up to the last one lived through or `until`.
class CustomerCurve {
public:
    CustomerCurve(const OrderHistory &history, const Member &member, Day until)
        : m_history(history), m_at(history.offsets[member.user]),
          m_end(history.offsets[member.user + 1]), m_until(until)
    {
    }
    /// Ask with rising days.
    double netThrough(Day day)
    {
        const Day last = std::min(day, m_until);
        for (; m_at < m_end && m_history.day[m_at] <= last; ++m_at) {
            m_net += toUnits(m_history.gross[m_at]) + toUnits(m_history.refunds[m_at]);
        }
        return m_net;
    }

private:
    const OrderHistory &m_history;
    std::size_t m_at, m_end;
    Day m_until;
    double m_net = 0.0;
};

/// What each customer is expected to bring from t₀ on, before margin and discount. Customers with
/// the same outlook share their first order's day, and so the ends of their months.
class Outlook {
public:
    static Result<Outlook> of(const ValueResult &value)
    {
        const auto model = findFrequencyModel(value.frequency.reportedModel);
        return model ? Result<Outlook>(Outlook(value, **model)) : Result<Outlook>(model.error());
    }
    int horizonDays() const { return m_value->options.horizonDays; }
    /// Within `days[k]` from t₀, k = 0 …, for one who is active. The same days for every customer
    /// who ordered first on the same day.
    const std::vector<double> &ordersWhileAlive(std::size_t row, const std::vector<int> &days)
    {
        const std::uint32_t c = m_classes.of[row];
        std::vector<double> &orders = m_orders[c];
        if (orders.empty() || m_ahead[c] != days.front()) {
            orders.clear();
            m_ahead[c] = days.front();
            const RepeatHistory h{m_classes.x[c], m_classes.tx[c], m_classes.T[c]};
            for (const int day : days) {
                orders.push_back(
                    day > 0 ? m_model->expectedWhileAlive(m_value->frequency.parameters, h,
                                                          day / daysPer(m_value->customers.period))
                            : 0.0);
            }
        }
        return orders;
    }
    /// Net revenue of an expected order of one who is active now.
    double netPerOrder(std::size_t row) const
    {
        return m_value->customers.netRatio() * m_value->predictions.meanOrderValue[row] *
               m_value->predictions.pAlive[row];
    }

private:
    Outlook(const ValueResult &value, const FrequencyModel &model)
        : m_value(&value), m_model(&model),
          m_classes(outlookClasses(value.customers, model.outlookReadsRecency())),
          m_orders(m_classes.size()), m_ahead(m_classes.size(), 0)
    {
    }
    const ValueResult *m_value;
    const FrequencyModel *m_model;
    OutlookClasses m_classes;
    std::vector<std::vector<double>> m_orders; ///< by class; empty = not asked for yet
    std::vector<int> m_ahead;                  ///< by class: the first of the days they are for
};

void fillRealised(CohortCurve &cohort, const OrderHistory &history,
                  const std::vector<Member> &members, Day until)
{
    std::vector<double> added; // in each month, by all who have lived through it
    std::vector<std::size_t> lived;
    int least = kMostMonths;
    for (const Member &member : members) {
        CustomerCurve curve(history, member, until);
        const int months = monthsBetween(member.first, until);
        least = std::min(least, months);
        double before = 0.0;
        for (int m = 0; m <= months; ++m) {
            const auto at = static_cast<std::size_t>(m);
            if (at == added.size()) {
                added.push_back(0.0);
                lived.push_back(0);
            }
            const double net = curve.netThrough(monthEnd(member.first, m));
            added[at] += net - std::exchange(before, net);
            ++lived[at];
        }
    }
    cohort.completeMonths = least;
    double sum = 0.0;
    for (std::size_t m = 0; m < added.size() && 2 * lived[m] >= members.size(); ++m) {
        sum += added[m] / static_cast<double>(lived[m]);
        cohort.realised.push_back(sum);
    }
}

Status fillPredicted(CohortCurve &cohort, const OrderHistory &history,
                     const std::vector<Member> &members, Day until, Outlook &outlook,
                     const Task &task)
{
    const int last = monthsBetween(cohort.lastFirst, until + outlook.horizonDays());
    cohort.predicted.assign(static_cast<std::size_t>(last - cohort.completeMonths + 1), 0.0);
    std::size_t done = 0;
    for (const Member &member : members) {
        if (++done % kCustomersPerCheck == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        std::vector<int> ahead;
        for (int m = cohort.completeMonths; m <= last; ++m) {
            ahead.push_back(monthEnd(member.first, m) - until);
        }
        const std::vector<double> none(ahead.size(), 0.0);
        const std::vector<double> &orders =
            member.row ? outlook.ordersWhileAlive(*member.row, ahead) : none;
        const double perOrder = member.row ? outlook.netPerOrder(*member.row) : 0.0;
        CustomerCurve curve(history, member, until);
        for (std::size_t k = 0; k < ahead.size(); ++k) {
            cohort.predicted[k] += (curve.netThrough(until + ahead[k]) + perOrder * orders[k]) /
                                   static_cast<double>(members.size());
        }
    }
    return Done{};
}

} // namespace

Day cohortCompleteOn(const CohortCurve &cohort, int months)
{
    return monthEnd(cohort.lastFirst, months);
}

Result<std::vector<CohortCurve>> cohortCurves(const OrderHistory &history, Day until,
                                              const ValueResult *value,
                                              const CohortOptions &options, const Task &task)
{
    const auto bySpan = membersBySpan(history, until, value, options.span);
    if (bySpan.empty()) {
        return fail(ErrorCode::NoPurchases, formatDate(until));
    }
    std::optional<Outlook> outlook;
    if (value) {
        auto made = Outlook::of(*value);
        if (!made) {
            return made.error();
        }
        outlook = *std::move(made);
    }
    const auto kept = std::min<std::size_t>(
        bySpan.size(), static_cast<std::size_t>(std::max(1, options.mostCohorts)));
    std::vector<CohortCurve> cohorts;
    for (auto it = std::prev(bySpan.end(), static_cast<std::ptrdiff_t>(kept)); it != bySpan.end();
         ++it) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        task.progress(static_cast<double>(cohorts.size()) / static_cast<double>(kept), "cohorts");
        CohortCurve cohort;
        cohort.firstDay = cohort.lastFirst = it->first;
        for (const Member &member : it->second) {
            cohort.users.push_back(history.user[member.user]);
            cohort.lastFirst = std::max(cohort.lastFirst, member.first);
        }
        fillRealised(cohort, history, it->second, until);
        if (outlook) {
            if (const Status filled =
                    fillPredicted(cohort, history, it->second, until, *outlook, task);
                !filled) {
                return filled.error();
            }
        }
        cohorts.push_back(std::move(cohort));
    }
    return cohorts;
}

} // namespace perennial
