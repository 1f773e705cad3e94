#include "core/lifecycle/retention_frame.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>

namespace perennial {

namespace {

constexpr std::size_t kUsersPerCheck = 16384;
constexpr std::int32_t kLastPeriod = 10'000; ///< of a bracket

ActivityClock ownClock(CohortAnchor anchor)
{
    return anchor == CohortAnchor::FirstEvent ? ActivityClock::SinceFirstEvent
                                              : ActivityClock::SinceFirstPurchase;
}

std::string rangeText(const PeriodRange &range)
{
    return std::to_string(range.from) + "-" + std::to_string(range.to);
}

Status checkBrackets(const std::vector<PeriodRange> &brackets)
{
    std::int32_t before = -1;
    for (const PeriodRange &range : brackets) {
        if (range.from <= before || range.to < range.from || range.to > kLastPeriod) {
            return fail(ErrorCode::InvalidArgument, rangeText(range), "brackets");
        }
        before = range.to;
    }
    return brackets.empty() ? Status(fail(ErrorCode::InvalidArgument, {}, "brackets"))
                            : Status(Done{});
}

Status checkOptions(const ActivityTable &activity, const RetentionOptions &options)
{
    if (activity.clock != ActivityClock::Calendar && activity.clock != ownClock(options.anchor)) {
        return fail(ErrorCode::InvalidArgument, std::string(activityClockName(activity.clock)),
                    "clock");
    }
    for (const std::size_t most : {options.mostCohorts, options.mostPeriods}) {
        if (most < 1 || most > kMostRetentionCells) {
            return fail(ErrorCode::InvalidArgument, std::to_string(most), "most");
        }
    }
    if (!(options.level > 0.0 && options.level < 1.0)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.level), "level");
    }
    return options.kind == RetentionKind::Bracket ? checkBrackets(options.brackets)
                                                  : Status(Done{});
}

} // namespace

Result<RetentionFrame> RetentionFrame::of(const ActivityTable &activity, Day at,
                                          const UserLabels *labels,
                                          const RetentionOptions &options, const Task &task)
{
    if (const Status sound = checkOptions(activity, options); !sound) {
        return sound.error();
    }
    RetentionFrame frame(activity, at, options);
    if (const Status found = frame.findAnchors(task); !found) {
        return found.error();
    }
    if (labels) {
        frame.groupByLabel(*labels);
    } else {
        frame.groupByTime();
    }
    frame.noteSpans();
    frame.setColumns();
    return frame;
}

