#pragma once

#include "core/project/run_store.h"
#include "ui/charts/chart_spec.h"

#include <vector>

namespace perennial::report {

/// The epoch with the lowest validation loss; 0 where there is none.
int bestEpochOf(const std::vector<EpochMetric> &epochs);
/// Loss on training and validation windows by epoch, the best epoch marked.
ChartSpec lossCurves(const std::vector<EpochMetric> &epochs, int bestEpoch);
/// Share of validation users whose next item was among the first ten, by epoch.
ChartSpec hitRateCurve(const std::vector<EpochMetric> &epochs, int bestEpoch);

} // namespace perennial::report
