#pragma once

#include "core/lifecycle/retention.h"

#include <cstddef>
#include <limits>
#include <vector>

namespace perennial {

/// Which cohort each user belongs to, which period each of his days lies in, and how far he has
/// been observed: what counting cells and listing their users share.
class RetentionFrame {
public:
    static Result<RetentionFrame> of(const ActivityTable &activity, Day at,
                                     const UserLabels *labels, const RetentionOptions &options,
                                     const Task &task);

    struct Member {
        std::int32_t cohort = -1; ///< −1 = in none that is shown
        std::size_t from = 0, to = 0; ///< his days from the anchor on, up to t₀
    };
    Member member(std::size_t i) const;
    /// Of a day of user i, 0 in the anchor's.
    std::int64_t periodOf(std::size_t i, std::size_t row) const noexcept;
    /// The last period of user i that had ended by t₀; −1 = none.
    std::int64_t lastWhole(std::size_t i) const noexcept;

    bool isByTime() const noexcept { return m_byTime; }
    const std::vector<PeriodRange> &columns() const noexcept { return m_columns; }
    /// Names and sizes, no cells.
    const std::vector<RetentionCohort> &cohorts() const noexcept { return m_cohorts; }
    std::int64_t olderUsers() const noexcept { return m_olderUsers; }
    /// Of a cohort in time: the last day of a period for its youngest user.
    Day completeOn(std::size_t cohort, std::int64_t period) const noexcept;
    /// The period that the cohort's oldest user is in at t₀.
    std::int64_t lastBegun(std::size_t cohort) const noexcept;

private:
    static constexpr std::size_t kNoAnchor = std::numeric_limits<std::size_t>::max();
    struct Span {
        UtcSecond oldest = std::numeric_limits<UtcSecond>::max();
        UtcSecond youngest = std::numeric_limits<UtcSecond>::min();
    };

    RetentionFrame(const ActivityTable &activity, Day at, const RetentionOptions &options)
        : m_activity(&activity), m_at(at), m_options(options)
    {
    }
    Status findAnchors(const Task &task);
    void groupByTime();
    void groupByLabel(const UserLabels &labels);
    void noteSpans();
    void setColumns();
    bool isCalendar() const noexcept { return m_activity->clock == ActivityClock::Calendar; }
    std::int64_t periodAt(UtcSecond anchor) const noexcept; ///< that holds t₀
    std::int64_t lastWholeFrom(UtcSecond anchor) const noexcept;
    UtcSecond anchorOf(std::size_t i) const noexcept;

    const ActivityTable *m_activity;
    Day m_at;
    RetentionOptions m_options;
    bool m_byTime = true;
    std::vector<std::size_t> m_anchorRow; ///< by user; kNoAnchor = not by t₀
    std::vector<std::int32_t> m_cohortOf; ///< by user
    std::vector<RetentionCohort> m_cohorts;
    std::vector<Span> m_spans; ///< anchors, by cohort
    std::vector<PeriodRange> m_columns;
    std::int64_t m_olderUsers = 0;
};

} // namespace perennial
