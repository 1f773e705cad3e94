#include "core/export/tables/tables_list.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/settings.h"

namespace perennial {

namespace {

Result<std::shared_ptr<const LifecycleResult>> lifecycleOf(const Project &project, const Task &task)
{
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    return computeLifecycle(project, lifecycleOptionsFrom(*settings), task);
}

Status writeStages(const Project &project, const ExportRequest &, CsvWriter &out, const Task &task)
{
    const auto lifecycle = lifecycleOf(project, task);
    if (!lifecycle) {
        return lifecycle.error();
    }
    const auto users = static_cast<double>((*lifecycle)->users.size());
    for (const Stage stage : kStages) {
        const std::int64_t count = (*lifecycle)->counts[static_cast<std::size_t>(stage)];
        out.day((*lifecycle)->at);
        out.text(stageName(stage));
        out.integer(count);
        users > 0 ? out.number(static_cast<double>(count) / users) : out.empty();
        out.endRow();
    }
    return Done{};
}

Status writeFlows(const Project &project, const ExportRequest &, CsvWriter &out, const Task &task)
{
    const auto lifecycle = lifecycleOf(project, task);
    if (!lifecycle) {
        return lifecycle.error();
    }
    for (const FlowRow &row : (*lifecycle)->flows) {
        out.day(row.start);
        out.integer(row.fresh);
        out.integer(row.current);
        out.integer(row.resurrected);
        out.integer(row.dormant);
        out.integer(row.active);
        out.integer(row.complete ? 1 : 0);
        out.endRow();
    }
    return Done{};
}

} // namespace

/// Users in each stage at the project's snapshot.
TableSource stagesTable()
{
    return {{"stages", {"at", "stage", "users", "share"}}, &writeStages};
}

/// active = active of the row before + new + resurrected - dormant.
TableSource flowsTable()
{
    return {{"flows",
             {"period", "new", "current", "resurrected", "dormant", "active", "complete"}},
            &writeFlows};
}

} // namespace perennial
