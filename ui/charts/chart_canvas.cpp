#include "ui/charts/chart_canvas.h"

#include <QApplication>
#include <QAreaSeries>
#include <QBarSet>
#include <QCategoryAxis>
#include <QChart>
#include <QFontMetricsF>
#include <QGraphicsScene>
#include <QLineSeries>
#include <QStackedBarSeries>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr double kTickGap = 6;
constexpr double kMargin = 4;

} // namespace

struct ChartCanvas::Scene {
    QGraphicsScene scene;
    QChart *chart = nullptr;
    QCategoryAxis *x = nullptr;
    QCategoryAxis *y = nullptr;
};

QPen immaturePen(const QColor &color, double width)
{
    QPen pen(color, width, Qt::CustomDashLine, Qt::FlatCap);
    pen.setDashPattern({2.5, 2.0});
    return pen;
}

QFont chartFont(double px)
{
    QFont font = QApplication::font();
    font.setPixelSize(static_cast<int>(std::lround(px)));
    return font;
}

ChartCanvas::ChartCanvas(QPainter &painter, const QSizeF &size, const Tokens &tokens)
    : m_painter(painter), m_size(size), m_tokens(tokens), m_font(chartFont()),
      m_scene(std::make_unique<Scene>())
{
    m_painter.setFont(m_font);
}

ChartCanvas::~ChartCanvas() = default;

double ChartCanvas::textWidth(const QString &text) const
{
    return QFontMetricsF(m_font).horizontalAdvance(text);
}

double ChartCanvas::textHeight() const
{
    return QFontMetricsF(m_font).height();
}

void ChartCanvas::setUp(const Frame &frame)
{
    const double line = textHeight();
    double top = kMargin;
    const double titleWidth = frame.y.title.isEmpty() ? 0 : textWidth(frame.y.title) + 24;
    if (!frame.y.title.isEmpty()) {
        m_painter.setPen(m_tokens.quiet);
        m_painter.drawText(QRectF(kMargin, top, m_size.width() - 2 * kMargin, line),
                           Qt::AlignLeft | Qt::AlignVCenter, frame.y.title);
    }
    const double used = paintLegend(frame.legend, kMargin + titleWidth, top);
    // half a line for the topmost tick's label, so that it keeps clear of the title
    top += std::max(used, frame.y.title.isEmpty() ? 0.0 : line) + line / 2 + 2;
    const double bottom =
        m_size.height() - kMargin - line - kTickGap - (frame.x.title.isEmpty() ? 0 : line + 2);

    const AxisRoom yRoom{std::max(20.0, bottom - top), [line](const QString &) { return line; },
                         12};
    m_y = makeAxis(frame.y, frame.yRange.low, frame.yRange.high, frame.yFromZero, true, yRoom);
    const double reached = m_y.share(m_y.coordinate(frame.yRange.high));
    const double most = 1.0 - std::min(0.5, frame.topRoom / yRoom.length);
    if (reached > most) { // the ticks stay: nothing is written above the last of them
        m_y.max = m_y.min + (m_y.max - m_y.min) * reached / most;
    }
    double labelWidth = 0;
    for (const Tick &tick : m_y.ticks) {
        labelWidth = std::max(labelWidth, textWidth(tick.label));
    }
    const double left = kMargin + labelWidth + kTickGap;
    m_plot = QRectF(left, top, std::max(20.0, m_size.width() - left - frame.rightMargin),
                    std::max(20.0, bottom - top));
    const AxisRoom xRoom{m_plot.width(), [this](const QString &t) { return textWidth(t); }, 16};
    m_x = makeAxis(frame.x, frame.xRange.low, frame.xRange.high, false, frame.xPadded, xRoom);

    Scene &s = *m_scene;
    s.chart = new QChart;
    s.chart->setAnimationOptions(QChart::NoAnimation);
    s.chart->setBackgroundVisible(false);
    s.chart->setMargins({});
    s.chart->legend()->hide();
    s.scene.addItem(s.chart); // owns it
    s.scene.setSceneRect(QRectF(QPointF(), m_size));
    s.chart->setGeometry(QRectF(QPointF(), m_size));
    s.chart->setPlotArea(m_plot);
    s.x = new QCategoryAxis(s.chart);
    s.y = new QCategoryAxis(s.chart);
    for (QCategoryAxis *axis : {s.x, s.y}) {
        axis->setLabelsVisible(false);
        axis->setLineVisible(false);
        axis->setGridLineVisible(false); // painted below: at the thinned ticks
    }
    s.chart->addAxis(s.x, Qt::AlignBottom);
    s.chart->addAxis(s.y, Qt::AlignLeft);
    s.x->setRange(m_x.min, m_x.max);
    s.y->setRange(m_y.min, m_y.max);
}

