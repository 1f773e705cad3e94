#pragma once

#include "ui/charts/chart_spec.h"

#include <QPainterPath>
#include <QRectF>

class QPainter;

namespace perennial {

/// A mark that can be hovered, clicked and walked to by the keyboard.
struct ChartMark {
    int series = 0;
    int index = 0; ///< bar, point or row; -1 = the histogram's bar at 0
    QRectF area;   ///< in the coordinates given to paintChart
    QString text;  ///< exact values, several lines, plain text
    QPainterPath shape = {}; ///< of a mark that is no rectangle; empty = its area
};
struct ChartMarks {
    QRectF plot; ///< where the data is
    std::vector<ChartMark> marks;
};

/// Paints a chart into a rectangle of any painter: widget, image, SVG, PDF. One px of the chart is
/// 1/96 inch on devices of higher resolution. UI thread only. @return where its marks are.
/// An empty chart paints its sentence.
ChartMarks paintChart(QPainter &painter, const QRectF &area, const ChartSpec &spec,
                      const Tokens &tokens);

} // namespace perennial
