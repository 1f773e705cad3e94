#pragma once

#include "core/lifecycle/cohort_calendar.h"

#include <QString>

#include <string>

namespace perennial {

/// What users are grouped by (userLabelNames): "Channel", "First category"; an attribute as the data name
/// it.
QString userLabelText(const std::string &name);
QString cohortPeriodText(CohortPeriod period); ///< "week"
/// The period of a cohort that begins on a day: "2026-03-02", "Mar 2026", "2026 Q1".
QString cohortStartText(Day start, CohortPeriod period);

} // namespace perennial
