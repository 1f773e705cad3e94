#pragma once

#include "ui/charts/chart_spec.h"
#include "ui/report/blocks.h"

namespace perennial::report {

/// A chart of the window as a figure of the report: the same value, painted by the same code.
/// Its painting runs on the UI thread only.
Figure chartFigure(const QString &title, double heightPoints, ChartSpec spec,
                   const QString &caption = {});

} // namespace perennial::report
