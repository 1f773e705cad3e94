#include "core/lifecycle/retention_frame.h"

#include <algorithm>

namespace perennial {

namespace {

/// Whether user i did in the column what is asked, by the definition and without the sums of the
/// cells.
bool isCounted(const ActivityTable &activity, const RetentionFrame &frame, std::size_t i,
               const PeriodRange &column, RetentionKind kind, RetentionMeasure measure)
{
    if (!frame.isByTime() && frame.lastWhole(i) < column.to) {
        return false;
    }
    if (measure == RetentionMeasure::Users) {
        return true;
    }
    const RetentionFrame::Member member = frame.member(i);
    for (std::size_t row = member.from; row < member.to; ++row) {
        const std::int64_t number = frame.periodOf(i, row);
        const bool isInside =
            number >= column.from && (kind == RetentionKind::Unbounded || number <= column.to);
        if (isInside && (measure == RetentionMeasure::Active || activity.orders[row] > 0)) {
            return true;
        }
    }
    return false;
}

} // namespace

Result<std::vector<std::int64_t>>
retentionUsers(const ActivityTable &activity, Day at, const UserLabels *labels,
               const RetentionOptions &options, std::size_t cohort, std::size_t column,
               RetentionMeasure measure)
{
    const auto frame = RetentionFrame::of(activity, at, labels, options, Task());
    if (!frame) {
        return frame.error();
    }
    if (cohort >= frame->cohorts().size() || column >= frame->columns().size()) {
        return fail(ErrorCode::InvalidArgument,
                    std::to_string(cohort) + "/" + std::to_string(column), "cell");
    }
    std::vector<std::int64_t> users;
    for (std::size_t i = 0; i < activity.size(); ++i) {
        if (frame->member(i).cohort == static_cast<std::int32_t>(cohort) &&
            isCounted(activity, *frame, i, frame->columns()[column], options.kind, measure)) {
            users.push_back(activity.user[i]);
        }
    }
    return users;
}

} // namespace perennial
