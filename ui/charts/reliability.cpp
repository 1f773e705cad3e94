#include "ui/charts/reliability.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Reliability)
};

} // namespace

void ReliabilityPoints::add(double predicted, double observed,
                            const std::optional<Interval> &interval, const QString &note)
{
    line.x.push_back(predicted);
    line.y.push_back(observed);
    if (interval) {
        line.lower.push_back(interval->lower);
        line.upper.push_back(interval->upper);
    }
    line.notes << note;
}

ChartSpec reliabilityChart(ReliabilityPoints points, const QString &predicted,
                           const QString &observed, const QString &empty)
{
    LineSeries &line = points.line;
    line.name = Words::tr("observed");
    line.ink = Ink::Accent;
    line.points = true;
    LineChart chart;
    chart.x.title = predicted;
    chart.y.title = observed;
    for (AxisSpec *axis : {&chart.x, &chart.y}) {
        axis->scale = AxisSpec::Scale::Percent;
        axis->min = 0.0;
        axis->max = 1.0;
    }
    chart.diagonal = true;
    ChartSpec spec;
    spec.empty = empty;
    if (!line.x.empty()) {
        chart.series.push_back(std::move(line));
        spec.body = std::move(chart);
    }
    return spec;
}

} // namespace perennial
