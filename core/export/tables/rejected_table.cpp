#include "core/export/tables/tables_list.h"
#include "core/project/import_store.h"

namespace perennial {

namespace {

Status writeSource(const Project &project, const SourceRecord &source, CsvWriter &out,
                   const Task &task)
{
    constexpr std::int64_t kPage = 10'000;
    for (std::int64_t offset = 0;; offset += kPage) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        const auto rows = readRejected(project, source.id, offset, kPage);
        if (!rows) {
            return rows.error();
        }
        for (const RejectedRow &row : *rows) {
            out.integer(source.id);
            out.text(source.name);
            out.integer(row.line);
            out.text(row.reason);
            out.text(row.column);
            out.text(row.raw);
            out.endRow();
        }
        if (std::ssize(*rows) < kPage) {
            return Done{};
        }
    }
}

Status write(const Project &project, const ExportRequest &, CsvWriter &out, const Task &task)
{
    const auto sources = readSources(project);
    if (!sources) {
        return sources.error();
    }
    for (const SourceRecord &source : *sources) {
        if (auto written = writeSource(project, source, out, task); !written) {
            return written;
        }
    }
    return Done{};
}

} // namespace

/// Rows that did not come in, with their line in the file, why, and their text.
TableSource rejectedTable()
{
    return {{"rejected", {"source", "file", "line", "reason", "column", "raw"}, true}, &write};
}

} // namespace perennial
