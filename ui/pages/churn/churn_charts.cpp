#include "ui/pages/churn/churn_charts.h"

#include "ui/error_text.h"
#include "ui/wording/forecast_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

#include <array>
#include <cmath>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ChurnCharts)
};

AxisSpec shareAxis(const QString &title)
{
    AxisSpec axis;
    axis.title = title;
    axis.scale = AxisSpec::Scale::Percent;
    axis.min = 0.0;
    axis.max = 1.0;
    return axis;
}

LineSeries named(const QString &name, Ink ink)
{
    LineSeries line;
    line.name = name;
    line.ink = ink;
    return line;
}

double chanceOf(double logOdds)
{
    return 1.0 / (1.0 + std::exp(-logOdds));
}

} // namespace

QString riskMethodText(const std::string &name)
{
    if (name == "behavior") {
        return Words::tr("Behaviour model");
    }
    if (name == kRecencyMethod) {
        return Words::tr("Days since the last order");
    }
    return forecasterText(name);
}

QString riskProblemText(const Error &error)
{
    if (error.code == ErrorCode::TooLittleData && error.where == "history") {
        return Words::tr("the history is too short: it takes the horizon and four weeks before the "
                         "day it learns at. Choose a shorter horizon under Data.");
    }
    if (error.code == ErrorCode::TooLittleData && error.where == "labels") {
        return Words::tr("everybody came back, or nobody did: there is nothing to learn from.");
    }
    if (error.code == ErrorCode::TooLittleData && error.where == "segment") {
        return Words::tr("nobody of these users was a customer at that day.");
    }
    if (error.code == ErrorCode::NoPurchases) {
        return Words::tr("nobody had ordered by then.");
    }
    return errorText(error);
}

QString reasonGroupText(ReasonGroup group)
{
    switch (group) {
    case ReasonGroup::Recency:
        return Words::tr("How long ago, and lately");
    case ReasonGroup::Frequency:
        return Words::tr("How often");
    case ReasonGroup::Spend:
        return Words::tr("How much");
    case ReasonGroup::Tenure:
        return Words::tr("How long a customer");
    case ReasonGroup::Model:
        break;
    }
    return Words::tr("What the value model expects");
}

QString riskFeatureText(const std::string &column)
{
    const std::array<std::pair<const char *, QString>, 17> known{{
        {"log_order_days", Words::tr("Days with an order")},
        {"log_days_since_order", Words::tr("Days since the last order")},
        {"log_tenure", Words::tr("Days since the first order")},
        {"log_order_span", Words::tr("Days from first to last order")},
        {"log_net", Words::tr("Net spend")},
        {"log_mean_order_day", Words::tr("Spend per order day")},
        {"log_last_order_day", Words::tr("Spend on the last order day")},
        {"log_largest_order_day", Words::tr("Largest order day")},
        {"log_refunds", Words::tr("Refunds")},
        {"log_net_recent", Words::tr("Net spend within the last horizon")},
        {"log_orders_recent", Words::tr("Orders within the last horizon")},
        {"log_net_lately", Words::tr("Net spend within a third of it")},
        {"log_orders_lately", Words::tr("Orders within a third of it")},
        {"log_mean_gap", Words::tr("Mean days between orders")},
        {"log_expected_orders", Words::tr("Orders the value model expects")},
        {"log_expected_value", Words::tr("Value the value model expects")},
        {"p_alive", Words::tr("P(alive)")},
    }};
    for (const auto &[name, text] : known) {
        if (column == name) {
            return text;
        }
    }
    return QString::fromStdString(column);
}

ChartSpec riskCalibrationChart(const TrialMethod &method)
{
    LineSeries line;
    line.name = Words::tr("observed");
    line.ink = Ink::Accent;
    line.points = true;
    for (const RiskBin &bin : method.bins) {
        line.x.push_back(bin.predicted);
        line.y.push_back(bin.churned);
        line.lower.push_back(bin.interval.lower);
        line.upper.push_back(bin.interval.upper);
        line.notes << customersText(bin.users);
    }
    LineChart chart;
    chart.x = shareAxis(Words::tr("Predicted churn risk"));
    chart.y = shareAxis(Words::tr("Share that left"));
    chart.diagonal = true;
    chart.series = {std::move(line)};
    ChartSpec spec;
    spec.empty = method.isProbability ? Words::tr("There is nobody to judge.")
                                      : Words::tr("This rule ranks customers, but gives no chances.");
    if (!method.bins.empty()) {
        spec.body = std::move(chart);
    }
    return spec;
}

