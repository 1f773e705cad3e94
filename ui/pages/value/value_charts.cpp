#include "ui/pages/value/value_charts.h"

#include "ui/pages/overview_charts.h"
#include "ui/wording/fit_words.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ValueCharts)
};

/// The Lorenz curve read from the top: the best u of users hold this share of the value.
LineSeries fromTheTop(const Concentration &shares, const QString &name, Ink ink, bool predicted)
{
    LineSeries series;
    series.name = name;
    series.ink = ink;
    series.predicted = predicted;
    for (auto point = shares.lorenz.rbegin(); point != shares.lorenz.rend(); ++point) {
        series.x.push_back(1.0 - point->users);
        series.y.push_back(1.0 - point->value);
    }
    return series;
}

QVariant errorOf(const ModelFit &fit, std::size_t i)
{
    return fit.hasErrorOf(i) ? QVariant(fit.standardErrors[i]) : QVariant();
}

void appendParameters(std::vector<TableModel::Row> &rows, const ModelFit &fit)
{
    for (std::size_t i = 0; i < fit.parameters.size(); ++i) {
        rows.push_back({modelText(fit.reportedModel), QString::fromStdString(fit.names[i]),
                        fit.parameters[i], errorOf(fit, i)});
    }
}

} // namespace

ChartSpec concentrationChart(const Concentration &realised, const Concentration &predicted)
{
    ChartSpec spec;
    spec.empty = Words::tr("Nobody is worth anything yet.");
    LineChart chart;
    chart.x.title = Words::tr("Share of users, most valuable first");
    chart.y.title = Words::tr("Share of value");
    for (AxisSpec *axis : {&chart.x, &chart.y}) {
        axis->scale = AxisSpec::Scale::Percent;
        axis->min = 0.0;
        axis->max = 1.0;
    }
    chart.diagonal = true;
    if (realised.total > 0) {
        chart.series.push_back(fromTheTop(realised, Words::tr("realised"), Ink::Accent, false));
    }
    if (predicted.total > 0) {
        chart.series.push_back(fromTheTop(predicted, Words::tr("predicted"), Ink::Accent, true));
    }
    if (!chart.series.empty()) {
        spec.body = std::move(chart);
    }
    return spec;
}

ChartSpec repeatOrdersChart(const ModelFigures &figures)
{
    ChartSpec spec;
    spec.empty = Words::tr("The model has no usable parameters to compare with.");
    if (figures.expected.empty() || figures.actual.size() != figures.expected.size()) {
        return spec;
    }
    StackedBars chart;
    chart.x.title = Words::tr("Repeat orders");
    chart.y.title = Words::tr("Customers");
    chart.y.whole = true;
    for (std::size_t i = 0; i < figures.expected.size(); ++i) {
        chart.labels << (i + 1 == figures.expected.size() ? Words::tr("%1+").arg(i)
                                                          : QString::number(i));
    }
    chart.series = {
        {Words::tr("expected by %1").arg(modelText(figures.frequency.fit.reportedModel)),
         Ink::Series1, figures.expected}};
    chart.netName = Words::tr("observed");
    chart.net = figures.actual;
    spec.body = std::move(chart);
    return spec;
}

ChartSpec traitChart(const std::optional<Heterogeneity> &trait, Period period)
{
    ChartSpec spec;
    spec.empty = Words::tr("The model has no such trait to show.");
    if (!trait) {
        return spec;
    }
    Histogram chart;
    const bool probability = trait->trait == Heterogeneity::Trait::DropoutProbability;
    chart.x.scale = probability ? AxisSpec::Scale::Percent : AxisSpec::Scale::Log;
    chart.x.title = probability ? Words::tr("Probability of leaving after an order")
                    : trait->trait == Heterogeneity::Trait::OrderRate
                        ? Words::tr("Orders per %1").arg(periodText(period))
                        : Words::tr("Rate of leaving per %1").arg(periodText(period));
    chart.y.title = Words::tr("Share of customers");
    chart.y.scale = AxisSpec::Scale::Percent;
    chart.edges = trait->edges;
    chart.counts = trait->share;
    chart.ink = probability || trait->trait == Heterogeneity::Trait::DropoutRate ? Ink::Churned
                                                                                 : Ink::Accent;
    if (!probability) {
        chart.zeroCount = trait->below;
        chart.zeroLabel = Words::tr("less");
    }
    chart.markX = trait->mean;
    chart.markLabel =
        Words::tr("mean %1").arg(probability ? percentText(trait->mean) : shortText(trait->mean));
    spec.body = std::move(chart);
    return spec;
}

QString traitCaption(const std::optional<Heterogeneity> &trait, Period period)
{
    if (!trait) {
        return {};
    }
    if (trait->trait == Heterogeneity::Trait::DropoutProbability) {
        return Words::tr("On average %1 of the customers leave after each order.")
            .arg(percentText(trait->mean));
    }
    const bool orders = trait->trait == Heterogeneity::Trait::OrderRate;
    return (orders ? Words::tr("Mean %1 orders per %2; %3 of the customers lie below the first class.")
                   : Words::tr("Mean rate %1 per %2; %3 of the customers lie below the first class."))
        .arg(shortText(trait->mean), periodText(period), percentText(trait->below));
}

std::vector<TableModel::Row> parameterRows(const ModelFigures &figures)
{
    std::vector<TableModel::Row> rows;
    appendParameters(rows, figures.frequency.fit);
    if (figures.spend) {
        appendParameters(rows, figures.spend->fit);
    }
    return rows;
}

std::vector<TableModel::Row> decileRows(const ValueFigures &figures)
{
    std::vector<TableModel::Row> rows;
    const std::vector<Decile> &realised = figures.realisedShares.deciles;
    const std::vector<Decile> &predicted = figures.predictedShares.deciles;
    const std::size_t groups = std::max(realised.size(), predicted.size());
    for (std::size_t i = 0; i < groups; ++i) {
        TableModel::Row row(6);
        const auto percent = [groups](std::size_t k) { return (200 * k + groups) / (2 * groups); };
        row[0] = Words::tr("%1–%2 %").arg(percent(i)).arg(percent(i + 1));
        if (i < realised.size()) {
            row[1] = QVariant::fromValue<qint64>(realised[i].users);
            row[2] = realised[i].mean;
            row[3] = realised[i].share;
        }
        if (i < predicted.size()) {
            row[4] = predicted[i].mean;
            row[5] = predicted[i].share;
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<TableModel::Row> quantileRows(const ValueFigures &figures)
{
    std::vector<TableModel::Row> rows;
    for (std::size_t i = 0; i < kQuantileShares.size(); ++i) {
        TableModel::Row row{Words::tr("%1 %").arg(kQuantileShares[i] * 100)};
        if (kQuantileShares[i] == 0.5) {
            row[0] = Words::tr("50 % (median)");
        }
        for (const std::vector<double> &quantiles : figures.quantiles) {
            row.push_back(i < quantiles.size() ? QVariant(quantiles[i]) : QVariant());
        }
        rows.push_back(std::move(row));
    }
    return rows;
}

QString fitStatusText(const ModelFit &fit)
{
    switch (fit.status) {
    case FitStatus::Converged:
        return Words::tr("✓ converged");
    case FitStatus::Boundary:
        return Words::tr("! boundary: %1").arg(fitBoundaryText(fit));
    case FitStatus::Failed:
        break;
    }
    return Words::tr("✕ failed: no parameters were found that fit");
}

} // namespace perennial
