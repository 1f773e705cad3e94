#include "ui/report/chart_figure.h"
#include "ui/report/report_section.h"
#include "ui/report/section_words.h"

#include <algorithm>
#include <numeric>

namespace perennial::report {
namespace {

bool nothingPredicted(const SegmentFigures &f) { return f.predictedValues.none == f.users; }

QString headline(const ReportData &data)
{
    const SegmentFigures &f = data.figures;
    if (f.users == 0) {
        return ReportText::tr("No user is in this segment");
    }
    if (nothingPredicted(f)) {
        return ReportText::tr("No value could be predicted for these users");
    }
    if (f.concentration.deciles.size() < 10 || f.predicted <= 0) {
        return counted(f.concentration.users,
                       ReportText::tr("1 user is expected to bring %2 in %3"),
                       ReportText::tr("%1 users are expected to bring %2 in %3"))
            .arg(money(data, f.predicted), horizonWords(data));
    }
    return ReportText::tr("The best tenth of customers carries %1 of the predicted value")
        .arg(percentText(f.concentration.deciles.front().share));
}

ChartSpec distributionChart(const ReportData &data)
{
    const ValueDistribution &d = data.figures.predictedValues;
    Histogram histogram;
    histogram.x.title = withCurrency(data, ReportText::tr("Predicted value per user"));
    histogram.x.scale = AxisSpec::Scale::Log;
    histogram.y.title = ReportText::tr("Users");
    histogram.y.whole = true;
    histogram.predicted = true;
    for (const FigureBin &bin : d.bins) {
        histogram.edges.push_back(bin.from);
        histogram.counts.push_back(static_cast<double>(bin.users));
    }
    if (!d.bins.empty()) {
        histogram.edges.push_back(d.bins.back().to);
    }
    if (d.zero > 0) {
        histogram.zeroCount = static_cast<double>(d.zero);
    }
    return {histogram, ReportText::tr("Nothing predicted."), {}};
}

ChartSpec concentrationChart(const ReportData &data)
{
    CategoryBars bars;
    bars.value.title = ReportText::tr("Share of predicted value");
    bars.value.scale = AxisSpec::Scale::Percent;
    const bool tenths = data.figures.concentration.deciles.size() == 10;
    for (const Decile &decile : data.figures.concentration.deciles) {
        const QString label = tenths ? (decile.rank == 1 ? ReportText::tr("Best tenth")
                                                         : ReportText::tr("Tenth %1").arg(decile.rank))
                                     : ReportText::tr("User %1").arg(decile.rank);
        bars.bars.push_back({label, decile.share, Ink::Accent, percentText(decile.share), {}, true});
    }
    return {bars, ReportText::tr("Nothing predicted."), {}};
}

Table decileTable(const ReportData &data)
{
    Table table;
    table.title = ReportText::tr("Customers by predicted value, in tenths");
    table.columns = {numberColumn(ReportText::tr("Tenth")), numberColumn(ReportText::tr("Users")),
                     numberColumn(withCurrency(data, ReportText::tr("Predicted"))),
                     numberColumn(withCurrency(data, ReportText::tr("Per user"))),
                     numberColumn(ReportText::tr("Share")), numberColumn(ReportText::tr("Cumulative"))};
    table.whenEmpty = ReportText::tr("Nothing predicted.");
    for (const Decile &d : data.figures.concentration.deciles) {
        table.rows.push_back({QString::number(d.rank), countText(d.users), fullText(d.total, 0),
                              fullText(d.mean), percentText(d.share), percentText(d.cumulativeShare)});
    }
    if (!table.rows.empty()) {
        table.note = ReportText::tr("Gini coefficient %1 (0 = everybody brings the same).")
                         .arg(fullText(data.figures.concentration.gini, 3));
    }
    return table;
}

Table topTable(const ReportData &data)
{
    Table table;
    table.columns = {textColumn(ReportText::tr("User")),
                     labelColumn(ReportText::tr("Stage")),
                     numberColumn(ReportText::tr("Orders")),
                     labelColumn(ReportText::tr("Last order")),
                     numberColumn(withCurrency(data, ReportText::tr("Realised"))),
                     numberColumn(ReportText::tr("P(alive)")),
                     numberColumn(ReportText::tr("Churn risk")),
                     numberColumn(ReportText::tr("Exp. orders")),
                     numberColumn(withCurrency(data, ReportText::tr("Predicted")))};
    table.whenEmpty = ReportText::tr("No user is in this segment.");
    for (const TopUser &user : data.figures.top) {
        const UserState &s = user.state;
        table.rows.push_back({text(user.key), stageText(s.stage), countText(s.orders),
                              dayText(s.lastOrderDay), fullText(s.realised), percentText(s.pAlive),
                              percentText(s.churnRisk), fullText(s.expectedOrders, 1),
                              fullText(s.predictedValue)});
    }
    const auto shown = static_cast<std::int64_t>(data.figures.top.size());
    if (shown < data.figures.users) {
        table.note = ReportText::tr("%1 of %2; the whole table is exported as CSV.")
                         .arg(countText(shown), usersText(data.figures.users));
    }
    return table;
}

QString topHeadline(const ReportData &data)
{
    const auto &top = data.figures.top;
    const double sum = std::accumulate(top.begin(), top.end(), 0.0, [](double s, const TopUser &u) {
        return s + u.state.predictedValue.value_or(0);
    });
    if (top.empty() || sum <= 0) {
        return ReportText::tr("Users by what they have brought");
    }
    if (top.size() == 1) {
        return ReportText::tr("The most valuable user is expected to bring %1").arg(money(data, sum));
    }
    return ReportText::tr("The %1 most valuable users are expected to bring %2, %3 of the total")
        .arg(top.size())
        .arg(money(data, sum), shareWords(sum, data.figures.predicted));
}

std::vector<Part> write(const ReportData &data)
{
    const SegmentFigures &f = data.figures;
    Part value;
    value.headline = headline(data);
    value.lead = ReportText::tr("Predicted value in %1, weighted with a margin of %2 and discounted "
                                "at %3 per year.")
                     .arg(horizonWords(data), percentText(data.label->margin),
                          percentText(data.label->discountPerYear));
    const QString caption =
        f.predictedValues.none > 0
            ? counted(f.predictedValues.none,
                      ReportText::tr("1 user without an order has no prediction and is not drawn."),
                      ReportText::tr(
                          "%1 users without an order have no prediction and are not drawn."))
            : QString();
    value.blocks.push_back(
        FigureRow{{chartFigure(ReportText::tr("Users by predicted value"), 210,
                               distributionChart(data), caption),
                   chartFigure(ReportText::tr("Predicted value by tenth of customers"), 210,
                               concentrationChart(data))}});
    value.blocks.push_back(decileTable(data));
    Part top;
    top.headline = topHeadline(data);
    top.blocks.push_back(topTable(data));
    return {value, top};
}

} // namespace

ReportSection valueSection()
{
    return {"value", [] { return ReportText::tr("Value"); },
            [] { return ReportText::tr("Distribution, concentration and the most valuable users"); },
            true, write};
}

} // namespace perennial::report
