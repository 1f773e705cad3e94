#pragma once

#include "ui/pages/models/run_columns.h"

#include <vector>

namespace perennial {

/// Fits of value models as a table; what a run's metrics do not say is left missing.
RunColumns valueRunColumns(const std::vector<const RunFigures *> &runs);

/// "● champion · retrain due", or nothing.
QString runUseText(const RunRecord &run);

} // namespace perennial
