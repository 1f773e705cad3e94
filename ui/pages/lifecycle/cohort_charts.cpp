#include "ui/pages/lifecycle/cohort_charts.h"

#include "ui/charts/chart_ticks.h"
#include "ui/wording/format.h"
#include "ui/wording/lifecycle_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cmath>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CohortCharts)
};

constexpr std::size_t kMostCurves = 5;
/// Without Series5, which is near Series1; the accent is the mean's.
constexpr std::array kInks{Ink::Series2, Ink::Series3, Ink::Series4, Ink::Series6, Ink::Churned};
static_assert(kInks.size() == kMostCurves);

QString columnName(const PeriodRange &column, RetentionKind kind)
{
    if (kind == RetentionKind::Unbounded) {
        return QStringLiteral("%1+").arg(column.from);
    }
    return column.from == column.to ? QString::number(column.from)
                                    : QStringLiteral("%1–%2").arg(column.from).arg(column.to);
}

QString periodsTitle(const RetentionResult &retention)
{
    const QString since = retention.options.anchor == CohortAnchor::FirstPurchase
                              ? Words::tr("since the first order; 0 is its own")
                              : Words::tr("since the first activity; 0 is its own");
    switch (retention.options.period) {
    case CohortPeriod::Daily:
        return Words::tr("Days %1").arg(since);
    case CohortPeriod::Weekly:
        return Words::tr("Weeks %1").arg(since);
    case CohortPeriod::Monthly:
        return Words::tr("Months %1").arg(since);
    case CohortPeriod::Quarterly:
        break;
    }
    return Words::tr("Quarters %1").arg(since);
}

AxisSpec measureAxis(const CohortsFigures &figures, CohortMeasure measure, bool share)
{
    const QString sign = currencySign(QString::fromStdString(figures.currency));
    AxisSpec axis;
    switch (measure) {
    case CohortMeasure::Active:
        axis.title = share ? Words::tr("Active, share of the cohort") : Words::tr("Active users");
        break;
    case CohortMeasure::Ordering:
        axis.title = share ? Words::tr("Ordering, share of the cohort")
                           : Words::tr("Users who ordered");
        break;
    case CohortMeasure::Orders:
        axis.title = share ? Words::tr("Orders per user") : Words::tr("Orders");
        break;
    case CohortMeasure::Revenue:
        axis.title = share ? Words::tr("Net revenue per user, %1").arg(sign)
                           : Words::tr("Net revenue, %1").arg(sign);
        break;
    }
    if (share && (measure == CohortMeasure::Active || measure == CohortMeasure::Ordering)) {
        axis.scale = AxisSpec::Scale::Percent;
    }
    return axis;
}

QString cellNote(const RetentionCell &cell)
{
    QString note = Words::tr("%1 active, %2 ordering of %3")
                       .arg(countText(cell.active), countText(cell.ordering),
                            usersText(cell.users));
    if (!cell.mature && cell.completeOn) {
        note += QLatin1Char('\n') + Words::tr("complete on %1").arg(dayText(*cell.completeOn));
    }
    return note;
}

std::size_t matureCells(const RetentionCohort &cohort)
{
    return static_cast<std::size_t>(
        std::ranges::find(cohort.cells, false, &RetentionCell::mature) - cohort.cells.begin());
}

LineSeries curveOf(const CohortsFigures &figures, std::size_t c, Ink ink)
{
    const RetentionResult &retention = *figures.retention;
    const RetentionCohort &cohort = retention.cohorts[c];
    LineSeries line;
    line.name = cohortName(retention, cohort);
    line.ink = ink;
    const std::size_t mature = matureCells(cohort);
    if (mature < cohort.cells.size()) {
        line.immatureFrom = static_cast<double>(mature) - 1.0;
    }
    for (std::size_t n = 0; n < cohort.cells.size(); ++n) {
        line.x.push_back(static_cast<double>(n));
        line.notes << cellNote(cohort.cells[n]);
    }
    return line;
}

LineSeries meanLine(const RetentionResult &retention, CohortMeasure measure)
{
    LineSeries mean;
    mean.name = Words::tr("all, weighted");
    mean.ink = Ink::Accent;
    const bool ordering = measure == CohortMeasure::Ordering;
    const bool hasBand = ordering || measure == CohortMeasure::Active;
    for (std::size_t n = 0; n < retention.curve.size(); ++n) {
        const RetentionPoint &point = retention.curve[n];
        const auto value = measure == CohortMeasure::Active     ? point.activeShare
                           : measure == CohortMeasure::Ordering ? point.orderingShare
                           : measure == CohortMeasure::Orders   ? point.ordersPerUser
                                                                : point.netPerUser;
        mean.x.push_back(static_cast<double>(n));
        mean.y.push_back(value.value_or(std::nan("")));
        mean.notes << Words::tr("%1 observed").arg(usersText(point.users));
        if (hasBand) {
            const auto &band = ordering ? point.orderingInterval : point.activeInterval;
            mean.lower.push_back(band ? band->lower : std::nan(""));
            mean.upper.push_back(band ? band->upper : std::nan(""));
        }
    }
    return mean;
}

} // namespace

QString cohortName(const RetentionResult &retention, const RetentionCohort &cohort)
{
    if (cohort.start) {
        return cohortStartText(*cohort.start, retention.options.period);
    }
    return cohort.isRest          ? Words::tr("all others")
           : cohort.value.empty() ? Words::tr("not known")
                                  : QString::fromStdString(cohort.value);
}

