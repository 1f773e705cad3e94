#pragma once

#include "ui/charts/chart_paint.h"

#include <QSizeF>

namespace perennial {

/// The kinds behind paintChart: each paints from (0, 0) in px at 96 dpi.
struct PaintArea {
    QPainter &painter;
    QSizeF size;
    const Tokens &tokens;
};
ChartMarks paintLines(const PaintArea &area, const LineChart &chart);
ChartMarks paintHistogram(const PaintArea &area, const Histogram &chart);
ChartMarks paintStackedBars(const PaintArea &area, const StackedBars &chart);
ChartMarks paintCategoryBars(const PaintArea &area, const CategoryBars &chart);
ChartMarks paintForest(const PaintArea &area, const ForestPlot &chart);
ChartMarks paintHeatMap(const PaintArea &area, const HeatMap &chart);
ChartMarks paintSankey(const PaintArea &area, const SankeyChart &chart);

/// An exact value in the words of an axis: "2010-06-30", "12.3 %", "1,240.55".
QString exactText(const AxisSpec &axis, double value);

} // namespace perennial
