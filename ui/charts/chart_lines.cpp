#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_kinds.h"

#include <QCoreApplication>
#include <QPen>

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr double kHitRadius = 7;
constexpr double kPointMargin = 0.02; ///< of the x range, at both ends
constexpr double kPointDiameter = 8;

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
        const bool late = series.isImmature(series.x[i]);
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

/// Flat up to each next point.
Points steppedOf(const Points &points)
{
    Points steps;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (i > 0) {
            steps.emplace_back(points[i].x(), points[i - 1].y());
        }
        steps.push_back(points[i]);
    }
    return steps;
}

void addBands(ChartCanvas &canvas, const LineSeries &series, const QColor &color)
{
    const std::size_t n = std::min({series.x.size(), series.lower.size(), series.upper.size()});
    Points lower, upper;
    const auto addBand = [&] {
        if (series.stepped) {
            canvas.addBand(steppedOf(lower), steppedOf(upper), color);
        } else {
            canvas.addBand(lower, upper, color);
        }
    };
    for (std::size_t i = 0; i < n; ++i) {
        const double x = canvas.x().coordinate(series.x[i]);
        const double low = canvas.y().coordinate(series.lower[i]);
        const double high = canvas.y().coordinate(series.upper[i]);
        if (std::isfinite(x) && std::isfinite(low) && std::isfinite(high)) {
            lower.emplace_back(x, low);
            upper.emplace_back(x, high);
        } else {
            addBand();
            lower.clear();
            upper.clear();
        }
    }
    addBand();
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
        if (!s.longName.isEmpty() || !s.name.isEmpty()) {
            lines.push_back(s.longName.isEmpty() ? s.name : s.longName);
        }
        lines.push_back(named(chart.x.title, exactText(chart.x, s.x[i])));
        QString value = exactText(chart.y, s.y[i]);
        if (i < s.lower.size() && i < s.upper.size()) {
            value += QStringLiteral(" [%1 … %2]")
                         .arg(exactText(chart.y, s.lower[i]), exactText(chart.y, s.upper[i]));
        }
        lines.push_back(named(chart.y.title, value));
        if (s.isImmature(s.x[i])) {
            lines.push_back(QCoreApplication::translate("perennial", "not complete yet"));
        }
        if (const QString note = s.notes.value(static_cast<qsizetype>(i)); !note.isEmpty()) {
            lines.push_back(note);
        }
        mark.text = lines.join(QLatin1Char('\n'));
        marks.marks.push_back(std::move(mark));
    }
}

/// Colours of the series, and which of them have a name to show.
struct Looks {
    std::vector<QColor> colors;
    std::vector<std::size_t> named;
    double widestName = 0; ///< px
};

Looks looksOf(const LineChart &chart, const ChartCanvas &canvas, const Tokens &tokens)
{
    Looks looks;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        const LineSeries &s = chart.series[i];
        const Ink ink = inkOf(chart, i);
        looks.colors.push_back(s.predicted ? tokens.predicted(ink) : tokens.color(ink));
        if (!s.name.isEmpty()) {
            looks.named.push_back(i);
            looks.widestName = std::max(looks.widestName, canvas.textWidth(s.name));
        }
    }
    return looks;
}

/// What the styles of lines mean, in a colour that is none of the series'.
void addMeanings(std::vector<LegendEntry> &legend, const LineChart &chart, const Tokens &tokens)
{
    if (!chart.solidMeans.isEmpty()) {
        legend.push_back({chart.solidMeans, tokens.text, true});
    }
    if (!chart.immatureMeans.isEmpty()) {
        legend.push_back({chart.immatureMeans, tokens.text, true, true});
    }
    if (!chart.predictedMeans.isEmpty()) {
        legend.push_back({chart.predictedMeans, tokens.predicted(Ink::Text), true});
    }
}

/// Room above the highest value, so that neither the plot's edge nor the marker's label meets it.
double topRoomOf(const LineChart &chart, const ChartCanvas &canvas)
{
    if (chart.markX && !chart.markLabel.isEmpty()) {
        return canvas.textHeight() + 4;
    }
    return std::ranges::any_of(chart.series, &LineSeries::points) ? kPointDiameter / 2 + 1 : 2;
}

/// @return where its direct label goes: at the end of its last run.
std::optional<EndLabel> addSeries(ChartCanvas &canvas, const LineSeries &series,
                                  const QColor &color)
{
    std::optional<EndLabel> label;
    const Runs runs = runsOf(series, canvas.x(), canvas.y());
    QPen solid(color, 2);
    solid.setJoinStyle(Qt::RoundJoin);
    for (const auto *parts : {&runs.solid, &runs.immature}) {
        const bool immature = parts == &runs.immature;
        for (const Points &run : *parts) {
            if (series.line) {
                canvas.addLine(series.stepped ? steppedOf(run) : run,
                               immature ? immaturePen(color, 2) : solid);
            }
            if (series.points || run.size() == 1) {
                canvas.addPoints(run, color, kPointDiameter);
            } else if (immature) { // the first is the last complete one where the parts meet
                canvas.addRings({run.begin() + (runs.solid.empty() ? 0 : 1), run.end()}, color,
                                kRingDiameter);
            }
            const double end = series.labelAt ? canvas.y().coordinate(*series.labelAt)
                                              : run.back().y();
            label = {series.name, color, canvas.toPx(run.back().x(), end).y(), !series.line};
        }
    }
    return label;
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
    const Looks looks = looksOf(chart, canvas, area.tokens);
    const bool direct = !looks.named.empty() &&
                        static_cast<double>(looks.named.size()) * canvas.textHeight() <
                            area.size.height() * 0.6 &&
                        looks.widestName + 24 < area.size.width() * 0.35;
    ChartCanvas::Frame frame;
    frame.x = chart.x;
    frame.y = chart.y;
    frame.xRange = ends.x;
    frame.yRange = ends.y;
    frame.yFromZero = chart.yFromZero;
    frame.xPadded = chart.diagonal;
    frame.topRoom = topRoomOf(chart, canvas);
    if (direct) {
        frame.rightMargin = looks.widestName + 28;
    } else {
        for (const std::size_t i : looks.named) {
            frame.legend.push_back({chart.series[i].name, looks.colors[i], true});
        }
    }
    addMeanings(frame.legend, chart, area.tokens);
    canvas.setUp(frame);

    if (chart.diagonal) {
        const double low = std::max(canvas.x().min, canvas.y().min);
        const double high = std::min(canvas.x().max, canvas.y().max);
        canvas.addLine({{low, low}, {high, high}}, QPen(area.tokens.quiet, 1, Qt::DashLine));
    }
    std::vector<EndLabel> labels;
    for (std::size_t i = 0; i < chart.series.size(); ++i) {
        addBands(canvas, chart.series[i], area.tokens.color(inkOf(chart, i)));
        const auto label = addSeries(canvas, chart.series[i], looks.colors[i]);
        if (direct && label && !label->text.isEmpty()) {
            labels.push_back(*label);
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
