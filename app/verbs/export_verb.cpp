#include "app/verbs/verbs.h"
#include "core/export/tables.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Export", text);
}

std::string tableNames()
{
    std::string names;
    for (const ExportTable &table : exportTables()) {
        names += (names.empty() ? "" : ", ") + std::string(table.name);
    }
    return names;
}

class ExportVerb final : public Verb {
public:
    std::string name() const override { return "export"; }
    QString summary() const override { return tr("Write a table as CSV"); }
    QString jsonHelp() const override
    {
        return QStringLiteral("table, out     what was written where\n"
                              "rows           without the header\n"
                              "bytes          of the file\n"
                              "columns        [name]");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("TABLE", m_request.table, tableNames())->required();
        command.add_option("--out", m_out, "CSV file to write")->required();
        command.add_flag("--keep", m_keep, "refuse to replace a file that is there");
        command.add_option("--top", m_request.top, "items a user of the table recommendations (10)")
            ->check(CLI::Range(1, 1000));
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const auto project = Project::open(m_path, Project::Access::ReadOnly);
        if (!project) {
            return project.error();
        }
        m_request.out = m_out;
        m_request.overwrite = m_keep ? Overwrite::Refuse : Overwrite::Replace;
        const auto report = exportTable(*project, m_request, task);
        if (!report) {
            return report.error();
        }
        VerbOutput output;
        output.json = {{"table", report->table},
                       {"out", m_out},
                       {"rows", report->rows},
                       {"bytes", report->bytes}};
        for (const ExportTable &table : exportTables()) {
            if (table.name == report->table) {
                output.json["columns"] = table.columns;
            }
        }
        output.text = tr("%1 rows in %2")
                          .arg(countText(report->rows), QString::fromStdString(m_out));
        return output;
    }

private:
    std::string m_path, m_out;
    ExportRequest m_request;
    bool m_keep = false;
};

} // namespace

std::unique_ptr<Verb> makeExportVerb()
{
    return std::make_unique<ExportVerb>();
}

} // namespace perennial