Status RetentionFrame::findAnchors(const Task &task)
{
    const ActivityTable &table = *m_activity;
    m_anchorRow.assign(table.size(), kNoAnchor);
    bool any = false;
    for (std::size_t i = 0; i < table.size(); ++i) {
        if (i % kUsersPerCheck == 0 && task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        std::size_t row = table.offsets[i];
        const std::size_t end = table.offsets[i + 1];
        while (m_options.anchor == CohortAnchor::FirstPurchase && row < end &&
               table.orders[row] == 0) {
            ++row;
        }
        if (row < end && table.day[row] <= m_at) {
            m_anchorRow[i] = row;
            any = true;
        }
    }
    if (!any) {
        return fail(m_options.anchor == CohortAnchor::FirstEvent ? ErrorCode::NoEvents
                                                                 : ErrorCode::NoPurchases,
                    formatDate(m_at));
    }
    return Done{};
}

/// On the calendar only the day counts.
UtcSecond RetentionFrame::anchorOf(std::size_t i) const noexcept
{
    return isCalendar() ? startOf(m_activity->day[m_anchorRow[i]]) : m_activity->anchor[i];
}

void RetentionFrame::groupByTime()
{
    std::map<std::int64_t, std::int64_t> users; // by period
    for (const std::size_t row : m_anchorRow) {
        if (row != kNoAnchor) {
            ++users[cohortPeriodOf(m_activity->day[row], m_options.period)];
        }
    }
    const std::size_t skipped = users.size() - std::min(users.size(), m_options.mostCohorts);
    std::map<std::int64_t, std::int32_t> cohortOf;
    std::size_t seen = 0;
    for (const auto &[period, count] : users) {
        if (seen++ < skipped) {
            m_olderUsers += count;
            continue;
        }
        cohortOf[period] = static_cast<std::int32_t>(m_cohorts.size());
        RetentionCohort cohort;
        cohort.start = cohortPeriodStart(period, m_options.period);
        cohort.users = count;
        m_cohorts.push_back(std::move(cohort));
    }
    for (const std::size_t row : m_anchorRow) {
        const auto found =
            row == kNoAnchor
                ? cohortOf.end()
                : cohortOf.find(cohortPeriodOf(m_activity->day[row], m_options.period));
        m_cohortOf.push_back(found == cohortOf.end() ? -1 : found->second);
    }
}

void RetentionFrame::groupByLabel(const UserLabels &labels)
{
    m_byTime = false;
    const std::vector<std::string> words =
        labelsOf(labels, {m_activity->user.begin(), m_activity->user.end()});
    std::unordered_map<std::string_view, std::int64_t> users;
    for (std::size_t i = 0; i < words.size(); ++i) {
        users[words[i]] += m_anchorRow[i] == kNoAnchor ? 0 : 1;
    }
    std::erase_if(users, [](const auto &value) { return value.second == 0; });
    std::vector<std::pair<std::string_view, std::int64_t>> bySize(users.begin(), users.end());
    std::ranges::sort(bySize, {}, [](const auto &value) {
        return std::pair(-value.second, value.first);
    });
    const std::size_t kept = bySize.size() > m_options.mostCohorts ? m_options.mostCohorts - 1
                                                                   : bySize.size();
    std::unordered_map<std::string_view, std::int32_t> cohortOf;
    for (std::size_t k = 0; k < bySize.size(); ++k) {
        const auto &[value, count] = bySize[k];
        if (k <= kept) {
            RetentionCohort cohort;
            cohort.isRest = k == kept;
            cohort.value = cohort.isRest ? std::string() : std::string(value);
            m_cohorts.push_back(std::move(cohort));
        }
        m_cohorts.back().users += count;
        cohortOf[value] = static_cast<std::int32_t>(m_cohorts.size()) - 1;
    }
    for (std::size_t i = 0; i < words.size(); ++i) {
        m_cohortOf.push_back(m_anchorRow[i] == kNoAnchor ? -1 : cohortOf.at(words[i]));
    }
}

void RetentionFrame::noteSpans()
{
    m_spans.resize(m_cohorts.size());
    for (std::size_t i = 0; i < m_cohortOf.size(); ++i) {
        if (m_cohortOf[i] >= 0) {
            Span &span = m_spans[static_cast<std::size_t>(m_cohortOf[i])];
            span.oldest = std::min(span.oldest, anchorOf(i));
            span.youngest = std::max(span.youngest, anchorOf(i));
        }
    }
}

void RetentionFrame::setColumns()
{
    if (m_options.kind == RetentionKind::Bracket) {
        m_columns = m_options.brackets;
        return;
    }
    std::int64_t last = 0;
    for (std::size_t c = 0; c < m_cohorts.size(); ++c) {
        last = std::max(last, lastBegun(c));
    }
    const auto columns = std::min<std::int64_t>(
        last + 1, static_cast<std::int64_t>(m_options.mostPeriods));
    for (std::int32_t n = 0; n < columns; ++n) {
        m_columns.push_back({n, n});
    }
}

RetentionFrame::Member RetentionFrame::member(std::size_t i) const
{
    Member member;
    member.cohort = m_cohortOf[i];
    if (member.cohort >= 0) {
        const auto first = m_activity->day.begin();
        member.from = m_anchorRow[i];
        const auto end = std::upper_bound(
            first + static_cast<std::ptrdiff_t>(member.from),
            first + static_cast<std::ptrdiff_t>(m_activity->offsets[i + 1]), m_at);
        member.to = static_cast<std::size_t>(end - first);
    }
    return member;
}

std::int64_t RetentionFrame::periodOf(std::size_t i, std::size_t row) const noexcept
{
    const Day day = m_activity->day[row];
    const Day anchor = m_activity->day[m_anchorRow[i]];
    if (isCalendar()) {
        return cohortPeriodOf(day, m_options.period) - cohortPeriodOf(anchor, m_options.period);
    }
    return (std::int64_t{day} - anchor) / cohortPeriodDays(m_options.period);
}

std::int64_t RetentionFrame::lastWholeFrom(UtcSecond anchor) const noexcept
{
    if (isCalendar()) {
        return cohortPeriodOf(m_at + 1, m_options.period) - 1 -
               cohortPeriodOf(dayOf(anchor), m_options.period);
    }
    const std::int64_t spans = (startOf(m_at) + kSecondsPerDay - anchor) / kSecondsPerDay;
    return spans / cohortPeriodDays(m_options.period) - 1;
}

std::int64_t RetentionFrame::lastWhole(std::size_t i) const noexcept
{
    return lastWholeFrom(anchorOf(i));
}

std::int64_t RetentionFrame::periodAt(UtcSecond anchor) const noexcept
{
    if (isCalendar()) {
        return cohortPeriodOf(m_at, m_options.period) -
               cohortPeriodOf(dayOf(anchor), m_options.period);
    }
    return (startOf(m_at) + kSecondsPerDay - 1 - anchor) / kSecondsPerDay /
           cohortPeriodDays(m_options.period);
}

std::int64_t RetentionFrame::lastBegun(std::size_t cohort) const noexcept
{
    return periodAt(m_spans[cohort].oldest);
}

Day RetentionFrame::completeOn(std::size_t cohort, std::int64_t period) const noexcept
{
    const UtcSecond youngest = m_spans[cohort].youngest;
    if (isCalendar()) {
        const std::int64_t first = cohortPeriodOf(dayOf(youngest), m_options.period);
        return cohortPeriodStart(first + period + 1, m_options.period) - 1;
    }
    const std::int64_t days = (period + 1) * cohortPeriodDays(m_options.period);
    return dayOf(youngest + days * kSecondsPerDay - 1);
}

} // namespace perennial
