#pragma once

#include "ui/report/report_section.h"

namespace perennial::report {

/// The active cleaning rules with what each takes away: part of every report.
Table cleaningTable(const ReportData &data);
/// The same as a part of its own, for a report without the section on data.
Part cleaningPart(const ReportData &data);

} // namespace perennial::report