void ChartCanvas::setXTicks(std::vector<Tick> ticks)
{
    m_x.ticks.clear();
    for (std::size_t every = 1; every <= ticks.size(); ++every) {
        double end = -1e9;
        bool fits = true;
        for (std::size_t i = 0; i < ticks.size() && fits; i += every) {
            const double half = textWidth(ticks[i].label) / 2;
            const double centre = toPx(ticks[i].at, m_y.min).x();
            fits = centre - half >= end;
            end = centre + half + 12;
        }
        if (fits) {
            for (std::size_t i = 0; i < ticks.size(); i += every) {
                m_x.ticks.push_back(ticks[i]);
            }
            return;
        }
    }
}

double ChartCanvas::paintLegend(const std::vector<LegendEntry> &legend, double left, double top)
{
    if (legend.empty()) {
        return 0;
    }
    const double line = textHeight();
    double x = left, y = top;
    for (const LegendEntry &entry : legend) {
        const double width = 12 + 6 + textWidth(entry.name) + 16;
        if (x + width > m_size.width() && x > left) {
            x = left;
            y += line + 2;
        }
        const double middle = y + line / 2;
        if (entry.line) {
            m_painter.setPen(entry.immature ? immaturePen(entry.color, 2)
                                          : QPen(entry.color, 2, Qt::SolidLine, Qt::FlatCap));
            m_painter.drawLine(QPointF(x - 1, middle), QPointF(x + 14, middle));
            if (entry.immature) {
                m_painter.setPen(QPen(entry.color, 1.5));
                m_painter.setBrush(m_tokens.surface);
                m_painter.drawEllipse(QPointF(x + 6.5, middle), kRingDiameter / 2,
                                      kRingDiameter / 2);
            }
        } else {
            m_painter.fillRect(QRectF(x + 1, middle - 5, 10, 10), entry.color);
        }
        m_painter.setPen(m_tokens.text);
        m_painter.drawText(QRectF(x + 18, y, width, line), Qt::AlignLeft | Qt::AlignVCenter,
                           entry.name);
        x += width;
    }
    return y + line - top;
}

void ChartCanvas::attach(QAbstractSeries *series)
{
    m_scene->chart->addSeries(series);
    series->attachAxis(m_scene->x);
    series->attachAxis(m_scene->y);
}

void ChartCanvas::addLine(const std::vector<QPointF> &points, const QPen &pen)
{
    if (points.size() < 2) {
        return;
    }
    auto *series = new QLineSeries;
    series->append(QList<QPointF>(points.begin(), points.end()));
    attach(series);
    series->setPen(pen); // after adding: the chart's theme would overwrite it
}

void ChartCanvas::addPoints(const std::vector<QPointF> &points, const QColor &color,
                            double diameter)
{
    m_points.push_back({points, color, diameter, false});
}

void ChartCanvas::addRings(const std::vector<QPointF> &points, const QColor &color,
                           double diameter)
{
    m_points.push_back({points, color, diameter, true});
}

/// Not by Qt Charts, which would cut them at the edges of the plot.
void ChartCanvas::paintPoints()
{
    for (const Points &points : m_points) {
        m_painter.setPen(points.hollow ? QPen(points.color, 1.5) : QPen(m_tokens.surface, 1));
        m_painter.setBrush(points.hollow ? m_tokens.surface : points.color);
        for (const QPointF &at : points.at) {
            m_painter.drawEllipse(toPx(at.x(), at.y()), points.diameter / 2, points.diameter / 2);
        }
    }
}

void ChartCanvas::addBand(const std::vector<QPointF> &lower, const std::vector<QPointF> &upper,
                          const QColor &color)
{
    if (lower.size() < 2) {
        return;
    }
    auto *low = new QLineSeries(m_scene->chart);
    auto *high = new QLineSeries(m_scene->chart);
    low->append(QList<QPointF>(lower.begin(), lower.end()));
    high->append(QList<QPointF>(upper.begin(), upper.end()));
    auto *area = new QAreaSeries(high, low);
    attach(area);
    QColor fill = color;
    fill.setAlphaF(0.18F);
    area->setBrush(fill);
    area->setPen(Qt::NoPen);
}

void ChartCanvas::addStack(const std::vector<std::pair<QColor, std::vector<double>>> &sets,
                           double width)
{
    auto *series = new QStackedBarSeries;
    series->setBarWidth(width);
    for (const auto &[color, values] : sets) {
        auto *set = new QBarSet(QString());
        for (const double v : values) {
            set->append(std::isfinite(v) ? v : 0.0);
        }
        series->append(set);
    }
    attach(series);
    for (std::size_t i = 0; i < sets.size(); ++i) {
        QBarSet *set = series->barSets()[static_cast<qsizetype>(i)];
        set->setBrush(sets[i].first);
        set->setPen(Qt::NoPen);
    }
}

