#pragma once

#include "core/quality/quality.h"
#include "ui/charts/chart_spec.h"

namespace perennial {

/// Events per week (per day for less than 15 weeks), purchases apart.
ChartSpec eventsOverTimeChart(const QualityReport &report);
/// The gaps and jumps of that chart in words; empty without any.
QString breaksCaption(const EventBreaks &breaks);
/// Share of events without a field, by kind, and by month.
ChartSpec missingByKindChart(const DataProfile &profile);
ChartSpec missingByMonthChart(const DataProfile &profile);
/// Events by weekday and hour (UTC).
ChartSpec weekHoursChart(const DataProfile &profile);
/// Events per active user, by month of the year (rows: years).
ChartSpec densityByMonthChart(const DataProfile &profile);

} // namespace perennial
