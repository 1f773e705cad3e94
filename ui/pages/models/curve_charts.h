#pragma once

#include "core/project/run_store.h"
#include "ui/charts/chart_spec.h"

#include <vector>

namespace perennial {

/// A run's epochs as they are drawn.
struct CurveRun {
    QString name; ///< "run 12"
    std::vector<EpochMetric> epochs;
    int best = 0; ///< the epoch that was kept; 0 = not known
};

struct CurveChart {
    QString title, definition;
    ChartSpec spec;
};

/// A chart per head with its loss on training and validation windows by epoch, all heads together
/// first; then one per group of measures. One run: both losses and the best epoch marked. Several:
/// their validation losses over each other, a chart per measure.
/// What a training stores under a name that the program does not know is drawn too.
std::vector<CurveChart> curveCharts(const std::vector<CurveRun> &runs);

} // namespace perennial
