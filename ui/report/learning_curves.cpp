#include "ui/report/learning_curves.h"

#include "ui/report/report_text.h"

#include <algorithm>

namespace perennial::report {
namespace {

LineSeries seriesOf(const std::vector<EpochMetric> &epochs, std::string_view metric,
                    const QString &name, Ink ink)
{
    LineSeries series;
    series.name = name;
    series.ink = ink;
    series.points = true;
    for (const EpochMetric &m : epochs) {
        if (m.name == metric) {
            series.x.push_back(m.epoch);
            series.y.push_back(m.value);
        }
    }
    return series;
}

ChartSpec curves(std::vector<LineSeries> series, const QString &axis, int bestEpoch)
{
    LineChart chart;
    chart.x.title = ReportText::tr("Epoch");
    chart.x.whole = true;
    chart.y.title = axis;
    for (LineSeries &s : series) {
        if (!s.x.empty()) {
            chart.series.push_back(std::move(s));
        }
    }
    if (bestEpoch > 0) {
        chart.markX = bestEpoch;
        chart.markLabel = ReportText::tr("best");
    }
    return {chart, ReportText::tr("Curves appear with the first epoch of a training."), {}};
}

} // namespace

int bestEpochOf(const std::vector<EpochMetric> &epochs)
{
    const EpochMetric *best = nullptr;
    int kept = 0; // runs of before it was kept took the lowest loss
    for (const EpochMetric &m : epochs) {
        if (m.name == "best" && m.value > 0) {
            kept = std::max(kept, m.epoch);
        } else if (m.name == "valid_loss" && (!best || m.value < best->value)) {
            best = &m;
        }
    }
    return kept > 0 ? kept : best ? best->epoch : 0;
}

ChartSpec lossCurves(const std::vector<EpochMetric> &epochs, int bestEpoch)
{
    return curves({seriesOf(epochs, "train_loss", ReportText::tr("Training"), Ink::Series2),
                   seriesOf(epochs, "valid_loss", ReportText::tr("Validation"), Ink::Accent)},
                  ReportText::tr("Loss"), bestEpoch);
}

ChartSpec hitRateCurve(const std::vector<EpochMetric> &epochs, int bestEpoch)
{
    ChartSpec spec =
        curves({seriesOf(epochs, "hr10", ReportText::tr("HR@10"), Ink::Accent),
                seriesOf(epochs, "hr10_new", ReportText::tr("HR@10, new items"), Ink::Series2)},
               ReportText::tr("Share of users"), bestEpoch);
    LineChart &chart = std::get<LineChart>(spec.body);
    chart.y.scale = AxisSpec::Scale::Percent;
    chart.yFromZero = true;
    return spec;
}

} // namespace perennial::report
