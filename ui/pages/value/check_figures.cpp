#include "ui/pages/value/check_figures.h"

#include "core/value/saved_fit.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ValueCheck)
};

constexpr int kWeek = 7, kFourWeeks = 28;
constexpr int kMostWeeks = 130; ///< tracked week by week

QString figureText(const CheckFigures &figures, CheckedFigure figure)
{
    return figure == CheckedFigure::Orders
               ? Words::tr("order days per customer")
               : Words::tr("net revenue per customer, %1")
                     .arg(currencySign(QString::fromStdString(figures.label.currency)));
}

LineSeries observedMeans(const std::vector<CalibrationGroup> &groups)
{
    LineSeries series;
    series.name = Words::tr("observed");
    series.ink = Ink::Text;
    series.points = true;
    for (const CalibrationGroup &group : groups) {
        series.y.push_back(group.actual.value);
        series.lower.push_back(group.actual.lower);
        series.upper.push_back(group.actual.upper);
    }
    return series;
}

/// The part of the expectation within the calibration, and what comes after it: they share a point.
std::pair<LineSeries, LineSeries> expectedParts(const RepeatTracking &tracking,
                                                const std::vector<double> &values)
{
    LineSeries fitted, predicted;
    fitted.name = Words::tr("fitted");
    predicted.name = Words::tr("predicted");
    fitted.ink = predicted.ink = Ink::Accent;
    predicted.predicted = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Day day = tracking.day[i];
        if (day <= tracking.calibrationEnd) {
            fitted.x.push_back(day);
            fitted.y.push_back(values[i]);
        }
        if (day >= tracking.calibrationEnd) {
            predicted.x.push_back(day);
            predicted.y.push_back(values[i]);
        }
    }
    return {std::move(fitted), std::move(predicted)};
}

std::vector<double> differences(std::vector<double> cumulative)
{
    for (std::size_t i = cumulative.size(); i-- > 1;) {
        cumulative[i] -= cumulative[i - 1];
    }
    return cumulative;
}

ChartSpec trackingChart(const RepeatTracking &tracking, const std::vector<double> &expected,
                        const std::vector<double> &actual, const QString &title)
{
    LineChart chart;
    chart.x.scale = AxisSpec::Scale::Date;
    chart.y.title = title;
    chart.yFromZero = true;
    auto [fitted, predicted] = expectedParts(tracking, expected);
    LineSeries observed;
    observed.name = Words::tr("observed");
    observed.ink = Ink::Text;
    for (std::size_t i = 0; i < actual.size(); ++i) {
        observed.x.push_back(tracking.day[i]);
        observed.y.push_back(actual[i]);
    }
    chart.series = {std::move(fitted), std::move(predicted), std::move(observed)};
    chart.markX = tracking.calibrationEnd;
    chart.markLabel = Words::tr("fitted up to here");
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

} // namespace

Result<CheckFigures> readCheckFigures(const Project &project, const Task &task)
{
    auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    if (label->valueRun == 0) {
        return fail(ErrorCode::NotTrained, "bg-nbd", project.path().string());
    }
    const auto saved = readSavedFit(project, label->valueRun);
    if (!saved) {
        return saved.error();
    }
    const auto history = readOrderHistory(project, label->snapshot, task.part(0.0, 0.3));
    if (!history) {
        return history.error();
    }
    HoldoutOptions options;
    options.value.frequencyModel = saved->fit.model;
    options.value.until = label->snapshot;
    options.value.horizonDays = label->horizonDays;
    options.value.period = saved->customers.period;
    options.value.firstPurchaseInSpend = saved->customers.firstPurchaseInSpend;
    auto holdout = checkOnHoldout(*history, options, task.part(0.3, 0.9));
    if (!holdout) {
        return holdout.error();
    }
    CheckFigures figures;
    figures.label = *std::move(label);
    figures.holdout = *std::move(holdout);
    const HistorySplit &split = figures.holdout.split;
    const int days = split.until - split.first + split.labelDays;
    auto tracking = trackRepeats(
        *history, figures.holdout.fitted->customers, figures.holdout.fitted->frequency, split.until,
        split.until + split.labelDays, trackedPeriodDays(days), task.part(0.9, 1.0));
    if (!tracking) {
        return tracking.error();
    }
    figures.tracking = *std::move(tracking);
    return figures;
}

