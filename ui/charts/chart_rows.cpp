#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_kinds.h"
#include "ui/wording/format.h"

#include <QFontMetricsF>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr double kMostRowHeight = 40;
constexpr double kMargin = 4;

/// Rows of label | marks | text, shared by category bars and forests.
struct RowFrame {
    double labels = 0, texts = 0; ///< widths
    double top = 0, rowHeight = 0;
    double left = 0, right = 0; ///< of the marks

    QRectF row(std::size_t i) const
    {
        return {left, top + rowHeight * static_cast<double>(i), right - left, rowHeight};
    }
};

RowFrame makeRows(const PaintArea &area, double labels, double texts, std::size_t count,
                  double bottomRoom)
{
    RowFrame frame;
    const double width = area.size.width();
    frame.labels = std::min(labels, width * 0.35);
    frame.texts = std::min(texts, width * 0.4);
    frame.left = kMargin + frame.labels + 10;
    frame.right = std::max(frame.left + 20, width - kMargin - frame.texts - 8);
    frame.top = kMargin;
    const double height = area.size.height() - 2 * kMargin - bottomRoom;
    frame.rowHeight =
        std::min(kMostRowHeight, height / static_cast<double>(std::max<std::size_t>(1, count)));
    return frame;
}

void paintLabel(const PaintArea &area, const QRectF &row, const RowFrame &frame,
                const QString &label)
{
    const QFontMetricsF metrics(area.painter.font());
    area.painter.setPen(area.tokens.text);
    area.painter.drawText(QRectF(kMargin, row.top(), frame.labels, row.height()),
                          Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(label, Qt::ElideRight, frame.labels));
}

QString valueTextOf(const CategoryBars &chart, const CategoryBar &bar)
{
    if (!bar.valueText.isEmpty()) {
        return bar.valueText;
    }
    return chart.value.scale == AxisSpec::Scale::Percent ? percentText(bar.value)
                                                         : shortText(bar.value);
}

} // namespace

ChartMarks paintCategoryBars(const PaintArea &area, const CategoryBars &chart)
{
    area.painter.setFont(chartFont());
    const QFontMetricsF metrics(area.painter.font());
    double labels = 0, values = 0, notes = 0;
    Range range;
    range.add(0);
    for (const CategoryBar &bar : chart.bars) {
        labels = std::max(labels, metrics.horizontalAdvance(bar.label));
        values = std::max(values, metrics.horizontalAdvance(valueTextOf(chart, bar)));
        notes = std::max(notes, metrics.horizontalAdvance(bar.note));
        range.add(bar.value);
        range.add(bar.from);
    }
    range.add(chart.value.max.value_or(range.high));
    if (range.high <= range.low) {
        range.high = range.low + 1;
    }
    const double texts = values + (notes > 0 ? notes + 12 : 0);
    const double bottom = chart.value.title.isEmpty() ? 0 : metrics.height() + 4;
    const RowFrame frame = makeRows(area, labels, texts, chart.bars.size(), bottom);
    const auto toX = [&](double v) {
        return frame.left + (v - range.low) / (range.high - range.low) * (frame.right - frame.left);
    };

    ChartMarks marks;
    marks.plot = QRectF(frame.left, frame.top, frame.right - frame.left,
                        frame.rowHeight * static_cast<double>(chart.bars.size()));
    area.painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
        const CategoryBar &bar = chart.bars[i];
        const QRectF row = frame.row(i);
        paintLabel(area, row, frame, bar.label);
        const double value = std::isfinite(bar.value) ? bar.value : 0;
        const double thickness = std::clamp(row.height() * 0.62, 3.0, 20.0);
        const double from = toX(std::isfinite(bar.from) ? bar.from : 0), to = toX(value);
        QRectF box(std::min(from, to), row.center().y() - thickness / 2, std::abs(to - from),
                   thickness);
        if (value != bar.from) {
            box.setWidth(std::max(1.5, box.width())); // one user among a million is still there
        }
        const Ink ink = bar.ink == Ink::Auto ? Ink::Accent : bar.ink;
        area.painter.fillRect(box,
                              bar.predicted ? area.tokens.predicted(ink) : area.tokens.color(ink));
        const double textLeft = frame.right + 8;
        area.painter.setPen(area.tokens.text);
        area.painter.drawText(QRectF(textLeft, row.top(), values + 1, row.height()),
                              Qt::AlignRight | Qt::AlignVCenter, valueTextOf(chart, bar));
        area.painter.setPen(area.tokens.quiet);
        area.painter.drawText(
            QRectF(textLeft + values + 12, row.top(), std::max(0.0, notes + 1), row.height()),
            Qt::AlignRight | Qt::AlignVCenter, bar.note);
        QString exact = exactText(chart.value, bar.value);
        if (bar.from != 0) {
            exact = QStringLiteral("%1 → %2").arg(exactText(chart.value, bar.from), exact);
        }
        if (!bar.note.isEmpty()) {
            exact += QStringLiteral(" (%1)").arg(bar.note);
        }
        marks.marks.push_back({0, static_cast<int>(i),
                               QRectF(0, row.top(), area.size.width(), row.height()),
                               QStringLiteral("%1\n%2").arg(bar.label, exact)});
    }
    area.painter.setPen(QPen(area.tokens.quiet, 1));
    area.painter.drawLine(QPointF(toX(0), marks.plot.top()), QPointF(toX(0), marks.plot.bottom()));
    if (bottom > 0) {
        area.painter.setPen(area.tokens.quiet);
        area.painter.drawText(QRectF(frame.left, marks.plot.bottom() + 2,
                                     area.size.width() - frame.left - kMargin, metrics.height()),
                              Qt::AlignLeft | Qt::AlignVCenter, chart.value.title);
    }
    return marks;
}

