#include "ui/charts/chart_paint.h"

#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_kinds.h"
#include "ui/wording/format.h"

#include <QCoreApplication>
#include <QPaintDevice>
#include <QPainter>
#include <QTransform>

#include <cmath>

namespace perennial {

namespace {

template <class... Kinds>
struct Overloaded : Kinds... {
    using Kinds::operator()...;
};
template <class... Kinds>
Overloaded(Kinds...) -> Overloaded<Kinds...>;

void paintSentence(const PaintArea &area, const QString &sentence)
{
    area.painter.setFont(chartFont(13));
    area.painter.setPen(area.tokens.quiet);
    area.painter.drawText(
        QRectF(QPointF(), area.size).adjusted(16, 8, -16, -8), Qt::AlignCenter | Qt::TextWordWrap,
        sentence.isEmpty() ? QCoreApplication::translate("perennial", "No data to show.")
                           : sentence);
}

} // namespace

QString exactText(const AxisSpec &axis, double value)
{
    if (!std::isfinite(value)) {
        return kMissing;
    }
    switch (axis.scale) {
    case AxisSpec::Scale::Date:
        return dayText(static_cast<Day>(std::floor(value)));
    case AxisSpec::Scale::Percent:
        return percentText(value);
    case AxisSpec::Scale::Linear:
    case AxisSpec::Scale::Log:
        break;
    }
    if (value == std::floor(value) && std::abs(value) < 1e15) {
        return fullText(value, 0);
    }
    return std::abs(value) >= 0.1 ? fullText(value, 2) : shortText(value);
}

ChartMarks paintChart(QPainter &painter, const QRectF &area, const ChartSpec &spec,
                      const Tokens &tokens)
{
    const double scale =
        painter.device() ? std::max(0.1, painter.device()->logicalDpiX() / 96.0) : 1.0;
    painter.save();
    painter.translate(area.topLeft());
    painter.scale(scale, scale);
    const PaintArea inner{painter, area.size() / scale, tokens};
    ChartMarks marks;
    if (!hasData(spec) || inner.size.width() < 40 || inner.size.height() < 40) {
        paintSentence(inner, spec.empty);
    } else {
        marks = std::visit(
            Overloaded{[](std::monostate) { return ChartMarks{}; },
                       [&](const LineChart &c) { return paintLines(inner, c); },
                       [&](const Histogram &c) { return paintHistogram(inner, c); },
                       [&](const CategoryBars &c) { return paintCategoryBars(inner, c); },
                       [&](const StackedBars &c) { return paintStackedBars(inner, c); },
                       [&](const ForestPlot &c) { return paintForest(inner, c); },
                       [&](const HeatMap &c) { return paintHeatMap(inner, c); },
                       [&](const SankeyChart &c) { return paintSankey(inner, c); }},
            spec.body);
    }
    painter.restore();
    const auto outer = [&](const QRectF &r) {
        return QRectF(area.topLeft() + r.topLeft() * scale, r.size() * scale);
    };
    marks.plot = outer(marks.plot);
    for (ChartMark &mark : marks.marks) {
        mark.area = outer(mark.area);
        if (!mark.shape.isEmpty()) {
            mark.shape = QTransform()
                             .translate(area.left(), area.top())
                             .scale(scale, scale)
                             .map(mark.shape);
        }
    }
    return marks;
}

} // namespace perennial
