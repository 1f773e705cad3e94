#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_kinds.h"

#include <QPen>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr double kHitRadius = 7;
constexpr double kPointMargin = 0.02; ///< of the x range, at both ends

using Points = std::vector<QPointF>;

/// A series in axis coordinates, cut into runs without gaps; solid and immature apart.
struct Runs {
    std::vector<Points> solid, immature;
};

Runs runsOf(const LineSeries &series, const Axis &xAxis, const Axis &yAxis)
{
    Runs runs;
    Points solid, immature;
    const auto flush = [](std::vector<Points> &into, Points &run) {
        if (!run.empty()) {
            into.push_back(std::move(run));
            run.clear();
        }
    };
    for (std::size_t i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
        const QPointF p(xAxis.coordinate(series.x[i]), yAxis.coordinate(series.y[i]));
        if (!std::isfinite(p.x()) || !std::isfinite(p.y())) {
            flush(runs.solid, solid);
            flush(runs.immature, immature);
            continue;
        }
        const bool late = series.immatureFrom && series.x[i] > *series.immatureFrom;
        if (late && immature.empty() && !solid.empty()) {
            immature.push_back(solid.back()); // the two parts meet
            flush(runs.solid, solid);
        }
        (late ? immature : solid).push_back(p);
    }
    flush(runs.solid, solid);
    flush(runs.immature, immature);
    return runs;
}

void addBands(ChartCanvas &canvas, const LineSeries &series, const QColor &color)
{
    const std::size_t n = std::min({series.x.size(), series.lower.size(), series.upper.size()});
    Points lower, upper;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = canvas.x().coordinate(series.x[i]);
        const double low = canvas.y().coordinate(series.lower[i]);
        const double high = canvas.y().coordinate(series.upper[i]);
        if (std::isfinite(x) && std::isfinite(low) && std::isfinite(high)) {
            lower.emplace_back(x, low);
            upper.emplace_back(x, high);
        } else {
            canvas.addBand(lower, upper, color);
            lower.clear();
            upper.clear();
        }
    }
    canvas.addBand(lower, upper, color);
}

struct Ends {
    Range x, y;
};

Ends endsOf(const LineChart &chart)
{
    Ends ends;
    for (const LineSeries &s : chart.series) {
        for (std::size_t i = 0; i < std::min(s.x.size(), s.y.size()); ++i) {
            if (std::isfinite(s.y[i]) && (chart.y.scale != AxisSpec::Scale::Log || s.y[i] > 0)) {
                ends.x.add(s.x[i]);
                ends.y.add(s.y[i]);
            }
        }
        for (const auto *bound : {&s.lower, &s.upper}) {
            for (const double v : *bound) {
                if (chart.y.scale != AxisSpec::Scale::Log || v > 0) {
                    ends.y.add(v);
                }
            }
        }
    }
    if (chart.diagonal && !ends.x.empty()) {
        Range both = ends.x;
        both.add(ends.y.low);
        both.add(ends.y.high);
        ends.x = both;
        ends.y = both;
    }
    return ends;
}

Ink inkOf(const LineChart &chart, std::size_t index)
{
    const Ink ink = chart.series[index].ink;
    return ink == Ink::Auto ? seriesInk(static_cast<int>(index)) : ink;
}

void addMarks(ChartMarks &marks, const ChartCanvas &canvas, const LineChart &chart, int index)
{
    const LineSeries &s = chart.series[static_cast<std::size_t>(index)];
    for (std::size_t i = 0; i < std::min(s.x.size(), s.y.size()); ++i) {
        const double x = canvas.x().coordinate(s.x[i]), y = canvas.y().coordinate(s.y[i]);
        if (!std::isfinite(x) || !std::isfinite(y)) {
            continue;
        }
        ChartMark mark{index, static_cast<int>(i), {}, {}};
        const QPointF at = canvas.toPx(x, y);
        mark.area =
            QRectF(at.x() - kHitRadius, at.y() - kHitRadius, 2 * kHitRadius, 2 * kHitRadius);
        const auto named = [](const QString &title, const QString &value) {
            return title.isEmpty() ? value : QStringLiteral("%1: %2").arg(title, value);
        };
        QStringList lines;
        if (!s.name.isEmpty()) {
            lines.push_back(s.name);
        }
        lines.push_back(named(chart.x.title, exactText(chart.x, s.x[i])));
        QString value = exactText(chart.y, s.y[i]);
        if (i < s.lower.size() && i < s.upper.size()) {
            value += QStringLiteral(" [%1 … %2]")
                         .arg(exactText(chart.y, s.lower[i]), exactText(chart.y, s.upper[i]));
        }
        lines.push_back(named(chart.y.title, value));
        mark.text = lines.join(QLatin1Char('\n'));
        marks.marks.push_back(std::move(mark));
    }
}

} // namespace

