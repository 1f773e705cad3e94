#pragma once

#include "ui/charts/chart_spec.h"

#include <cmath>
#include <limits>
#include <map>

namespace perennial {

/// One chart of each kind with data like the pages', for tests and for looking at.
inline std::map<QString, ChartSpec> chartSamples()
{
    std::map<QString, ChartSpec> all;
    const auto named = [](const QString &title, AxisSpec::Scale scale = AxisSpec::Scale::Linear) {
        AxisSpec axis;
        axis.title = title;
        axis.scale = scale;
        return axis;
    };

    LineChart lines;
    lines.x = named(QStringLiteral("Epoch"));
    lines.y = named(QStringLiteral("Loss"));
    for (const QString &name : {QStringLiteral("Training"), QStringLiteral("Validation")}) {
        LineSeries s;
        s.name = name;
        for (int i = 1; i <= 12; ++i) {
            s.x.push_back(i);
            const double y =
                4.2 + 2.5 / i + (name == QLatin1String("Validation") ? 0.01 * i * i : 0);
            s.y.push_back(y);
            s.lower.push_back(y - 0.1);
            s.upper.push_back(y + 0.1);
        }
        lines.series.push_back(s);
    }
    lines.markX = 7;
    lines.markLabel = QStringLiteral("best epoch");
    all[QStringLiteral("lines")].body = lines;

    LineChart reliability;
    reliability.x = named(QStringLiteral("Predicted churn risk"), AxisSpec::Scale::Percent);
    reliability.y = named(QStringLiteral("Observed"), AxisSpec::Scale::Percent);
    reliability.diagonal = true;
    LineSeries points;
    points.points = true;
    for (int i = 0; i < 10; ++i) {
        points.x.push_back(0.05 + 0.1 * i);
        points.y.push_back(std::pow(0.05 + 0.1 * i, 1.2));
    }
    reliability.series = {points};
    all[QStringLiteral("reliability")].body = reliability;

    LineChart dates;
    dates.x = named(QString(), AxisSpec::Scale::Date);
    dates.y = named(QStringLiteral("Net revenue, £ per week"));
    LineSeries revenue;
    revenue.name = QStringLiteral("Realised");
    for (int i = 0; i < 78; ++i) {
        revenue.x.push_back(20000 + 7 * i);
        revenue.y.push_back(i == 30 ? std::numeric_limits<double>::quiet_NaN()
                                    : 48000 + 9000 * std::sin(i / 8.0));
    }
    revenue.immatureFrom = 20000 + 7 * 72;
    dates.series = {revenue};
    dates.yFromZero = true;
    all[QStringLiteral("dates")].body = dates;

    Histogram ltv;
    ltv.x = named(QStringLiteral("Predicted value, £"), AxisSpec::Scale::Log);
    ltv.y = named(QStringLiteral("Users"));
    ltv.edges = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};
    ltv.counts = {120, 340, 900, 1800, 2600, 3100, 2400, 1300, 500, 120, 12};
    ltv.zeroCount = 5400;
    ltv.predicted = true;
    ltv.markX = 86;
    ltv.markLabel = QStringLiteral("mean £86");
    all[QStringLiteral("ltv")].body = ltv;

    Histogram risk;
    risk.x = named(QStringLiteral("Churn risk"), AxisSpec::Scale::Percent);
    risk.y = named(QStringLiteral("Users"));
    for (int i = 0; i <= 20; ++i) {
        risk.edges.push_back(i / 20.0);
    }
    for (int i = 0; i < 20; ++i) {
        risk.counts.push_back(100 + 15 * i * i);
    }
    all[QStringLiteral("risk")].body = risk;

    CategoryBars stages;
    const double users[]{812, 1204, 2231, 3120, 4410, 3105, 5118};
    double total = 0;
    for (const double u : users) {
        total += u;
    }
    for (const Stage stage : kStages) {
        const double u = users[static_cast<int>(stage)];
        stages.bars.push_back({QString::fromUtf8(stageName(stage).data()),
                               u,
                               stageInk(stage),
                               {},
                               QStringLiteral("%1 %").arg(100 * u / total, 0, 'f', 1),
                               false});
    }
    all[QStringLiteral("stages")].body = stages;

    StackedBars flows;
    flows.x = named(QString(), AxisSpec::Scale::Date);
    flows.y = named(QStringLiteral("Users per week"));
    flows.series = {{QStringLiteral("New"), Ink::FlowNew, {}},
                    {QStringLiteral("Current"), Ink::FlowCurrent, {}},
                    {QStringLiteral("Resurrected"), Ink::FlowResurrected, {}},
                    {QStringLiteral("Dormant"), Ink::FlowDormant, {}}};
    flows.netName = QStringLiteral("Change");
    for (int i = 0; i < 52; ++i) {
        flows.at.push_back(20000 + 7 * i);
        flows.series[0].values.push_back(260 + 40 * std::sin(i));
        flows.series[1].values.push_back(900 + 4.0 * i);
        flows.series[2].values.push_back(180);
        flows.series[3].values.push_back(-320 - 3.0 * i);
        flows.net.push_back(120 + 40 * std::sin(i) - 3.0 * i);
    }
    flows.immatureLast = 1;
    all[QStringLiteral("flows")].body = flows;

    ForestPlot forest;
    forest.x = named(QStringLiteral("Change of predicted value, £"));
    forest.rows = {{QStringLiteral("Retention +5 points"), 12400, 8100, 16900, Ink::Auto, {}},
                   {QStringLiteral("Frequency +10 %"), 23100, 21000, 25400, Ink::Auto, {}},
                   {QStringLiteral("Nothing"), 0, 0, 0, Ink::Quiet, {}}};
    all[QStringLiteral("forest")].body = forest;

    HeatMap heat;
    heat.rows = {QStringLiteral("Item"), QStringLiteral("Order number")};
    heat.columns = {QStringLiteral("Jan"), QStringLiteral("Feb"), QStringLiteral("Mar")};
    heat.values = {{0, 0.25, 1}, {0.5, std::nan(""), 0.75}};
    heat.value.title = QStringLiteral("Share without");
    heat.value.scale = AxisSpec::Scale::Percent;
    heat.value.max = 1;
    all[QStringLiteral("heat")].body = heat;

    HeatMap triangle;
    triangle.rows = {QStringLiteral("Jan 2026"), QStringLiteral("Feb 2026"),
                     QStringLiteral("Mar 2026")};
    triangle.columns = {QStringLiteral("0"), QStringLiteral("1"), QStringLiteral("2")};
    triangle.values = {{310, 140, 96}, {280, 99, std::nan("")},
                       {44, std::nan(""), std::nan("")}};
    triangle.immature = {{false, false, true}, {false, true, false}, {true, false, false}};
    triangle.rowScale = true;
    triangle.value.title = QStringLiteral("Active users");
    all[QStringLiteral("triangle")].body = triangle;

    SankeyChart moves;
    moves.fromTitle = QStringLiteral("2026-05-01");
    moves.toTitle = QStringLiteral("2026-06-01");
    moves.unit = QStringLiteral("users");
    moves.from = {{QStringLiteral("Loyal"), Ink::Loyal}, {QStringLiteral("Dormant"), Ink::Dormant}};
    moves.to = {{QStringLiteral("Loyal"), Ink::Loyal},
                {QStringLiteral("Dormant"), Ink::Dormant},
                {QStringLiteral("Churned"), Ink::Churned}};
    moves.flow = {{700, 90, 0}, {60, 0, 230}};
    all[QStringLiteral("sankey")].body = moves;
    return all;
}

} // namespace perennial
