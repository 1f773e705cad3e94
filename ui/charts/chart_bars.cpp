#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_kinds.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("perennial", text);
}

QString countOrNumber(const AxisSpec &axis, double value)
{
    return axis.scale == AxisSpec::Scale::Linear && value == std::floor(value) &&
                   std::abs(value) < 1e15
               ? countText(static_cast<qint64>(value))
               : exactText(axis, value);
}

QString named(const QString &title, const QString &value)
{
    return title.isEmpty() ? value : QStringLiteral("%1: %2").arg(title, value);
}

/// A histogram's bars sit at 0, 1, 2 …; the mass at zero takes place 0 and leaves place 1 free.
struct Places {
    std::size_t shift = 0; ///< place of the first bin
    std::size_t count = 0;
};

Places placesOf(const Histogram &chart)
{
    Places places;
    places.shift = chart.zeroCount ? 2 : 0;
    places.count = places.shift + chart.counts.size();
    return places;
}

/// Where on the axis of places a value lies; edges are half-way between bars.
double placeOf(const Histogram &chart, const Places &places, double value)
{
    const auto &edges = chart.edges;
    if (edges.size() < 2 || !std::isfinite(value)) {
        return std::nan("");
    }
    const auto above = std::upper_bound(edges.begin(), edges.end(), value);
    if (above == edges.begin()) {
        return chart.zeroCount && value <= 0 ? 0.0 : std::nan("");
    }
    const auto i = std::min<std::size_t>(static_cast<std::size_t>(above - edges.begin()) - 1,
                                         edges.size() - 2);
    double part = (value - edges[i]) / (edges[i + 1] - edges[i]);
    if (chart.x.scale == AxisSpec::Scale::Log && edges[i] > 0) {
        part = std::log(value / edges[i]) / std::log(edges[i + 1] / edges[i]);
    }
    return static_cast<double>(places.shift + i) - 0.5 + std::clamp(part, 0.0, 1.0);
}

std::vector<Tick> edgeTicks(const Histogram &chart, const Places &places)
{
    std::vector<Tick> ticks;
    const bool percent = chart.x.scale == AxisSpec::Scale::Percent;
    for (std::size_t i = 0; i < chart.edges.size(); ++i) {
        const double e = chart.edges[i];
        QString label = percent ? fullText(e * 100, 0) + QStringLiteral(" %") : shortText(e);
        if (chart.x.scale == AxisSpec::Scale::Date) {
            label = monthText(static_cast<Day>(e));
        }
        ticks.push_back({static_cast<double>(places.shift + i) - 0.5, label});
    }
    return ticks;
}

} // namespace