double cellValue(const RetentionCell &cell, CohortMeasure measure, bool share)
{
    const double value = measure == CohortMeasure::Active     ? static_cast<double>(cell.active)
                         : measure == CohortMeasure::Ordering ? static_cast<double>(cell.ordering)
                         : measure == CohortMeasure::Orders   ? static_cast<double>(cell.orders)
                                                              : toUnits(cell.net);
    if (!share) {
        return value;
    }
    return cell.users > 0 ? value / static_cast<double>(cell.users) : std::nan("");
}

ChartSpec triangleChart(const CohortsFigures &figures, CohortMeasure measure, bool share,
                        bool rowScale)
{
    const RetentionResult &retention = *figures.retention;
    HeatMap chart;
    chart.value = measureAxis(figures, measure, share);
    chart.columnTitle = periodsTitle(retention);
    chart.rowScale = rowScale;
    for (const PeriodRange &column : retention.columns) {
        chart.columns << columnName(column, retention.options.kind);
    }
    for (const RetentionCohort &cohort : retention.cohorts) {
        chart.rows << QStringLiteral("%1  (%2)").arg(cohortName(retention, cohort),
                                                     countText(cohort.users));
        std::vector<double> &values = chart.values.emplace_back();
        QStringList &notes = chart.notes.emplace_back();
        std::vector<bool> &immature = chart.immature.emplace_back();
        for (const RetentionCell &cell : cohort.cells) {
            values.push_back(cellValue(cell, measure, share));
            notes << cellNote(cell);
            immature.push_back(!cell.mature);
        }
    }
    // Of the period in which they begin everybody is active: its cells would leave no colour to others.
    Range later;
    for (const std::vector<double> &values : chart.values) {
        later.add({values.begin() + std::min<std::ptrdiff_t>(1, std::ssize(values)), values.end()});
    }
    if (retention.options.kind != RetentionKind::Bracket && !later.empty() && later.high > 0) {
        chart.value.max = later.high;
    }
    ChartSpec spec;
    spec.body = std::move(chart);
    spec.empty = Words::tr("Nobody has begun yet.");
    return spec;
}

std::vector<std::size_t> cohortsOfCurves(const RetentionResult &retention)
{
    std::vector<std::size_t> able;
    const bool isByTime = retention.by.empty();
    for (std::size_t c = 0; c < retention.cohorts.size(); ++c) {
        const RetentionCohort &cohort = retention.cohorts[c];
        if (!cohort.isRest && (!isByTime || matureCells(cohort) >= 2)) {
            able.push_back(c);
        }
    }
    if (!isByTime) { // they come by size
        able.resize(std::min(able.size(), kMostCurves));
    }
    std::vector<std::size_t> chosen;
    const std::size_t most = std::min(able.size(), kMostCurves);
    for (std::size_t k = 0; k < most; ++k) { // from the oldest to the youngest
        chosen.push_back(able[most > 1 ? k * (able.size() - 1) / (most - 1) : 0]);
    }
    return chosen;
}

ChartSpec retentionCurvesChart(const CohortsFigures &figures, CohortMeasure measure)
{
    const RetentionResult &retention = *figures.retention;
    LineChart chart;
    chart.x.title = periodsTitle(retention);
    chart.x.whole = true;
    chart.y = measureAxis(figures, measure, true);
    chart.yFromZero = true;
    chart.series.push_back(meanLine(retention, measure));
    for (const std::size_t c : cohortsOfCurves(retention)) {
        LineSeries line = curveOf(figures, c, kInks[chart.series.size() - 1]);
        for (const RetentionCell &cell : retention.cohorts[c].cells) {
            line.y.push_back(cellValue(cell, measure, true));
        }
        chart.immatureMeans = line.immatureFrom ? Words::tr("immature") : chart.immatureMeans;
        chart.series.push_back(std::move(line));
    }
    chart.solidMeans = chart.immatureMeans.isEmpty() ? QString() : Words::tr("observed in full");
    ChartSpec spec;
    spec.empty = Words::tr("No period is over yet.");
    spec.body = std::move(chart);
    return spec;
}

ChartSpec cohortRevenueChart(const CohortsFigures &figures)
{
    const RetentionResult &retention = *figures.retention;
    ChartSpec spec;
    spec.empty = Words::tr("Revenue is added up over periods one by one: choose “in exactly the "
                           "period”.");
    if (retention.options.kind != RetentionKind::Exact) {
        return spec;
    }
    LineChart chart;
    chart.x.title = periodsTitle(retention);
    chart.x.whole = true;
    chart.y.title = Words::tr("Net revenue per user so far, %1")
                        .arg(currencySign(QString::fromStdString(figures.currency)));
    chart.yFromZero = true;
    std::size_t k = 0;
    for (const std::size_t c : cohortsOfCurves(retention)) {
        LineSeries line = curveOf(figures, c, kInks[k++]);
        line.y = cumulativeNetPerUser(retention.cohorts[c]);
        chart.immatureMeans = line.immatureFrom ? Words::tr("immature") : chart.immatureMeans;
        chart.series.push_back(std::move(line));
    }
    chart.solidMeans = chart.immatureMeans.isEmpty() ? QString() : Words::tr("realised");
    spec.empty = Words::tr("No cohort has lived through two periods yet.");
    spec.body = std::move(chart);
    return spec;
}

} // namespace perennial
