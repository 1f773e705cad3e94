#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "ui/report/report.h"
#include "ui/wording/counts.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

std::vector<std::string> templateNames()
{
    std::vector<std::string> names;
    for (const ReportTemplate &known : reportTemplates()) {
        names.push_back(known.name);
    }
    return names;
}

class ReportVerb final : public Verb {
public:
    std::string name() const override { return "report"; }
    QString summary() const override
    {
        return QCoreApplication::translate("Report", "Write a PDF report of a project");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral("path        of the PDF\n"
                              "pages       how many\n"
                              "sections    [names, in reading order]\n"
                              "data_hash   of the data the report describes");
    }
    bool paints() const override { return true; }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_project, "project file")->required();
        command.add_option("--out", m_out, "the PDF to write; replaced when it is there")->required();
        command.add_option("--template", m_template, "which sections")
            ->check(CLI::IsMember(templateNames()))
            ->capture_default_str();
        command.add_option("--section", m_sections, "a section by name, instead of a template; repeat");
        command.add_option("--page-size", m_pageSize, "a4 or letter")
            ->check(CLI::IsMember({"a4", "letter"}))
            ->capture_default_str();
        command.add_option("--stage", m_stage, "only users in this stage");
        command.add_option("--title", m_title, "default: the project's name");
        command.add_option("--top", m_top, "rows of the table of users")
            ->check(CLI::Range(1, 500))
            ->capture_default_str();
    }
    Result<VerbOutput> run(const Task &task) override
    {
        const auto options = reportOptions();
        if (!options) {
            return options.error();
        }
        const auto project = openToRead(m_project);
        if (!project) {
            return project.error();
        }
        const auto summary = writeReport(*project, *options, task);
        if (!summary) {
            return summary.error();
        }
        VerbOutput output;
        output.json["path"] = summary->path.string();
        output.json["pages"] = summary->pages;
        output.json["sections"] = summary->sections;
        output.json["data_hash"] = summary->dataHash;
        output.text = counted(summary->pages,
                              QCoreApplication::translate("Report", "%2: 1 page, data %3"),
                              QCoreApplication::translate("Report", "%2: %1 pages, data %3"))
                          .arg(QString::fromStdString(summary->path.string()))
                          .arg(QString::fromStdString(summary->dataHash));
        return output;
    }

private:
    Result<ReportOptions> reportOptions() const
    {
        ReportOptions options;
        options.path = m_out;
        options.templateName = m_template;
        options.sections = m_sections;
        options.pageSize = m_pageSize == "letter" ? ReportPageSize::Letter : ReportPageSize::A4;
        options.title = m_title;
        options.topUsers = m_top;
        if (!m_stage.empty()) {
            const auto stage = stageFromName(m_stage);
            if (!stage) {
                return fail(ErrorCode::InvalidArgument, m_stage, "--stage");
            }
            options.segment = stageSegment(*stage);
        }
        return options;
    }

    std::string m_project, m_out, m_stage, m_title;
    std::string m_template = "standard";
    std::string m_pageSize = "a4";
    std::vector<std::string> m_sections;
    int m_top = 25;
};

} // namespace

std::unique_ptr<Verb> makeReportVerb()
{
    return std::make_unique<ReportVerb>();
}

} // namespace perennial