ChartMarks paintHistogram(const PaintArea &area, const Histogram &chart)
{
    const Places places = placesOf(chart);
    ChartCanvas canvas(area.painter, area.size, area.tokens);
    ChartCanvas::Frame frame;
    frame.x.title = chart.x.title;
    frame.y = chart.y;
    frame.yFromZero = true;
    frame.yRange.add(chart.counts);
    frame.yRange.add(chart.zeroCount.value_or(0));
    frame.x.min = -0.5;
    frame.x.max = static_cast<double>(places.count) - 0.5;
    frame.rightMargin = 16;
    frame.topRoom = chart.markX && !chart.markLabel.isEmpty() ? canvas.textHeight() + 4 : 0;
    canvas.setUp(frame);

    const QColor color =
        chart.predicted ? area.tokens.predicted(chart.ink) : area.tokens.color(chart.ink);
    std::vector<double> bins(places.count, 0.0), zero(places.count, 0.0);
    std::copy(chart.counts.begin(), chart.counts.end(),
              bins.begin() + static_cast<std::ptrdiff_t>(places.shift));
    if (chart.zeroCount) {
        zero[0] = *chart.zeroCount;
    }
    std::vector<Tick> ticks = edgeTicks(chart, places);
    canvas.setXTicks(std::move(ticks));
    if (chart.zeroCount) { // its label is never thinned away: it stands apart
        canvas.addXTick({0.0, chart.zeroLabel.isEmpty() ? QStringLiteral("0") : chart.zeroLabel});
    }
    canvas.addStack({{color, bins}, {area.tokens.quiet, zero}}, 0.92);
    canvas.paintSeries();
    if (chart.markX) {
        canvas.paintMarker(placeOf(chart, places, *chart.markX), chart.markLabel);
    }

    ChartMarks marks;
    marks.plot = canvas.plot();
    const auto column = [&](std::size_t place) {
        const double left = canvas.toPx(static_cast<double>(place) - 0.46, 0).x();
        const double right = canvas.toPx(static_cast<double>(place) + 0.46, 0).x();
        return QRectF(left, canvas.plot().top(), right - left, canvas.plot().height());
    };
    if (chart.zeroCount) {
        marks.marks.push_back(
            {0, -1, column(0),
             QStringLiteral("%1\n%2").arg(
                 named(chart.x.title,
                       chart.zeroLabel.isEmpty() ? QStringLiteral("0") : chart.zeroLabel),
                 named(chart.y.title, countOrNumber(chart.y, *chart.zeroCount)))});
    }
    for (std::size_t i = 0; i < chart.counts.size() && i + 1 < chart.edges.size(); ++i) {
        const QString range = QStringLiteral("%1 – %2").arg(exactText(chart.x, chart.edges[i]),
                                                            exactText(chart.x, chart.edges[i + 1]));
        marks.marks.push_back({0, static_cast<int>(i), column(places.shift + i),
                               QStringLiteral("%1\n%2").arg(
                                   named(chart.x.title, range),
                                   named(chart.y.title, countOrNumber(chart.y, chart.counts[i])))});
    }
    return marks;
}

namespace {

double valueAt(const std::vector<double> &values, std::size_t i)
{
    return i < values.size() && std::isfinite(values[i]) ? values[i] : 0.0;
}

struct Stack {
    double above = 0, below = 0;
};

std::size_t positionsOf(const StackedBars &chart)
{
    return chart.at.empty() ? static_cast<std::size_t>(chart.labels.size()) : chart.at.size();
}

Range stackRange(const StackedBars &chart)
{
    Range range;
    for (std::size_t i = 0; i < positionsOf(chart); ++i) {
        Stack stack;
        for (const StackSeries &s : chart.series) {
            const double v = valueAt(s.values, i);
            (v >= 0 ? stack.above : stack.below) += v;
        }
        range.add(stack.above);
        range.add(stack.below);
    }
    range.add(chart.net);
    return range;
}

QString positionText(const StackedBars &chart, std::size_t i)
{
    return i < chart.at.size() ? exactText(chart.x, chart.at[i])
                               : chart.labels.value(static_cast<qsizetype>(i));
}

std::vector<Tick> positionTicks(const StackedBars &chart, double room)
{
    std::vector<Tick> ticks;
    if (chart.at.size() < 2 || chart.x.scale != AxisSpec::Scale::Date) {
        for (std::size_t i = 0; i < positionsOf(chart); ++i) {
            ticks.push_back({static_cast<double>(i), chart.at.empty() ? positionText(chart, i)
                                                     : chart.x.scale == AxisSpec::Scale::Date
                                                         ? monthText(static_cast<Day>(chart.at[i]))
                                                         : shortText(chart.at[i])});
        }
        return ticks;
    }
    // calendar ticks, then to bars: dates lie evenly enough between two neighbours
    const AxisRoom axisRoom{room, [](const QString &t) { return 8.0 * double(t.size()); }, 16};
    const Axis dates = makeAxis(chart.x, chart.at.front(), chart.at.back(), false, false, axisRoom);
    for (const Tick &tick : dates.ticks) {
        const auto above = std::lower_bound(chart.at.begin(), chart.at.end(), tick.at);
        const auto i = std::clamp<std::ptrdiff_t>(above - chart.at.begin(), 1,
                                                  static_cast<std::ptrdiff_t>(chart.at.size()) - 1);
        const double before = chart.at[static_cast<std::size_t>(i - 1)];
        const double after = chart.at[static_cast<std::size_t>(i)];
        ticks.push_back(
            {static_cast<double>(i - 1) + (tick.at - before) / (after - before), tick.label});
    }
    return ticks;
}

} // namespace

