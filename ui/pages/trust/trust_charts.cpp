#include "ui/pages/trust/trust_charts.h"

#include "ui/charts/reliability.h"
#include "ui/error_text.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/counts.h"

#include <QCoreApplication>

#include <cmath>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TrustCharts)
};

constexpr double kNormal95 = 1.96;

/// @param k the parameter. Fits of one t₀ share its place: the later run of them counts.
LineSeries parameterLine(const std::vector<SavedFit> &fits, std::size_t k)
{
    const double newest = fits.back().fit.parameters[k];
    LineSeries line;
    line.name = QString::fromStdString(fits.back().fit.names[k]);
    line.points = true;
    bool banded = true;
    for (const SavedFit &saved : fits) {
        if (!saved.run.until || (!line.x.empty() && *saved.run.until < line.x.back())) {
            continue;
        }
        if (!line.x.empty() && *saved.run.until == line.x.back()) {
            for (auto *values : {&line.x, &line.y, &line.lower, &line.upper}) {
                values->pop_back();
            }
        }
        const bool known = k < saved.fit.logStandardErrors.size();
        const double spread = known ? std::exp(kNormal95 * saved.fit.logStandardErrors[k]) : 1.0;
        const double at = saved.fit.parameters[k] / newest;
        banded = banded && known && std::isfinite(spread) && spread < 10.0;
        line.x.push_back(*saved.run.until);
        line.y.push_back(at);
        line.lower.push_back(at / spread);
        line.upper.push_back(at * spread);
    }
    if (!banded) {
        line.lower.clear();
        line.upper.clear();
    }
    return line;
}

} // namespace

ChartSpec decilesChart(const BacktestRow &row, const QString &currency)
{
    ChartSpec spec;
    spec.empty = row.error ? forecastErrorText(row) : Words::tr("There are no customers to group.");
    if (row.deciles.empty()) {
        return spec;
    }
    StackedBars chart;
    chart.x.title = Words::tr("Tenth of customers by prediction, the best first");
    chart.y.title = Words::tr("Mean net value, %1").arg(currency);
    StackSeries predicted{Words::tr("predicted by %1").arg(forecasterText(row.model)), Ink::Series1,
                          {}};
    for (std::size_t d = 0; d < row.deciles.size(); ++d) {
        chart.labels << QString::number(d + 1);
        predicted.values.push_back(row.deciles[d].predicted);
        chart.net.push_back(row.deciles[d].actual);
    }
    chart.series = {std::move(predicted)};
    chart.netName = Words::tr("actual");
    spec.body = std::move(chart);
    return spec;
}

ChartSpec churnReliabilityChart(const ChurnBins &bins)
{
    ReliabilityPoints points;
    for (const ChurnBin &bin : bins) {
        if (bin.customers > 0) {
            points.add(bin.predicted, bin.observed, std::nullopt, customersText(bin.customers));
        }
    }
    return reliabilityChart(points, Words::tr("Predicted chance of no order"),
                            Words::tr("Share without an order"),
                            Words::tr("This method gives no chances of ordering."));
}

std::optional<std::size_t> churnBinOfPoint(const ChurnBins &bins, int point)
{
    for (std::size_t b = 0; b < bins.size(); ++b) {
        if (bins[b].customers > 0 && point-- == 0) {
            return b;
        }
    }
    return std::nullopt;
}

ChartSpec driftChart(const std::vector<SavedFit> &fits)
{
    ChartSpec spec;
    spec.empty = Words::tr("Three fits or more make a line.");
    if (fits.size() < 3) {
        return spec;
    }
    LineChart chart;
    chart.x.title = Words::tr("Snapshot t₀ of the fit");
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = Words::tr("Times the newest estimate");
    for (std::size_t k = 0; k < fits.back().fit.parameters.size(); ++k) {
        chart.series.push_back(parameterLine(fits, k));
    }
    spec.body = std::move(chart);
    return spec;
}

} // namespace perennial