int trackedPeriodDays(int days) noexcept
{
    return days > kMostWeeks * kWeek ? kFourWeeks : kWeek;
}

const std::vector<CalibrationGroup> &groupsOf(const CheckFigures &figures, CheckedFigure figure)
{
    return figure == CheckedFigure::Orders ? figures.holdout.orders : figures.holdout.net;
}

ChartSpec tenthsChart(const CheckFigures &figures, CheckedFigure figure)
{
    const std::vector<CalibrationGroup> &groups = groupsOf(figures, figure);
    LineChart chart;
    chart.x.title = Words::tr("Tenth of customers by prediction, 10 = the highest");
    chart.x.whole = true;
    chart.y.title = Words::tr("Mean %1").arg(figureText(figures, figure));
    chart.yFromZero = true;
    LineSeries predicted;
    predicted.name = Words::tr("predicted");
    predicted.ink = Ink::Accent;
    predicted.predicted = predicted.points = true;
    LineSeries observed = observedMeans(groups);
    for (std::size_t i = 0; i < groups.size(); ++i) {
        predicted.x.push_back(static_cast<double>(i + 1));
        predicted.y.push_back(groups[i].predicted);
    }
    observed.x = predicted.x;
    chart.series = {std::move(predicted), std::move(observed)};
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

ChartSpec calibrationChart(const CheckFigures &figures, CheckedFigure figure)
{
    const std::vector<CalibrationGroup> &groups = groupsOf(figures, figure);
    LineChart chart;
    chart.x.title = Words::tr("Predicted mean %1").arg(figureText(figures, figure));
    chart.y.title = Words::tr("Observed mean");
    chart.diagonal = true;
    LineSeries observed = observedMeans(groups);
    observed.name.clear();
    observed.line = false;
    observed.ink = Ink::Accent;
    for (const CalibrationGroup &group : groups) {
        observed.x.push_back(group.predicted);
    }
    const bool positive = std::ranges::all_of(groups, [](const CalibrationGroup &group) {
        return group.predicted >= 0 && group.actual.lower >= 0;
    });
    if (positive) {
        chart.x.min = chart.y.min = 0.0;
    }
    chart.series = {std::move(observed)};
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

ChartSpec cumulativeTrackingChart(const RepeatTracking &tracking)
{
    return trackingChart(tracking, tracking.expected, tracking.actual,
                         Words::tr("Repeat orders so far"));
}

ChartSpec periodTrackingChart(const RepeatTracking &tracking)
{
    return trackingChart(tracking, differences(tracking.expected), differences(tracking.actual),
                         tracking.periodDays == kWeek ? Words::tr("Repeat orders per week")
                                                      : Words::tr("Repeat orders per 4 weeks"));
}

UsersBehind trackedUsers(std::shared_ptr<const CustomerSummary> customers,
                         const RepeatTracking &tracking, TrackedSpan span, const ChartSpec &spec,
                         int series, int index)
{
    const auto *chart = std::get_if<LineChart>(&spec.body);
    if (!chart) {
        return std::nullopt;
    }
    if (series + 1 < static_cast<int>(chart->series.size())) {
        UserSelection all;
        all.text = Words::tr("First order by %1").arg(dayText(customers->until));
        all.only = UserIds(customers, &customers->user);
        return all;
    }
    const auto day = static_cast<Day>(
        chart->series[static_cast<std::size_t>(series)].x[static_cast<std::size_t>(index)]);
    const bool soFar = span == TrackedSpan::SoFar;
    const Day after = soFar ? std::numeric_limits<Day>::min() : day - tracking.periodDays;
    const QString text = soFar
                             ? Words::tr("Ordered again by %1").arg(dayText(day))
                             : Words::tr("Ordered again %1 – %2").arg(dayText(after + 1), dayText(day));
    return {text, [customers, after, day](Project &project, const Task &task) -> Result<UserIds> {
                const auto history = readOrderHistory(project, day, task);
                if (!history) {
                    return history.error();
                }
                return std::make_shared<const std::vector<std::int64_t>>(
                    repeatBuyers(*history, *customers, after, day));
            }};
}

} // namespace perennial
