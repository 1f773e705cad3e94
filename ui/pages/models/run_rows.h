#pragma once

#include "core/project/project.h"
#include "core/project/run_store.h"
#include "ui/models/table_model.h"

#include <vector>

namespace perennial {

/// The table of runs: fits and trainings alike.
std::vector<TableColumn> runColumns();
/// In the order given. What a run's metrics do not say is left missing.
std::vector<TableModel::Row> runRows(const Project &project, const std::vector<RunRecord> &runs);

} // namespace perennial
