#include "core/export/tables.h"

#include "core/export/tables/tables_list.h"
#include "core/project/audit.h"

#include <algorithm>

namespace perennial {

namespace {

const std::vector<TableSource> &tableSources()
{
    static const std::vector<TableSource> all{
        usersTable(), eventsTable(), itemsTable(),  recommendationsTable(), rejectedTable(),
        runsTable(),  flowsTable(),  stagesTable(), sourcesTable(),         scenariosTable()};
    return all;
}

} // namespace

const std::vector<ExportTable> &exportTables()
{
    static const std::vector<ExportTable> tables = [] {
        std::vector<ExportTable> list;
        for (const TableSource &source : tableSources()) {
            list.push_back(source.table);
        }
        return list;
    }();
    return tables;
}

Result<ExportReport> exportTable(const Project &project, const ExportRequest &request,
                                 const Task &task)
{
    const auto &sources = tableSources();
    const auto found =
        std::find_if(sources.begin(), sources.end(), [&](const TableSource &source) {
            return source.table.name == request.table;
        });
    if (found == sources.end()) {
        return fail(ErrorCode::UnknownTable, request.table);
    }
    auto writer = CsvWriter::create(request.out, request.overwrite);
    if (!writer) {
        return writer.error();
    }
    task.progress(0, "exporting");
    writer->header(found->table.columns);
    if (auto written = found->write(project, request, *writer, task); !written) {
        return written.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    if (auto finished = writer->finish(); !finished) {
        return finished.error();
    }
    task.progress(1, "exporting");
    return ExportReport{request.table,    request.out, writer->rows(),
                        writer->bytes(), found->table.personal, false};
}

Result<ExportReport> exportTableLogged(Project &project, const ExportRequest &request,
                                       const Task &task)
{
    auto report = exportTable(project, request, task);
    if (report && report->personal) {
        const auto logged = logDataOut(project, report->table, report->rows);
        if (!logged) {
            return logged.error();
        }
        report->logged = *logged;
    }
    return report;
}

} // namespace perennial
