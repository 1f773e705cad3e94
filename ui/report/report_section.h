#pragma once

#include "ui/report/blocks.h"
#include "ui/report/report_data.h"

#include <QString>

#include <string_view>
#include <vector>

namespace perennial::report {

/// A section of the report. A new one is one file in sections/ and one line in section_registry.cpp.
struct ReportSection {
    std::string_view id;
    QString (*title)();    ///< as offered on the Reports page
    QString (*contents)(); ///< one sentence on what it shows
    bool needsScores = true; ///< left out where users have not been scored
    std::vector<Part> (*write)(const ReportData &);
};

/// All sections in reading order.
const std::vector<ReportSection> &reportSections();
/// Null where there is none.
const ReportSection *sectionById(std::string_view id) noexcept;

ReportSection summarySection();
ReportSection lifecycleSection();
ReportSection valueSection();
ReportSection churnSection();
ReportSection modelsSection();
ReportSection backtestSection();
ReportSection recommendationsSection();
ReportSection scenariosSection();
ReportSection dataSection();
ReportSection definitionsSection();

} // namespace perennial::report
