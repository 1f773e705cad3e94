#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_kinds.h"
#include "ui/wording/format.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace perennial {

namespace {

constexpr double kMargin = 4, kBlockWidth = 12, kBlockGap = 6, kLabelGap = 8;
constexpr double kLeastBand = 0.75; ///< px: one user among a million is still there
constexpr float kBandAlpha = 0.42F;

double flowOf(const SankeyChart &chart, std::size_t from, std::size_t to)
{
    const double value =
        from < chart.flow.size() && to < chart.flow[from].size() ? chart.flow[from][to] : 0.0;
    return std::isfinite(value) && value > 0 ? value : 0.0;
}

/// One of the two columns: how many are in each block, and where it stands.
struct Column {
    std::vector<double> total;
    std::vector<double> top, height; ///< px; height 0 = nobody, no block
    double x = 0;                    ///< left edge of the blocks
};

double sumOf(const Column &column)
{
    return std::accumulate(column.total.begin(), column.total.end(), 0.0);
}

double gapsOf(const Column &column)
{
    const auto shown = std::ranges::count_if(column.total, [](double v) { return v > 0; });
    return kBlockGap * static_cast<double>(std::max<std::ptrdiff_t>(0, shown - 1));
}

void stack(Column &column, double top, double perCount)
{
    for (const double total : column.total) {
        const double height = total > 0 ? std::max(1.0, total * perCount) : 0.0;
        column.top.push_back(top);
        column.height.push_back(height);
        top += height > 0 ? height + kBlockGap : 0.0;
    }
}

/// Both columns in the height there is, with one scale.
struct Layout {
    Column from, to;
    double perCount = 0;

    Layout(const SankeyChart &chart, double top, double bottom)
    {
        from.total.assign(chart.from.size(), 0.0);
        to.total.assign(chart.to.size(), 0.0);
        for (std::size_t i = 0; i < from.total.size(); ++i) {
            for (std::size_t j = 0; j < to.total.size(); ++j) {
                from.total[i] += flowOf(chart, i, j);
                to.total[j] += flowOf(chart, i, j);
            }
        }
        const double gaps = std::max(gapsOf(from), gapsOf(to));
        perCount = std::max(1.0, bottom - top - gaps) / std::max(1.0, sumOf(from));
        stack(from, top, perCount);
        stack(to, top, perCount);
    }
};

QString nodeText(const SankeyNode &node, double total)
{
    return QStringLiteral("%1  %2").arg(node.label, countText(std::llround(total)));
}

double widestLabel(const std::vector<SankeyNode> &nodes, const Column &column,
                   const QFontMetricsF &metrics)
{
    double width = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (column.height[i] > 0) {
            width = std::max(width,
                             metrics.horizontalAdvance(nodeText(nodes[i], column.total[i])));
        }
    }
    return width;
}

/// Centres of the labels beside their blocks, moved apart where they would touch.
std::vector<double> labelCentres(const Column &column, double top, double bottom, double line)
{
    std::vector<double> centres(column.total.size(), 0.0);
    double next = top + line / 2;
    for (std::size_t i = 0; i < centres.size(); ++i) {
        if (column.height[i] > 0) {
            centres[i] = std::max(next, column.top[i] + column.height[i] / 2);
            next = centres[i] + line;
        }
    }
    double last = bottom - line / 2;
    for (std::size_t i = centres.size(); i-- > 0;) {
        if (column.height[i] > 0) {
            centres[i] = std::min(centres[i], last);
            last = centres[i] - line;
        }
    }
    return centres;
}

QColor inkOf(const PaintArea &area, const std::vector<SankeyNode> &nodes, std::size_t i)
{
    const Ink ink = nodes[i].ink;
    return area.tokens.color(ink == Ink::Auto ? seriesInk(static_cast<int>(i)) : ink);
}

struct Side {
    const std::vector<SankeyNode> &nodes;
    const Column &column;
    double labelLeft = 0, labelWidth = 0;
    Qt::Alignment align = Qt::AlignLeft;
};

void paintSide(const PaintArea &area, const Side &side, double top, double bottom)
{
    const QFontMetricsF metrics(area.painter.font());
    const auto centres = labelCentres(side.column, top, bottom, metrics.height());
    for (std::size_t i = 0; i < side.nodes.size(); ++i) {
        if (side.column.height[i] <= 0) {
            continue;
        }
        area.painter.fillRect(QRectF(side.column.x, side.column.top[i], kBlockWidth,
                                     side.column.height[i]),
                              inkOf(area, side.nodes, i));
        area.painter.setPen(area.tokens.text);
        area.painter.drawText(
            QRectF(side.labelLeft, centres[i] - metrics.height() / 2, side.labelWidth,
                   metrics.height()),
            side.align | Qt::AlignVCenter,
            metrics.elidedText(nodeText(side.nodes[i], side.column.total[i]), Qt::ElideRight,
                               side.labelWidth));
    }
}

struct Band {
    std::size_t from = 0, to = 0;
    double value = 0;
    QPainterPath path;
};