void ChartCanvas::paintSeries()
{
    paintAxes();
    m_scene->x->setRange(m_x.min, m_x.max);
    m_scene->y->setRange(m_y.min, m_y.max);
    m_painter.setRenderHint(QPainter::Antialiasing);
    const QRectF all(QPointF(), m_size);
    m_scene->scene.render(&m_painter, all, all, Qt::IgnoreAspectRatio);
    if (m_y.min < 0 && m_y.max > 0) { // the zero line stays visible over bars
        m_painter.setPen(QPen(m_tokens.quiet, 1));
        m_painter.drawLine(toPx(m_x.min, 0), toPx(m_x.max, 0));
    }
    paintPoints();
}

void ChartCanvas::paintAxes()
{
    const double line = textHeight();
    const QPen grid(m_tokens.line, 1);
    for (const Tick &tick : m_y.ticks) {
        const double y = toPx(m_x.min, tick.at).y();
        m_painter.setPen(grid);
        m_painter.drawLine(QPointF(m_plot.left(), y), QPointF(m_plot.right(), y));
        m_painter.setPen(m_tokens.quiet);
        m_painter.drawText(QRectF(0, y - line / 2, m_plot.left() - kTickGap, line),
                           Qt::AlignRight | Qt::AlignVCenter, tick.label);
    }
    m_painter.setPen(QPen(m_tokens.quiet, 1));
    m_painter.drawLine(m_plot.bottomLeft(), m_plot.bottomRight());
    for (const Tick &tick : m_x.ticks) {
        const double x = toPx(tick.at, m_y.min).x();
        const double half = textWidth(tick.label) / 2 + 2;
        m_painter.setPen(QPen(m_tokens.quiet, 1));
        m_painter.drawLine(QPointF(x, m_plot.bottom()), QPointF(x, m_plot.bottom() + 3));
        const double centre = std::clamp(x, half, std::max(half, m_size.width() - half));
        m_painter.setPen(m_tokens.quiet);
        m_painter.drawText(QRectF(centre - half, m_plot.bottom() + kTickGap, 2 * half, line),
                           Qt::AlignCenter, tick.label);
    }
    if (!m_x.title.isEmpty()) {
        m_painter.setPen(m_tokens.quiet);
        m_painter.drawText(
            QRectF(kMargin, m_plot.bottom() + kTickGap + line + 1, m_plot.right() - kMargin, line),
            Qt::AlignRight | Qt::AlignVCenter, m_x.title);
    }
}

void ChartCanvas::paintMarker(double x, const QString &label)
{
    if (!std::isfinite(x) || x < m_x.min || x > m_x.max) {
        return;
    }
    const QPointF top = toPx(x, m_y.max);
    m_painter.setPen(QPen(m_tokens.quiet, 1, Qt::DashLine));
    m_painter.drawLine(top, toPx(x, m_y.min));
    const double width = textWidth(label) + 8;
    const bool right = top.x() + width < m_plot.right();
    const QRectF box(right ? top.x() + 4 : top.x() - width, top.y(), width, textHeight());
    m_painter.setPen(m_tokens.quiet);
    m_painter.drawText(box, (right ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter, label);
}

void ChartCanvas::paintHatch(const QRectF &area)
{
    if (area.isEmpty()) {
        return;
    }
    m_painter.save();
    m_painter.setClipRect(area, Qt::IntersectClip);
    m_painter.setPen(QPen(m_tokens.surface, 1.5));
    for (double x = area.left() - area.height(); x < area.right(); x += 5) {
        m_painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()));
    }
    m_painter.restore();
}

void ChartCanvas::paintEndLabels(std::vector<EndLabel> labels)
{
    const double line = textHeight();
    std::stable_sort(labels.begin(), labels.end(),
                     [](const EndLabel &a, const EndLabel &b) { return a.y < b.y; });
    double least = m_plot.top() + line / 2;
    for (EndLabel &label : labels) {
        label.y = std::max(label.y, least);
        least = label.y + line;
    }
    double most = m_plot.bottom() - line / 2 + 2;
    for (auto label = labels.rbegin(); label != labels.rend(); ++label) {
        label->y = std::min(label->y, most);
        most = label->y - line;
    }
    const double left = m_plot.right() + 8;
    for (const EndLabel &label : labels) {
        if (label.dot) {
            m_painter.setPen(Qt::NoPen);
            m_painter.setBrush(label.color);
            m_painter.drawEllipse(QPointF(left + 4, label.y), 4, 4);
        } else {
            m_painter.fillRect(QRectF(left, label.y - 1, 8, 2), label.color);
        }
        m_painter.setPen(m_tokens.text);
        const QString text = QFontMetricsF(m_font).elidedText(label.text, Qt::ElideRight,
                                                              m_size.width() - left - 12);
        m_painter.drawText(QRectF(left + 12, label.y - line / 2, m_size.width() - left - 12, line),
                           Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

QPointF ChartCanvas::toPx(double x, double y) const
{
    return {m_plot.left() + m_x.share(x) * m_plot.width(),
            m_plot.bottom() - m_y.share(y) * m_plot.height()};
}

} // namespace perennial
