#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_kinds.h"
#include "ui/wording/format.h"

#include <QCoreApplication>
#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr double kMargin = 4, kGap = 10, kCellGap = 1;
constexpr double kLabelGap = 5; ///< between the labels of columns
constexpr double kMostRowHeight = 44;
constexpr double kLegendWidth = 120, kLegendHeight = 8;

QString shortValue(const AxisSpec &axis, double value)
{
    return axis.scale == AxisSpec::Scale::Percent ? percentText(value) : shortText(value);
}

/// Where the cells of a heat map are, in px.
struct HeatFrame {
    double left = 0, top = 0, cellWidth = 0, cellHeight = 0;

    QRectF cell(std::size_t row, std::size_t column) const
    {
        return QRectF(left + cellWidth * static_cast<double>(column),
                      top + cellHeight * static_cast<double>(row), cellWidth, cellHeight)
            .adjusted(0, 0, -kCellGap, -kCellGap);
    }
};

double widest(const QFontMetricsF &metrics, const QStringList &texts)
{
    double width = 0;
    for (const QString &text : texts) {
        width = std::max(width, metrics.horizontalAdvance(text));
    }
    return width;
}

HeatFrame makeFrame(const PaintArea &area, const HeatMap &chart, const QFontMetricsF &metrics)
{
    HeatFrame frame;
    const double labels = std::min(widest(metrics, chart.rows), area.size.width() * 0.3);
    const double line = metrics.height() + 4;
    frame.left = kMargin + labels + kGap;
    frame.top = kMargin + metrics.height() + kGap + (chart.rowTitle.isEmpty() ? 0.0 : line);
    const double bottom =
        area.size.height() - kMargin - line * (chart.columnTitle.isEmpty() ? 1.0 : 2.0);
    const auto rows = static_cast<double>(std::max<qsizetype>(1, chart.rows.size()));
    const auto columns = static_cast<double>(std::max<qsizetype>(1, chart.columns.size()));
    frame.cellWidth = std::max(1.0, area.size.width() - kMargin - frame.left) / columns;
    frame.cellHeight = std::min(kMostRowHeight, std::max(1.0, bottom - frame.top) / rows);
    return frame;
}

double largest(const Range &range)
{
    return range.empty() || range.high <= 0 ? 1.0 : range.high;
}

/// Where the colours of each row end.
std::vector<double> largestByRow(const HeatMap &chart)
{
    Range all;
    std::vector<double> ends;
    for (const std::vector<double> &row : chart.values) {
        Range range;
        range.add(row);
        all.add(row);
        ends.push_back(largest(range));
    }
    if (!chart.rowScale) {
        ends.assign(chart.values.size(), chart.value.max.value_or(largest(all)));
    }
    return ends;
}

/// Whether some value lies beyond the end of the colours.
bool hasMore(const HeatMap &chart, double most)
{
    return std::ranges::any_of(chart.values, [most](const std::vector<double> &row) {
        return std::ranges::any_of(row, [most](double value) { return value > most; });
    });
}

void paintLegend(const PaintArea &area, const HeatMap &chart, const std::vector<double> &most,
                 const QFontMetricsF &metrics)
{
    const QString end = most.empty() ? QString() : shortValue(chart.value, most.front());
    const QString high = chart.rowScale || most.empty()
                             ? QCoreApplication::translate("perennial", "row's largest")
                         : hasMore(chart, most.front()) ? QStringLiteral("≥ ") + end
                                                        : end;
    const QString low = shortValue(chart.value, 0);
    double x = area.size.width() - kMargin - metrics.horizontalAdvance(high);
    const double baseline = kMargin + metrics.ascent();
    area.painter.setPen(area.tokens.quiet);
    area.painter.drawText(QPointF(x, baseline), high);
    x -= 6 + kLegendWidth;
    constexpr int kSteps = 24;
    for (int k = 0; k < kSteps; ++k) {
        area.painter.fillRect(QRectF(x + k * kLegendWidth / kSteps, baseline - kLegendHeight,
                                     kLegendWidth / kSteps + 0.5, kLegendHeight),
                              area.tokens.sequential((k + 0.5) / kSteps));
    }
    x -= 6 + metrics.horizontalAdvance(low);
    area.painter.drawText(QPointF(x, baseline), low);
    area.painter.drawText(
        QRectF(kMargin, kMargin, x - kMargin - kGap, metrics.height()),
        Qt::AlignLeft | Qt::AlignVCenter,
        metrics.elidedText(chart.value.title, Qt::ElideRight, x - kMargin - kGap));
}