QPainterPath bandPath(double left, double leftTop, double right, double rightTop, double width)
{
    const double bend = (right - left) * 0.5;
    QPainterPath path(QPointF(left, leftTop));
    path.cubicTo(left + bend, leftTop, right - bend, rightTop, right, rightTop);
    path.lineTo(right, rightTop + width);
    path.cubicTo(right - bend, rightTop + width, left + bend, leftTop + width, left,
                 leftTop + width);
    path.closeSubpath();
    return path;
}

/// The wide ones first: a narrow one is painted over them.
std::vector<Band> bandsOf(const SankeyChart &chart, const Layout &layout)
{
    std::vector<double> left = layout.from.top, right = layout.to.top;
    std::vector<Band> bands;
    for (std::size_t i = 0; i < chart.from.size(); ++i) {
        for (std::size_t j = 0; j < chart.to.size(); ++j) {
            const double value = flowOf(chart, i, j);
            if (value <= 0) {
                continue;
            }
            const double width = value * layout.perCount;
            bands.push_back({i, j, value,
                             bandPath(layout.from.x + kBlockWidth, left[i], layout.to.x, right[j],
                                      std::max(kLeastBand, width))});
            left[i] += width;
            right[j] += width;
        }
    }
    std::ranges::stable_sort(bands, std::ranges::greater(), &Band::value);
    return bands;
}

QString withUnit(const SankeyChart &chart, double value)
{
    return QStringLiteral("%1 %2").arg(countText(std::llround(value)), chart.unit).trimmed();
}

void addBandMarks(ChartMarks &marks, const SankeyChart &chart, const std::vector<Band> &bands)
{
    for (auto band = bands.rbegin(); band != bands.rend(); ++band) { // the narrow ones come first
        QStringList lines{QStringLiteral("%1 → %2").arg(chart.from[band->from].label,
                                                        chart.to[band->to].label),
                          withUnit(chart, band->value)};
        if (band->from < chart.notes.size() && band->to < chart.notes[band->from].size()) {
            lines.push_back(chart.notes[band->from][band->to]);
        }
        ChartMark mark{static_cast<int>(band->from), static_cast<int>(band->to),
                       band->path.boundingRect(), lines.join(QLatin1Char('\n'))};
        mark.shape = band->path;
        marks.marks.push_back(std::move(mark));
    }
}

void addNodeMarks(ChartMarks &marks, const SankeyChart &chart, const Column &column, bool isFrom)
{
    const std::vector<SankeyNode> &nodes = isFrom ? chart.from : chart.to;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (column.height[i] <= 0) {
            continue;
        }
        const QRectF box(column.x, column.top[i], kBlockWidth, column.height[i]);
        const QString title = isFrom ? chart.fromTitle : chart.toTitle;
        marks.marks.push_back({isFrom ? static_cast<int>(i) : -1, isFrom ? -1 : static_cast<int>(i),
                               box,
                               QStringLiteral("%1: %2\n%3").arg(title, nodes[i].label,
                                                                withUnit(chart, column.total[i]))});
        marks.plot = marks.plot.united(box);
    }
}

} // namespace

ChartMarks paintSankey(const PaintArea &area, const SankeyChart &chart)
{
    area.painter.setFont(chartFont(12));
    area.painter.setRenderHint(QPainter::Antialiasing);
    const QFontMetricsF metrics(area.painter.font());
    const double top = kMargin + metrics.height() + kLabelGap;
    const double bottom = area.size.height() - kMargin;
    Layout layout(chart, top, bottom);
    const double most = area.size.width() * 0.3;
    const double leftWidth = std::min(most, widestLabel(chart.from, layout.from, metrics) + 1);
    const double rightWidth = std::min(most, widestLabel(chart.to, layout.to, metrics) + 1);
    layout.from.x = kMargin + leftWidth + kLabelGap;
    layout.to.x = area.size.width() - kMargin - rightWidth - kLabelGap - kBlockWidth;

    area.painter.setPen(area.tokens.quiet);
    const double middle = area.size.width() / 2;
    area.painter.drawText(QRectF(kMargin, kMargin, middle, metrics.height()), Qt::AlignLeft,
                          chart.fromTitle);
    area.painter.drawText(QRectF(middle, kMargin, middle - kMargin, metrics.height()),
                          Qt::AlignRight, chart.toTitle);
    const std::vector<Band> bands = bandsOf(chart, layout);
    for (const Band &band : bands) {
        QColor color = inkOf(area, chart.from, band.from);
        color.setAlphaF(kBandAlpha);
        area.painter.fillPath(band.path, color);
    }
    paintSide(area, {chart.from, layout.from, kMargin, leftWidth, Qt::AlignRight}, top, bottom);
    paintSide(area,
              {chart.to, layout.to, layout.to.x + kBlockWidth + kLabelGap, rightWidth,
               Qt::AlignLeft},
              top, bottom);

    ChartMarks marks;
    addNodeMarks(marks, chart, layout.from, true);
    addNodeMarks(marks, chart, layout.to, false);
    addBandMarks(marks, chart, bands);
    return marks;
}

} // namespace perennial
