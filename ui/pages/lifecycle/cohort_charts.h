#pragma once

#include "ui/charts/chart_spec.h"
#include "ui/pages/lifecycle/cohorts_section.h"

namespace perennial {

/// "Mar 2026", "ads", "not known", "all others".
QString cohortName(const RetentionResult &retention, const RetentionCohort &cohort);
/// What a cell shows: a share, a count or a mean per user. NaN where nobody is in it.
double cellValue(const RetentionCell &cell, CohortMeasure measure, bool share);

/// Mark (cohort, column).
ChartSpec triangleChart(const CohortsFigures &figures, CohortMeasure measure, bool share,
                        bool rowScale);
/// Cohorts that the curves show, by index: from the oldest to the youngest with two mature columns, or
/// the largest.
std::vector<std::size_t> cohortsOfCurves(const RetentionResult &retention);
/// The mean of all mature cells with its interval, then a line a cohort of cohortsOfCurves.
ChartSpec retentionCurvesChart(const CohortsFigures &figures, CohortMeasure measure);
/// Net revenue per user through each period, a line a cohort of cohortsOfCurves.
ChartSpec cohortRevenueChart(const CohortsFigures &figures);

} // namespace perennial