ChartMarks paintStackedBars(const PaintArea &area, const StackedBars &chart)
{
    const std::size_t n = positionsOf(chart);
    ChartCanvas canvas(area.painter, area.size, area.tokens);
    ChartCanvas::Frame frame;
    frame.x.title = chart.x.title;
    frame.x.min = -0.5;
    frame.x.max = static_cast<double>(n) - 0.5;
    frame.y = chart.y;
    frame.yFromZero = true;
    frame.yRange = stackRange(chart);
    frame.rightMargin = 16;
    std::vector<std::pair<QColor, std::vector<double>>> sets;
    for (std::size_t s = 0; s < chart.series.size(); ++s) {
        const StackSeries &series = chart.series[s];
        const QColor color = area.tokens.color(
            series.ink == Ink::Auto ? seriesInk(static_cast<int>(s)) : series.ink);
        frame.legend.push_back({series.name, color, false});
        std::vector<double> values(n);
        for (std::size_t i = 0; i < n; ++i) {
            values[i] = valueAt(series.values, i);
        }
        sets.emplace_back(color, std::move(values));
    }
    if (!chart.net.empty()) {
        frame.legend.push_back({chart.netName, area.tokens.text, true});
    }
    canvas.setUp(frame);
    canvas.setXTicks(positionTicks(chart, canvas.plot().width()));
    canvas.addStack(sets, n > 60 ? 1.0 : 0.84);
    std::vector<QPointF> net;
    const std::size_t mature =
        n - std::min(n, static_cast<std::size_t>(std::max(0, chart.immatureLast)));
    for (std::size_t i = 0; i < std::min(mature, chart.net.size()); ++i) {
        if (std::isfinite(chart.net[i])) {
            net.emplace_back(static_cast<double>(i), chart.net[i]);
        }
    }
    canvas.addLine(net, QPen(area.tokens.surface, 3)); // it stands out from any bar
    canvas.addLine(net, QPen(area.tokens.text, 1.5));
    if (net.size() == 1) { // too few for a line
        canvas.addPoints(net, area.tokens.text, 8);
    }
    canvas.paintSeries();

    ChartMarks marks;
    marks.plot = canvas.plot();
    const double half = n > 60 ? 0.5 : 0.42;
    for (std::size_t i = 0; i < n; ++i) {
        Stack stack;
        QStringList all{positionText(chart, i)};
        for (const StackSeries &s : chart.series) {
            all.push_back(named(s.name, countOrNumber(chart.y, std::abs(valueAt(s.values, i)))));
        }
        if (i < chart.net.size()) {
            all.push_back(named(chart.netName, countOrNumber(chart.y, chart.net[i])));
        }
        const bool immature = static_cast<int>(n - i) <= chart.immatureLast;
        if (immature) {
            all.push_back(tr("not complete yet"));
        }
        const QString text = all.join(QLatin1Char('\n'));
        for (std::size_t s = 0; s < chart.series.size(); ++s) {
            const double v = valueAt(chart.series[s].values, i);
            double &base = v >= 0 ? stack.above : stack.below;
            const double x = static_cast<double>(i);
            const QRectF box =
                QRectF(canvas.toPx(x - half, base), canvas.toPx(x + half, base + v)).normalized();
            base += v;
            if (immature) {
                canvas.paintHatch(box);
            }
            marks.marks.push_back({static_cast<int>(s), static_cast<int>(i), box, text});
        }
    }
    return marks;
}

} // namespace perennial