ChartSpec riskGainChart(const TrialMethod &method)
{
    LineSeries line;
    line.name = Words::tr("by risk");
    line.ink = Ink::Accent;
    line.points = true;
    line.x = {0.0};
    line.y = {0.0};
    line.notes << QString();
    for (const GainRow &gain : method.gains) {
        line.x.push_back(gain.share);
        line.y.push_back(gain.gain);
        line.notes << Words::tr("lift %1").arg(fullText(gain.lift, 2));
    }
    LineChart chart;
    chart.x = shareAxis(Words::tr("Share of customers contacted"));
    chart.y = shareAxis(Words::tr("Share of those who left"));
    chart.diagonal = true;
    chart.series = {std::move(line)};
    ChartSpec spec;
    spec.empty = Words::tr("Nobody left in the window.");
    if (!method.gains.empty()) {
        spec.body = std::move(chart);
    }
    return spec;
}

ChartSpec contactChart(std::span<const ContactOutcome> curve, const ContactOutcome &at,
                       const QString &currency)
{
    LineSeries saved = named(Words::tr("saved"), Ink::Series2);
    LineSeries cost = named(Words::tr("cost"), Ink::Series3);
    LineSeries net = named(Words::tr("net"), Ink::Accent);
    for (const ContactOutcome &point : curve) {
        const auto users = static_cast<double>(point.contacted);
        for (LineSeries *line : {&saved, &cost, &net}) {
            line->x.push_back(users);
            line->notes << (point.threshold
                                ? Words::tr("from %1 on").arg(shortText(*point.threshold))
                                : QString());
        }
        saved.y.push_back(point.saved);
        saved.lower.push_back(point.savedInterval.lower);
        saved.upper.push_back(point.savedInterval.upper);
        cost.y.push_back(point.cost);
        net.y.push_back(point.net);
    }
    LineChart chart;
    chart.x.title = Words::tr("Customers contacted");
    chart.x.whole = true;
    chart.y.title = Words::tr("Expected, %1").arg(currency);
    chart.series = {std::move(saved), std::move(cost), std::move(net)};
    chart.markX = static_cast<double>(at.contacted);
    chart.markLabel = Words::tr("this plan");
    ChartSpec spec;
    spec.empty = Words::tr("There is nobody to contact.");
    if (curve.size() > 1) {
        spec.body = std::move(chart);
    }
    return spec;
}

ChartSpec reasonsChart(const RiskReasons &reasons)
{
    CategoryBars chart;
    chart.value.title = Words::tr("Churn risk, log odds");
    const auto bar = [](const QString &label, double from, double to, Ink ink, const QString &text) {
        CategoryBar one;
        one.label = label;
        one.from = from;
        one.value = to;
        one.ink = ink;
        one.valueText = text;
        return one;
    };
    chart.bars.push_back(bar(Words::tr("Anybody"), 0.0, reasons.base, Ink::Quiet,
                             percentText(chanceOf(reasons.base))));
    double at = reasons.base;
    for (std::size_t k = 0; k < kReasonGroups; ++k) {
        const auto group = static_cast<ReasonGroup>(k);
        const double next = at + reasons.of(group);
        chart.bars.push_back(bar(reasonGroupText(group), at, next,
                                 reasons.of(group) > 0 ? Ink::Churned : Ink::Series2,
                                 signedFullText(reasons.of(group), 2)));
        at = next;
    }
    chart.bars.push_back(
        bar(Words::tr("This customer"), 0.0, at, Ink::Accent, percentText(reasons.risk)));
    ChartSpec spec;
    spec.body = std::move(chart);
    return spec;
}

} // namespace perennial