ChartMarks paintLines(const PaintArea &area, const LineChart &chart)
{
    ChartCanvas canvas(area.painter, area.size, area.tokens);
    Ends ends = endsOf(chart);
    if (std::ranges::any_of(chart.series, &LineSeries::points) && ends.x.high > ends.x.low) {
        // The plot's edge would cut the first and the last point in half.
        const double margin = kPointMargin * (ends.x.high - ends.x.low);
        ends.x.low -= margin;
        ends.x.high += margin;
    }
    ChartCanvas::Frame frame;
    frame.x = chart.x;
    frame.y = chart.y;
    frame.xRange = ends.x;
    frame.yRange = ends.y;
    frame.yFromZero = chart.yFromZero;
    frame.xPadded = chart.diagonal;
    std::vector<std::size_t> named;
    double widest = 0;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        if (!chart.series[i].name.isEmpty()) {
            named.push_back(i);
            widest = std::max(widest, canvas.textWidth(chart.series[i].name));
        }
    }
    const bool direct =
        !named.empty() &&
        static_cast<double>(named.size()) * canvas.textHeight() < area.size.height() * 0.6 &&
        widest + 24 < area.size.width() * 0.35;
    const auto colorOf = [&](std::size_t i) {
        const Ink ink = inkOf(chart, i);
        return chart.series[i].predicted ? area.tokens.predicted(ink) : area.tokens.color(ink);
    };
    if (direct) {
        frame.rightMargin = widest + 28;
    } else {
        for (const std::size_t i : named) {
            frame.legend.push_back({chart.series[i].name, colorOf(i), true});
        }
    }
    canvas.setUp(frame);

    if (chart.diagonal) {
        const double low = std::max(canvas.x().min, canvas.y().min);
        const double high = std::min(canvas.x().max, canvas.y().max);
        canvas.addLine({{low, low}, {high, high}}, QPen(area.tokens.quiet, 1, Qt::DashLine));
    }
    std::vector<EndLabel> labels;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const LineSeries &s = chart.series[i];
        addBands(canvas, s, area.tokens.color(inkOf(chart, i)));
        const Runs runs = runsOf(s, canvas.x(), canvas.y());
        for (const auto &[parts, style] :
             {std::pair{&runs.solid, Qt::SolidLine}, std::pair{&runs.immature, Qt::DotLine}}) {
            for (const Points &run : *parts) {
                if (s.line) {
                    QPen pen(colorOf(i), 2, style);
                    pen.setJoinStyle(Qt::RoundJoin);
                    canvas.addLine(run, pen);
                }
                if (s.points || run.size() == 1) {
                    canvas.addPoints(run, colorOf(i), 8);
                }
                if (direct && !s.name.isEmpty()) {
                    const EndLabel label{s.name, colorOf(i),
                                         canvas.toPx(run.back().x(), run.back().y()).y()};
                    if (!labels.empty() && labels.back().text == s.name) {
                        labels.back() = label; // its last run counts
                    } else {
                        labels.push_back(label);
                    }
                }
            }
        }
    }
    canvas.paintSeries();
    if (chart.markX) {
        canvas.paintMarker(canvas.x().coordinate(*chart.markX), chart.markLabel);
    }
    canvas.paintEndLabels(std::move(labels));
    ChartMarks marks;
    marks.plot = canvas.plot();
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        addMarks(marks, canvas, chart, static_cast<int>(i));
    }
    return marks;
}

} // namespace perennial
