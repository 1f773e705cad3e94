#pragma once

#include "core/base/task.h"
#include "core/export/csv_writer.h"
#include "core/project/project.h"
#include "core/project/user_table.h"
#include "core/segment/segment_choice.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// A table that can be exported. A new one is one file (`tables/x_table.cpp`) and one line in
/// tables.cpp.
struct ExportTable {
    std::string_view name; ///< "users", "events", "items", "recommendations", "rejected", "runs",
                           ///< "flows", "stages", "sources", "scenarios"
    std::vector<std::string_view> columns;
    bool personal = false; ///< tells of single users: its exports are logged
};
const std::vector<ExportTable> &exportTables();

struct ExportRequest {
    std::string table;
    std::filesystem::path out;
    Overwrite overwrite = Overwrite::Replace;
    /// The filter and order of "users"; other tables take no notice.
    UserTableQuery users{.search = {}, .sort = UserColumn::Key, .descending = false};
    Segment segment = everybody(); ///< of "users" too
    int top = 10; ///< items per user of "recommendations"
};

struct ExportReport {
    std::string table;
    std::filesystem::path path;
    std::int64_t rows = 0; ///< without the header
    std::int64_t bytes = 0;
    bool personal = false;
    bool logged = false; ///< in the project's log
};

/// Streams a table to a CSV file (csv_writer.h); a cancel leaves nothing behind.
/// @error UnknownTable (detail: the name), NotScored (users), NotTrained (recommendations),
/// NoEvents (flows, stages), IsDirectory, NotWritable, AlreadyExists, DiskFull, Cancelled.
Result<ExportReport> exportTable(const Project &project, const ExportRequest &request,
                                 const Task &task);

/// The same, and leaves a line in the project's log where the table is personal; not in a project
/// that is open read-only. @error as exportTable; DiskFull for the line (the file is there then).
Result<ExportReport> exportTableLogged(Project &project, const ExportRequest &request,
                                       const Task &task);

} // namespace perennial
