#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "ui/report/page_document.h"
#include "ui/report/report_data.h"
#include "ui/report/report_options.h"

#include <filesystem>
#include <string>
#include <vector>

namespace perennial {

struct ReportSummary {
    std::filesystem::path path;
    int pages = 0;
    std::vector<std::string> sections; ///< written, in reading order
    std::string dataHash;
};

/// Reads, lays out and writes a report as PDF, in the light theme, every letter and line a vector.
/// Written beside `options.path` and renamed when complete: a reader sees the old file or the whole
/// new one. A section that needs scores is left out of a project that has none, and the report says
/// so. For the command line and tests: UI thread, no window. The page uses the parts below.
/// @error UnknownTable-like: InvalidArgument (where: "template" or "section") for an unknown name;
/// IsDirectory, NotWritable, DiskFull, IoFailed; as readReportData; Cancelled.
Result<ReportSummary> writeReport(const Project &project, const ReportOptions &options,
                                  const Task &task);

namespace report {

/// The ids of the sections that will be written for what is known. @error InvalidArgument.
Result<std::vector<std::string>> chosenSections(const ReportOptions &options);

struct ComposedReport {
    PageDocument document;
    std::vector<std::string> sections;
    std::string dataHash;
};
/// Words and lays out; paints nothing. Any thread.
Result<ComposedReport> composeReport(const ReportData &data);
/// Reads and composes: all of a report but its painting. Any thread.
Result<ComposedReport> prepareReport(const Project &project, const ReportOptions &options,
                                     const Task &task);

} // namespace report
} // namespace perennial
