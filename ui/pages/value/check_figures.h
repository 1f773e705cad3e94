#pragma once

#include "core/project/user_state_store.h"
#include "core/value/holdout_check.h"
#include "ui/charts/chart_spec.h"
#include "ui/pages/user_chooser.h"

namespace perennial {

/// The value models judged on the last part of the history, which they were not fitted on.
struct CheckFigures {
    UserStateLabel label;
    HoldoutCheck holdout;
    RepeatTracking tracking; ///< of the customers of the fit at the cut, on past t₀
};
/// Fits the models of the scores anew at the cut. @error NotTrained where the scores have no value
/// model; as checkOnHoldout; Cancelled.
Result<CheckFigures> readCheckFigures(const Project &project, const Task &task);

/// Days of a period that a history of so many days is tracked by: weeks, or four of them.
int trackedPeriodDays(int days) noexcept;

/// What is compared per customer.
enum class CheckedFigure { Orders, Net };
const std::vector<CalibrationGroup> &groupsOf(const CheckFigures &figures, CheckedFigure figure);

/// Predicted and observed mean of each tenth by prediction; mark index = group.
ChartSpec tenthsChart(const CheckFigures &figures, CheckedFigure figure);
/// Observed against predicted mean, on the diagonal where both agree; mark index = group.
ChartSpec calibrationChart(const CheckFigures &figures, CheckedFigure figure);
/// Repeat orders through each period, and those of each period.
ChartSpec cumulativeTrackingChart(const RepeatTracking &tracking);
ChartSpec periodTrackingChart(const RepeatTracking &tracking);

enum class TrackedSpan { SoFar, Period };
/// Whom a point of a tracking chart stands for: observed, who ordered again in its span; expected,
/// all customers tracked. @param observed the last series of the chart.
UsersBehind trackedUsers(std::shared_ptr<const CustomerSummary> customers,
                         const RepeatTracking &tracking, TrackedSpan span, const ChartSpec &chart,
                         int series, int index);

} // namespace perennial