void paintLabels(const PaintArea &area, const HeatMap &chart, const HeatFrame &frame,
                 const QFontMetricsF &metrics)
{
    area.painter.setPen(area.tokens.text);
    const double room = frame.left - kMargin - kGap;
    for (qsizetype row = 0; row < chart.rows.size(); ++row) {
        const QRectF cell = frame.cell(static_cast<std::size_t>(row), 0);
        area.painter.drawText(QRectF(kMargin, cell.top(), room, cell.height()),
                              Qt::AlignLeft | Qt::AlignVCenter,
                              metrics.elidedText(chart.rows[row], Qt::ElideRight, room));
    }
    const double bottom = frame.cell(static_cast<std::size_t>(chart.rows.size() - 1), 0).bottom();
    const double label = widest(metrics, chart.columns) + kLabelGap;
    const auto step = static_cast<qsizetype>(std::max(1.0, std::ceil(label / frame.cellWidth)));
    area.painter.setPen(area.tokens.quiet);
    for (qsizetype column = 0; column < chart.columns.size(); column += step) {
        const QRectF cell = frame.cell(0, static_cast<std::size_t>(column));
        const double middle = std::clamp(cell.center().x(), frame.left + label / 2 - kLabelGap,
                                         area.size.width() - label / 2);
        area.painter.drawText(QRectF(middle - label / 2, bottom + 3, label, metrics.height()),
                              Qt::AlignCenter, chart.columns[column]);
    }
}

void paintTitles(const PaintArea &area, const HeatMap &chart, const HeatFrame &frame,
                 const QFontMetricsF &metrics)
{
    area.painter.setPen(area.tokens.quiet);
    area.painter.drawText(QPointF(kMargin, frame.top - 6), chart.rowTitle);
    const double bottom = frame.cell(static_cast<std::size_t>(chart.rows.size() - 1), 0).bottom();
    area.painter.drawText(QRectF(frame.left, bottom + metrics.height() + 5,
                                 area.size.width() - kMargin - frame.left, metrics.height()),
                          Qt::AlignHCenter | Qt::AlignTop, chart.columnTitle);
}

/// "Repeat orders: 3"
QString named(const QString &title, const QString &label)
{
    return title.isEmpty() ? label : QStringLiteral("%1: %2").arg(title, label);
}

QString cellText(const HeatMap &chart, std::size_t row, std::size_t column)
{
    const QString place = named(chart.rowTitle, chart.rows.value(static_cast<qsizetype>(row)));
    const QString other =
        named(chart.columnTitle, chart.columns.value(static_cast<qsizetype>(column)));
    QStringList lines{place + QStringLiteral(", ") + other,
                      exactText(chart.value, chart.values[row][column])};
    if (row < chart.notes.size() &&
        static_cast<qsizetype>(column) < chart.notes[row].size()) {
        lines.push_back(chart.notes[row][static_cast<qsizetype>(column)]);
    }
    return lines.join(QLatin1Char('\n'));
}

/// Whether every value fits its cell: all of them are written, or none.
bool valuesFit(const HeatMap &chart, const QRectF &cell, const QFontMetricsF &metrics)
{
    return metrics.height() <= cell.height() &&
           std::ranges::all_of(chart.values, [&](const std::vector<double> &row) {
               return std::ranges::all_of(row, [&](double value) {
                   return !std::isfinite(value) ||
                          metrics.horizontalAdvance(shortValue(chart.value, value)) + 6 <=
                              cell.width();
               });
           });
}

bool isImmature(const HeatMap &chart, std::size_t row, std::size_t column)
{
    return row < chart.immature.size() && column < chart.immature[row].size() &&
           chart.immature[row][column];
}

void paintCell(const PaintArea &area, const HeatMap &chart, const QRectF &cell, double value,
               double most, bool immature, bool written)
{
    if (!std::isfinite(value)) {
        area.painter.fillRect(cell, QBrush(area.tokens.line, Qt::BDiagPattern));
        return;
    }
    const QColor color = area.tokens.sequential(most > 0 ? value / most : 0);
    area.painter.fillRect(cell, color);
    const QColor light(Qt::white), dark(QStringLiteral("#1D2421"));
    const QColor ink = contrastRatio(color, light) > contrastRatio(color, dark) ? light : dark;
    if (immature) {
        QColor hatch = ink;
        hatch.setAlphaF(0.35F);
        area.painter.fillRect(cell, QBrush(hatch, Qt::BDiagPattern));
    }
    if (!written) {
        return;
    }
    area.painter.setPen(ink);
    area.painter.drawText(cell, Qt::AlignCenter, shortValue(chart.value, value));
}

} // namespace

ChartMarks paintHeatMap(const PaintArea &area, const HeatMap &chart)
{
    area.painter.setFont(chartFont(11));
    const QFontMetricsF metrics(area.painter.font());
    const HeatFrame frame = makeFrame(area, chart, metrics);
    const std::vector<double> most = largestByRow(chart);
    paintLegend(area, chart, most, metrics);
    paintLabels(area, chart, frame, metrics);
    paintTitles(area, chart, frame, metrics);
    const bool written = valuesFit(chart, frame.cell(0, 0), metrics);
    ChartMarks marks;
    for (std::size_t row = 0; row < chart.values.size(); ++row) {
        for (std::size_t column = 0; column < chart.values[row].size(); ++column) {
            const QRectF cell = frame.cell(row, column);
            const double value = chart.values[row][column];
            paintCell(area, chart, cell, value, most[row], isImmature(chart, row, column), written);
            marks.marks.push_back({static_cast<int>(row), static_cast<int>(column), cell,
                                   cellText(chart, row, column)});
            marks.plot = marks.plot.united(cell);
        }
    }
    return marks;
}

} // namespace perennial
