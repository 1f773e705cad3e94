#include "ui/pages/models/curve_grid.h"

#include "ui/charts/chart_card.h"

namespace perennial {

namespace {

constexpr int kChartHeight = 210;
constexpr int kLeastWidth = 300;

} // namespace

CurveGrid::CurveGrid(QWidget *parent) : ChartGrid(kChartHeight, kLeastWidth, parent) {}

void CurveGrid::setRuns(const std::vector<CurveRun> &runs, const QString &empty)
{
    std::vector<CurveChart> charts = curveCharts(runs);
    if (charts.empty()) {
        charts.push_back({tr("Learning curves"), {}, {LineChart{}, empty, {}}});
    }
    for (std::size_t i = 0; i < charts.size(); ++i) {
        ChartCard *card = at(static_cast<qsizetype>(i));
        card->setTitle(charts[i].title);
        card->setDefinition(charts[i].definition);
        card->setSpec(charts[i].spec);
    }
    setUsed(static_cast<qsizetype>(charts.size()));
}

} // namespace perennial
