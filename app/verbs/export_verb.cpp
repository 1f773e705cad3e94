#include "app/verbs/open_project.h"
#include "app/verbs/user_arguments.h"
#include "app/verbs/verbs.h"
#include "core/export/tables.h"
#include "core/export/user_data.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

#include <algorithm>

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
    QString summary() const override
    {
        return tr("Write a table as CSV, or all that is known of a user as JSON");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "table, out     what was written where\n"
            "rows           without the header\n"
            "bytes          of the file\n"
            "columns        [name]\n"
            "logged         whether the project's log has a line of it: of tables that tell of\n"
            "               single users, where the project can be written\n"
            "with --user    out, bytes, logged; events, set_aside_events, attributes, exposures,\n"
            "               rejected_rows: how many of each are in the file. The file: project,\n"
            "               user {key, signup, channel, region, device}, attributes [], campaigns\n"
            "               [], scores {}, events [], events_set_aside [], rejected_rows [],\n"
            "               sources []");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        auto *table = command.add_option("TABLE", m_request.table, tableNames());
        m_user.setUp(command, "key of a user whose data is handed out, in place of a table")
            ->excludes(table);
        command.add_option("--out", m_out, "file to write")->required();
        command.add_flag("--keep", m_keep, "refuse to replace a file that is there");
        command.add_option("--top", m_request.top, "items a user of the table recommendations (10)")
            ->check(CLI::Range(1, 1000));
    }

    Result<VerbOutput> run(const Task &task) override
    {
        if (m_user.given() != m_request.table.empty()) {
            return fail(ErrorCode::InvalidArgument, {}, "TABLE | --user");
        }
        auto project = m_user.given() || isPersonal()
                           ? openWritableIfPossible(m_path)
                           : openToRead(m_path);
        if (!project) {
            return project.error();
        }
        return m_user.given() ? writeUser(*project, task) : writeTable(*project, task);
    }

private:
    const ExportTable *table() const
    {
        const auto &tables = exportTables();
        const auto found = std::ranges::find(tables, m_request.table, &ExportTable::name);
        return found == tables.end() ? nullptr : &*found;
    }

    bool isPersonal() const { return table() != nullptr && table()->personal; }
    Overwrite overwrite() const { return m_keep ? Overwrite::Refuse : Overwrite::Replace; }

    Result<VerbOutput> writeTable(Project &project, const Task &task)
    {
        m_request.out = m_out;
        m_request.overwrite = overwrite();
        const auto report = exportTableLogged(project, m_request, task);
        if (!report) {
            return report.error();
        }
        VerbOutput output;
        output.json = {{"table", report->table},
                       {"out", m_out},
                       {"rows", report->rows},
                       {"bytes", report->bytes}};
        output.json["columns"] = table()->columns;
        output.json["logged"] = report->logged;
        output.text = tr("%1 in %2")
                          .arg(rowsText(report->rows), QString::fromStdString(m_out)) +
                      unloggedText(report->logged || !report->personal);
        return output;
    }

    Result<VerbOutput> writeUser(Project &project, const Task &task) const
    {
        const auto key = m_user.key(project);
        if (!key) {
            return key.error();
        }
        const auto report = exportUserData(project, *key, m_out, overwrite(), task);
        if (!report) {
            return report.error();
        }
        VerbOutput output;
        output.json = {{"out", m_out},
                       {"bytes", report->bytes},
                       {"logged", report->logged},
                       {"events", report->events},
                       {"set_aside_events", report->setAsideEvents},
                       {"attributes", report->attributes},
                       {"exposures", report->exposures},
                       {"rejected_rows", report->rejectedRows}};
        output.text = tr("%1 of the user in %2")
                          .arg(eventsText(report->events + report->setAsideEvents),
                               QString::fromStdString(m_out)) +
                      unloggedText(report->logged);
        return output;
    }

    std::string m_path, m_out;
    UserArguments m_user;
    ExportRequest m_request;
    bool m_keep = false;
};

} // namespace

std::unique_ptr<Verb> makeExportVerb()
{
    return std::make_unique<ExportVerb>();
}

} // namespace perennial
