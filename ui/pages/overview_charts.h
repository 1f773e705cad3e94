#pragma once

#include "core/lifecycle/lifecycle.h"
#include "core/scoring/user_figures.h"
#include "ui/charts/chart_spec.h"
#include "ui/models/user_selection.h"

#include <span>

namespace perennial {

/// Core results as charts: pure functions, so that tests count their marks and reports reuse them.

/// New, current and resurrected users per period above zero, dormant below, the net change as a
/// line. A period that is not over is hatched and has no net. @param flows one row per period,
/// ascending.
ChartSpec flowsChart(std::span<const FlowRow> flows, Period period);

/// One bar per stage in the fixed order, with its share; mark index = stage.
ChartSpec stagesChart(const std::array<StageFigures, kStageCount> &stages);

ChartSpec churnRiskChart(const ShareDistribution &risk);
/// The users of one of its bars.
std::optional<UserSelection> usersOfRiskBar(const ShareDistribution &risk, int bar);

/// Users per logarithmic class of value; those worth nothing are a bar of their own (index -1),
/// which also takes in who has no prediction and whose refunds exceed the purchases: `caption` says
/// how many of each.
ChartSpec valueChart(const ValueDistribution &values, const QString &axisTitle, bool predicted);
/// What stands in the bar at zero, in words; empty where all of it is plainly zero.
QString zeroBarCaption(const ValueDistribution &values);

/// "behavior" → "behaviour model", "bg-nbd" → "BG/NBD".
QString modelText(const std::string &model);

} // namespace perennial
