#pragma once

#include "ui/charts/chart_grid.h"
#include "ui/pages/models/curve_charts.h"

#include <vector>

namespace perennial {

/// The learning curves of one run, or of several over each other. They get new values while a
/// training goes on.
class CurveGrid : public ChartGrid {
    Q_OBJECT

public:
    explicit CurveGrid(QWidget *parent = nullptr);

    /// @param empty the sentence where there is nothing to draw.
    void setRuns(const std::vector<CurveRun> &runs, const QString &empty);
};

} // namespace perennial
