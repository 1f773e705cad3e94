#include "ui/pages/overview_charts.h"

#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <limits>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(OverviewCharts)
};

/// Edges and counts of adjacent bins.
void fillBins(Histogram &chart, const std::vector<FigureBin> &bins)
{
    for (const FigureBin &bin : bins) {
        chart.edges.push_back(bin.from);
        chart.counts.push_back(static_cast<double>(bin.users));
    }
    if (!bins.empty()) {
        chart.edges.push_back(bins.back().to);
    }
}

} // namespace

ChartSpec flowsChart(std::span<const FlowRow> flows, Period period)
{
    StackedBars chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = Words::tr("Users per %1").arg(periodText(period));
    chart.y.whole = true;
    StackSeries fresh{Words::tr("new"), Ink::FlowNew, {}};
    StackSeries current{Words::tr("current"), Ink::FlowCurrent, {}};
    StackSeries back{Words::tr("resurrected"), Ink::FlowResurrected,
                     {}};
    StackSeries dormant{Words::tr("dormant"), Ink::FlowDormant, {}};
    chart.netName = Words::tr("net change");
    for (const FlowRow &row : flows) {
        chart.at.push_back(row.start);
        fresh.values.push_back(static_cast<double>(row.fresh));
        current.values.push_back(static_cast<double>(row.current));
        back.values.push_back(static_cast<double>(row.resurrected));
        dormant.values.push_back(row.dormant == 0 ? 0.0 : -static_cast<double>(row.dormant));
        // Until a period is over, who has not come yet counts as dormant: no change to speak of.
        chart.net.push_back(row.complete
                                ? static_cast<double>(row.fresh + row.resurrected - row.dormant)
                                : std::numeric_limits<double>::quiet_NaN());
        chart.immatureLast = row.complete ? 0 : chart.immatureLast + 1;
    }
    chart.series = {std::move(fresh), std::move(current), std::move(back), std::move(dormant)};
    ChartSpec spec;
    spec.body = std::move(chart);
    spec.empty = Words::tr("No activity up to the snapshot date.");
    return spec;
}

ChartSpec stagesChart(const std::array<StageFigures, kStageCount> &stages)
{
    CategoryBars chart;
    chart.value.title = Words::tr("Users");
    chart.value.whole = true;
    for (const StageFigures &stage : stages) {
        CategoryBar bar;
        bar.label = stageText(stage.stage);
        bar.value = static_cast<double>(stage.users);
        bar.ink = stageInk(stage.stage);
        bar.valueText = countText(stage.users);
        bar.note = percentText(stage.share);
        chart.bars.push_back(std::move(bar));
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    spec.empty = Words::tr("No users.");
    return spec;
}

ChartSpec churnRiskChart(const ShareDistribution &risk)
{
    ChartSpec spec;
    spec.empty = Words::tr("Nobody has a churn risk: it needs at least one order.");
    if (risk.users == risk.none) {
        return spec;
    }
    Histogram chart;
    chart.x.title = Words::tr("Churn risk");
    chart.x.scale = AxisSpec::Scale::Percent;
    chart.x.min = 0.0;
    chart.x.max = 1.0;
    chart.y.title = Words::tr("Users");
    chart.y.whole = true;
    chart.ink = Ink::Churned;
    fillBins(chart, risk.bins);
    if (risk.mean) {
        chart.markX = *risk.mean;
        chart.markLabel = Words::tr("mean %1")
                              .arg(percentText(*risk.mean));
    }
    spec.body = std::move(chart);
    return spec;
}

std::optional<UserSelection> usersOfRiskBar(const ShareDistribution &risk, int bar)
{
    const auto k = static_cast<std::size_t>(bar);
    if (bar < 0 || k >= risk.bins.size()) {
        return std::nullopt;
    }
    const FigureBin &bin = risk.bins[k];
    ColumnRange range{UserColumn::ChurnRisk, bin.from, {}, false};
    if (k + 1 < risk.bins.size()) { // the last one holds 100 % too
        range.to = bin.to;
    }
    UserSelection users;
    users.text = Words::tr("Churn risk %1 – %2").arg(percentText(bin.from), percentText(bin.to));
    users.ranges = {range};
    return users;
}

ChartSpec valueChart(const ValueDistribution &values, const QString &axisTitle, bool predicted)
{
    ChartSpec spec;
    spec.empty = Words::tr("No users.");
    if (values.users == 0) {
        return spec;
    }
    Histogram chart;
    chart.x.title = axisTitle;
    chart.x.scale = AxisSpec::Scale::Log;
    chart.y.title = Words::tr("Users");
    chart.y.whole = true;
    chart.predicted = predicted;
    fillBins(chart, values.bins);
    chart.zeroCount = static_cast<double>(values.zero + values.none + values.negative);
    chart.zeroLabel =
        values.negative > 0 ? Words::tr("≤ 0") : QString();
    spec.body = std::move(chart);
    return spec;
}

QString zeroBarCaption(const ValueDistribution &values)
{
    QStringList parts;
    if (values.zero > 0) {
        parts << Words::tr("%1 at zero").arg(countText(values.zero));
    }
    if (values.none > 0) {
        parts << Words::tr("%1 without a prediction (no order yet)")
                     .arg(countText(values.none));
    }
    if (values.negative > 0) {
        parts << Words::tr("%1 below zero (refunds exceed purchases)")
                     .arg(countText(values.negative));
    }
    if (parts.isEmpty() || (values.none == 0 && values.negative == 0)) {
        return {};
    }
    return Words::tr("Bar at zero: %1.")
        .arg(parts.join(QStringLiteral(", ")));
}

QString modelText(const std::string &model)
{
    if (model == "behavior") {
        return Words::tr("behaviour model");
    }
    return forecasterText(model);
}

} // namespace perennial
