#pragma once

#include "core/base/task.h"
#include "core/export/tables.h"

namespace perennial {

/// One exported table: its name and columns, and how its rows are written.
struct TableSource {
    ExportTable table;
    /// Writes the rows; the header is there already. A failure or a cancel discards the file.
    Status (*write)(const Project &project, const ExportRequest &request, CsvWriter &out,
                    const Task &task);
};

// Each in the file of its name.
TableSource usersTable();
TableSource eventsTable();
TableSource itemsTable();
TableSource recommendationsTable();
TableSource rejectedTable();
TableSource runsTable();
TableSource flowsTable();
TableSource stagesTable();
TableSource sourcesTable();
TableSource scenariosTable();

} // namespace perennial
