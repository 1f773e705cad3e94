#include "core/export/tables/tables_list.h"
#include "core/project/import_store.h"

namespace perennial {

namespace {

Status write(const Project &project, const ExportRequest &, CsvWriter &out, const Task &)
{
    const auto sources = readSources(project);
    if (!sources) {
        return sources.error();
    }
    for (const SourceRecord &source : *sources) {
        const ImportTotals &totals = source.totals;
        out.integer(source.id);
        out.text(source.name);
        out.text(source.profile);
        out.text(source.state == SourceState::Done ? "done" : "running");
        out.timestamp(source.startedAt);
        source.finishedAt > 0 ? out.timestamp(source.finishedAt) : out.empty();
        out.integer(source.bytes);
        out.text(source.hash);
        for (const ImportTotals::Line &line : {totals.read, totals.stored, totals.duplicate,
                                               totals.rejected, totals.excluded,
                                               totals.erased}) {
            out.integer(line.rows);
            out.money(line.amount);
        }
        out.text(source.mapping);
        out.endRow();
    }
    return Done{};
}

} // namespace

/// read = stored + duplicate + rejected + excluded + erased, in rows and in money.
TableSource sourcesTable()
{
    return {{"sources",
             {"source", "name", "profile", "state", "started_at", "finished_at", "bytes", "hash",
              "rows_read", "amount_read", "rows_stored", "amount_stored", "rows_duplicate",
              "amount_duplicate", "rows_rejected", "amount_rejected", "rows_excluded",
              "amount_excluded", "rows_erased", "amount_erased", "mapping"}},
            &write};
}

} // namespace perennial
