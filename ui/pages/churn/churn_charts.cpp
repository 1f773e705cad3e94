#include "ui/pages/churn/churn_charts.h"

#include "ui/charts/reliability.h"
#include "ui/wording/churn_words.h"
#include "ui/wording/format.h"

#include <QCoreApplication>

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

ChartSpec riskCalibrationChart(const TrialMethod &method)
{
    ReliabilityPoints points;
    for (const RiskBin &bin : method.bins) {
        points.add(bin.predicted, bin.churned, bin.interval, customersText(bin.users));
    }
    return reliabilityChart(points, Words::tr("Predicted churn risk"), Words::tr("Share that left"),
                            method.isProbability
                                ? Words::tr("There is nobody to judge.")
                                : Words::tr("This rule ranks customers, but gives no chances."));
}

ChartSpec riskPrecisionChart(const TrialMethod &method)
{
    LineSeries line = named(Words::tr("by risk"), Ink::Accent);
    line.stepped = true; // between two points no line holds (Davis & Goadrich 2006)
    for (const TargetingPoint &point : method.precisionRecall) {
        line.x.push_back(point.recall);
        line.y.push_back(point.precision);
        line.notes << Words::tr("%1 contacted").arg(customersText(point.targeted));
    }
    LineSeries chance = named(Words::tr("random"), Ink::Quiet);
    chance.longName = Words::tr("a random choice");
    LineChart chart;
    chart.x = shareAxis(Words::tr("Share of those who left who are reached (recall)"));
    chart.y = shareAxis(Words::tr("Share of those reached who left (precision)"));
    if (!method.precisionRecall.empty()) {
        chance.x = {0.0, 1.0};
        chance.y.assign(2, method.precisionRecall.back().precision);
        chart.series = {std::move(line), std::move(chance)};
    }
    ChartSpec spec;
    spec.empty = Words::tr("Nobody left in the window.");
    if (!chart.series.empty()) {
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
