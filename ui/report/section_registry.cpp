#include "ui/report/report_section.h"

#include <algorithm>

namespace perennial {
namespace report {

const std::vector<ReportSection> &reportSections()
{
    static const std::vector<ReportSection> sections{
        summarySection(),         lifecycleSection(), valueSection(),
        churnSection(),           modelsSection(),    backtestSection(),
        recommendationsSection(), scenariosSection(), dataSection(),
        definitionsSection(),
    };
    return sections;
}

const ReportSection *sectionById(std::string_view id) noexcept
{
    const auto &all = reportSections();
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const ReportSection &section) { return section.id == id; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace report

const std::vector<ReportTemplate> &reportTemplates()
{
    static const std::vector<ReportTemplate> templates{
        {"standard",
         {"summary", "lifecycle", "value", "churn", "models", "backtest", "recommendations",
          "scenarios", "data", "definitions"}},
        {"brief", {"summary", "lifecycle", "value", "churn"}},
        {"model", {"models", "backtest", "data", "definitions"}},
    };
    return templates;
}

} // namespace perennial
