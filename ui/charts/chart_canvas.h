#pragma once

#include "ui/charts/chart_paint.h"
#include "ui/charts/chart_ticks.h"

#include <QFont>
#include <QPainter>

#include <memory>

class QAbstractSeries;
class QBrush;
class QPen;

namespace perennial {

struct LegendEntry {
    QString name;
    QColor color;
    bool line = false;
    bool immature = false; ///< of a line
};
struct EndLabel {
    QString text;
    QColor color;
    double y = 0;      ///< px
    bool dot = false;  ///< of points without a line
};
/// What is not complete yet, of a line: dashed, its points rings.
inline constexpr double kRingDiameter = 5;
QPen immaturePen(const QColor &color, double width);

/// The plot of one chart: a Qt Charts scene for grid and series, and text around it that Qt Charts
/// can't place (titles, thinned ticks, direct labels). Coordinates are px of the chart.
class ChartCanvas {
public:
    ChartCanvas(QPainter &painter, const QSizeF &size, const Tokens &tokens);
    ~ChartCanvas();
    ChartCanvas(const ChartCanvas &) = delete;
    ChartCanvas &operator=(const ChartCanvas &) = delete;

    /// Reserves room, makes both axes with as many ticks as fit, paints titles, ticks, legend.
    struct Frame {
        AxisSpec x, y;
        Range xRange, yRange;
        bool yFromZero = false;
        bool xPadded = false;
        double topRoom = 0; ///< px at least between the highest value and the plot's top
        double rightMargin = 8; ///< for direct labels
        std::vector<LegendEntry> legend;
    };
    void setUp(const Frame &frame);
    /// Replaces the x ticks (positions of bars) with labels thinned to what fits.
    void setXTicks(std::vector<Tick> ticks);

    void addXTick(Tick tick) { m_x.ticks.push_back(std::move(tick)); }

    void addLine(const std::vector<QPointF> &points, const QPen &pen); ///< axis coordinates
    /// Over all lines, and whole where they lie on an edge of the plot.
    void addPoints(const std::vector<QPointF> &points, const QColor &color, double diameter);
    void addRings(const std::vector<QPointF> &points, const QColor &color, double diameter);
    void addBand(const std::vector<QPointF> &lower, const std::vector<QPointF> &upper,
                 const QColor &color);
    /// One stack per index; a series per colour, values by index.
    void addStack(const std::vector<std::pair<QColor, std::vector<double>>> &sets, double width);
    /// Paints grid and all series added. Call once, after everything was added.
    void paintSeries();

    void paintMarker(double x, const QString &label); ///< a quiet vertical line, axis coordinate
    void paintHatch(const QRectF &area);
    /// Labels at the right of the plot, moved apart where they would touch.
    void paintEndLabels(std::vector<EndLabel> labels);

    QPointF toPx(double x, double y) const; ///< from axis coordinates
    const QRectF &plot() const noexcept { return m_plot; }
    const Axis &x() const noexcept { return m_x; }
    const Axis &y() const noexcept { return m_y; }
    double textWidth(const QString &text) const;
    double textHeight() const;
    const QFont &font() const noexcept { return m_font; }

private:
    double paintLegend(const std::vector<LegendEntry> &legend, double left, double top);
    void paintAxes();
    void paintPoints();
    void attach(QAbstractSeries *series);

    struct Scene;
    struct Points {
        std::vector<QPointF> at; ///< axis coordinates
        QColor color;
        double diameter = 0;
        bool hollow = false;
    };
    QPainter &m_painter;
    QSizeF m_size;
    const Tokens &m_tokens;
    QFont m_font;
    QRectF m_plot;
    Axis m_x, m_y;
    std::unique_ptr<Scene> m_scene;
    std::vector<Points> m_points;
};

/// The font of charts at 96 dpi.
QFont chartFont(double px = 12);

} // namespace perennial
