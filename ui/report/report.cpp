#include "ui/report/report.h"

#include "core/project/audit.h"
#include "ui/report/cleaning_table.h"
#include "ui/report/pdf_file.h"
#include "ui/report/report_section.h"
#include "ui/report/section_words.h"

#include <algorithm>

namespace perennial {
namespace report {
namespace {

Furniture furnitureOf(const ReportData &data)
{
    Furniture furniture;
    furniture.title =
        onOneLine(text(data.options.title.empty() ? data.project : data.options.title));
    QStringList scope{segmentWords(data)};
    if (data.counts.firstDay) {
        const std::optional<Day> last = data.label ? data.label->snapshot : data.snapshot;
        scope.append(ReportText::tr("data %1 to %2").arg(dayText(data.counts.firstDay), dayText(last)));
    }
    if (data.label) {
        scope.append(ReportText::tr("horizon %1").arg(daysText(data.label->horizonDays)));
    }
    furniture.scope = scope.join(QStringLiteral(" · "));
    furniture.dataMark = ReportText::tr("data %1").arg(text(data.dataHash));
    const UtcSecond printed = data.options.printedAt != 0 ? data.options.printedAt : nowUtc();
    furniture.printed = ReportText::tr("Perennial · printed %1").arg(dayText(dayOf(printed)));
    return furniture;
}

Part notScored(const ReportData &data)
{
    Part part;
    part.headline = data.counts.events == 0 ? ReportText::tr("This project is empty")
                                            : ReportText::tr("These users have not been scored yet");
    part.lead = data.counts.events == 0
                    ? ReportText::tr("Import events to see where users stand and what they are worth.")
                    : ReportText::tr("Stages, value and churn risk are known once all users have been "
                                     "scored. Until then this report describes the data.");
    return part;
}

/// The first part also lists the messages of the parts that follow, with where they stand.
std::vector<Part> withContents(std::vector<Part> parts, const std::vector<int> &pages)
{
    if (parts.size() < 3) {
        return parts;
    }
    Table table;
    table.title = ReportText::tr("What the following pages say");
    table.columns = {wrappedColumn(ReportText::tr("Message")), numberColumn(ReportText::tr("Page"))};
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const int page = i < pages.size() ? pages[i] + 1 : 88;
        table.rows.push_back({parts[i].headline, QString::number(page)});
    }
    parts.front().blocks.push_back(table);
    return parts;
}

} // namespace

Result<std::vector<std::string>> chosenSections(const ReportOptions &options)
{
    if (!options.sections.empty()) {
        for (const std::string &id : options.sections) {
            if (!sectionById(id)) {
                return fail(ErrorCode::InvalidArgument, id, "section");
            }
        }
        return options.sections;
    }
    for (const ReportTemplate &known : reportTemplates()) {
        if (known.name == options.templateName) {
            return known.sections;
        }
    }
    return fail(ErrorCode::InvalidArgument, options.templateName, "template");
}

Result<ComposedReport> composeReport(const ReportData &data)
{
    auto chosen = chosenSections(data.options);
    if (!chosen) {
        return chosen.error();
    }
    if (!data.label) {
        const bool fitted = data.frequencyRun || data.behaviorRun;
        *chosen = fitted ? std::vector<std::string>{"models", "data"}
                         : std::vector<std::string>{"data"};
    }
    std::vector<Part> parts;
    if (!data.label) {
        parts.push_back(notScored(data));
    }
    for (const std::string &id : *chosen) {
        auto written = sectionById(id)->write(data);
        std::move(written.begin(), written.end(), std::back_inserter(parts));
    }
    if (std::ranges::find(*chosen, "data") == chosen->end()) {
        parts.push_back(cleaningPart(data)); // which events the figures are of: part of any report
    }
    ComposedReport report;
    const auto size =
        data.options.pageSize == ReportPageSize::Letter ? QPageSize::Letter : QPageSize::A4;
    const Furniture furniture = furnitureOf(data);
    report.document = layOut(withContents(parts, {}), furniture, size);
    // The same height again, now that the pages are known.
    report.document = layOut(withContents(parts, report.document.partPages), furniture, size);
    report.sections = std::move(*chosen);
    report.dataHash = data.dataHash;
    return report;
}

Result<ComposedReport> prepareReport(const Project &project, const ReportOptions &options,
                                     const Task &task)
{
    auto chosen = chosenSections(options);
    if (!chosen) {
        return chosen.error();
    }
    ReportOptions resolved = options;
    resolved.sections = std::move(*chosen);
    const auto data = readReportData(project, resolved, task);
    if (!data) {
        return data.error();
    }
    return composeReport(**data);
}

} // namespace report

Result<ReportSummary> writeReport(const Project &project, const ReportOptions &options,
                                  const Task &task)
{
    const Status target = report::checkTarget(options.path);
    if (!target) {
        return target.error();
    }
    auto composed = report::prepareReport(project, options, task.part(0.0, 0.8));
    if (!composed) {
        return composed.error();
    }
    auto file = report::PdfFile::create(std::move(composed->document));
    if (!file) {
        return file.error();
    }
    const int pages = file->pages();
    for (int page = 1; file->paintNext(); ++page) {
        task.progress(0.8 + 0.2 * page / pages, "painting");
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
    }
    const Status written = report::writeWhole(options.path, file->close());
    if (!written) {
        return written.error();
    }
    return ReportSummary{options.path, pages, composed->sections, composed->dataHash};
}

} // namespace perennial