ChartMarks paintForest(const PaintArea &area, const ForestPlot &chart)
{
    area.painter.setFont(chartFont());
    const QFontMetricsF metrics(area.painter.font());
    const auto noteOf = [](const ForestRow &row) {
        return row.note.isEmpty() ? intervalText(row.value, row.lower, row.upper) : row.note;
    };
    double labels = 0, notes = 0;
    Range range;
    for (const ForestRow &row : chart.rows) {
        labels = std::max(labels, metrics.horizontalAdvance(row.label));
        notes = std::max(notes, metrics.horizontalAdvance(noteOf(row)));
        for (const double v : {row.value, row.lower, row.upper}) {
            range.add(v);
        }
    }
    if (chart.reference) {
        range.add(*chart.reference);
    }
    const double line = metrics.height();
    const RowFrame frame = makeRows(area, labels, notes, chart.rows.size(), 2 * line + 14);
    const AxisRoom room{frame.right - frame.left,
                        [&](const QString &t) { return metrics.horizontalAdvance(t); }, 16};
    const Axis axis = makeAxis(chart.x, range.low, range.high, false, true, room);
    const auto toX = [&](double v) {
        return frame.left + axis.share(axis.coordinate(v)) * (frame.right - frame.left);
    };

    ChartMarks marks;
    marks.plot = QRectF(frame.left, frame.top, frame.right - frame.left,
                        frame.rowHeight * static_cast<double>(chart.rows.size()));
    QPainter &p = area.painter;
    p.setRenderHint(QPainter::Antialiasing);
    for (const Tick &tick : axis.ticks) {
        const double x = frame.left + axis.share(tick.at) * (frame.right - frame.left);
        p.setPen(QPen(area.tokens.line, 1));
        p.drawLine(QPointF(x, marks.plot.top()), QPointF(x, marks.plot.bottom() + 3));
        p.setPen(area.tokens.quiet);
        const double half = metrics.horizontalAdvance(tick.label) / 2 + 2;
        p.drawText(QRectF(x - half, marks.plot.bottom() + 4, 2 * half, line), Qt::AlignCenter,
                   tick.label);
    }
    if (chart.reference) {
        p.setPen(QPen(area.tokens.quiet, 1, Qt::DashLine));
        const double x = toX(*chart.reference);
        p.drawLine(QPointF(x, marks.plot.top()), QPointF(x, marks.plot.bottom()));
    }
    p.setPen(area.tokens.quiet);
    p.drawText(QRectF(kMargin, marks.plot.bottom() + 6 + line, frame.right - kMargin, line),
               Qt::AlignRight | Qt::AlignVCenter, chart.x.title);
    for (std::size_t i = 0; i < chart.rows.size(); ++i) {
        const ForestRow &row = chart.rows[i];
        const QRectF box = frame.row(i);
        paintLabel(area, box, frame, row.label);
        const QColor color =
            area.tokens.color(row.ink == Ink::Auto ? seriesInk(static_cast<int>(i)) : row.ink);
        const double y = box.center().y();
        if (std::isfinite(row.lower) && std::isfinite(row.upper)) {
            p.setPen(QPen(color, 2));
            p.drawLine(QPointF(toX(row.lower), y), QPointF(toX(row.upper), y));
            for (const double end : {row.lower, row.upper}) {
                p.drawLine(QPointF(toX(end), y - 4), QPointF(toX(end), y + 4));
            }
        }
        if (std::isfinite(row.value)) {
            p.setPen(QPen(area.tokens.surface, 1));
            p.setBrush(color);
            p.drawEllipse(QPointF(toX(row.value), y), 5, 5);
        }
        p.setPen(area.tokens.text);
        p.drawText(QRectF(frame.right + 8, box.top(), frame.texts + 1, box.height()),
                   Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(noteOf(row), Qt::ElideRight, frame.texts + 1));
        marks.marks.push_back(
            {0, static_cast<int>(i), QRectF(0, box.top(), area.size.width(), box.height()),
             QStringLiteral("%1\n%2 [%3 … %4]")
                 .arg(row.label, exactText(chart.x, row.value), exactText(chart.x, row.lower),
                      exactText(chart.x, row.upper))});
    }
    return marks;
}

} // namespace perennial
