#include "core/export/tables/tables_list.h"
#include "core/project/run_store.h"

namespace perennial {

namespace {

std::string_view stateName(RunState state)
{
    switch (state) {
    case RunState::Running: return "running";
    case RunState::Done: return "done";
    case RunState::Failed: return "failed";
    case RunState::Cancelled: return "cancelled";
    case RunState::Interrupted: return "interrupted";
    }
    return "failed";
}

Status write(const Project &project, const ExportRequest &, CsvWriter &out, const Task &)
{
    const auto runs = readRuns(project);
    if (!runs) {
        return runs.error();
    }
    for (const RunRecord &run : *runs) {
        out.integer(run.id);
        out.text(run.model);
        out.text(stateName(run.state));
        out.integer(run.champion ? 1 : 0);
        out.timestamp(run.startedAt);
        run.finishedAt > 0 ? out.timestamp(run.finishedAt) : out.empty();
        out.optionalDay(run.until);
        run.horizonDays > 0 ? out.integer(run.horizonDays) : out.empty();
        out.text(run.device);
        out.integer(run.seed);
        out.text(run.dataHash);
        out.text(run.config);
        out.text(run.metrics);
        run.retrainDue > 0 ? out.timestamp(run.retrainDue) : out.empty();
        out.endRow();
    }
    return Done{};
}

} // namespace

/// Newest first; config and metrics are JSON. retrain_due: when a user whom the run had learned
/// from was erased, empty where nobody was.
TableSource runsTable()
{
    return {{"runs",
             {"run", "model", "state", "champion", "started_at", "finished_at", "until",
              "horizon_days", "device", "seed", "data_hash", "config", "metrics", "retrain_due"}},
            &write};
}

} // namespace perennial
