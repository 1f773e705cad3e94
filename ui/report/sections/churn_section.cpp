#include "ui/report/chart_figure.h"
#include "ui/report/report_section.h"
#include "ui/report/section_words.h"

namespace perennial::report {
namespace {

QString headline(const ReportData &data)
{
    const SegmentFigures &f = data.figures;
    const std::int64_t known = f.churnRisk.users - f.churnRisk.none;
    if (known == 0) {
        return ReportText::tr("No churn risk is known for these users");
    }
    return counted(f.atRisk.users, ReportText::tr("1 of %2 (%3) is unlikely to order in %4"),
                   ReportText::tr("%1 of %2 (%3) are unlikely to order in %4"))
        .arg(usersText(known),
             shareWords(static_cast<double>(f.atRisk.users), static_cast<double>(known)),
             horizonWords(data));
}

ChartSpec riskChart(const ReportData &data)
{
    Histogram histogram;
    histogram.x.title = ReportText::tr("Churn risk");
    histogram.x.scale = AxisSpec::Scale::Percent;
    histogram.y.title = ReportText::tr("Users");
    histogram.y.whole = true;
    for (const FigureBin &bin : data.figures.churnRisk.bins) {
        histogram.edges.push_back(bin.from);
        histogram.counts.push_back(static_cast<double>(bin.users));
    }
    if (!histogram.edges.empty()) {
        histogram.edges.push_back(data.figures.churnRisk.bins.back().to);
    }
    histogram.markX = kHighRisk;
    histogram.markLabel = ReportText::tr("unlikely to order");
    return {histogram, ReportText::tr("No churn risk is known."), {}};
}

Table riskTable(const ReportData &data)
{
    Table table;
    table.title = ReportText::tr("Most predicted value at risk");
    table.columns = {textColumn(ReportText::tr("User")),
                     labelColumn(ReportText::tr("Stage")),
                     numberColumn(ReportText::tr("Orders")),
                     labelColumn(ReportText::tr("Last order")),
                     numberColumn(withCurrency(data, ReportText::tr("Realised"))),
                     numberColumn(ReportText::tr("Churn risk")),
                     numberColumn(withCurrency(data, ReportText::tr("Predicted")))};
    table.whenEmpty = ReportText::tr("No user with a predicted value has a churn risk of 50 % or more.");
    for (const TopUser &user : data.figures.mostAtRisk) {
        const UserState &s = user.state;
        table.rows.push_back({text(user.key), stageText(s.stage), countText(s.orders),
                              dayText(s.lastOrderDay), fullText(s.realised), percentText(s.churnRisk),
                              fullText(s.predictedValue)});
    }
    return table;
}

KeyFigures keyFigures(const ReportData &data)
{
    const SegmentFigures &f = data.figures;
    return {{
        {ReportText::tr("Mean churn risk"), percentText(f.churnRisk.mean),
         horizonWords(data)},
        {ReportText::tr("Unlikely to order"), countText(f.atRisk.users),
         ReportText::tr("churn risk of 50 % or more")},
        {ReportText::tr("Predicted value of these"), money(data, f.atRisk.predicted),
         ReportText::tr("%1 of all").arg(shareWords(f.atRisk.predicted, f.predicted))},
        {ReportText::tr("Mean P(alive)"), percentText(f.meanPAlive),
         ReportText::tr("of customers, at t₀")},
    }};
}

std::vector<Part> write(const ReportData &data)
{
    Part part;
    part.headline = headline(data);
    part.lead = ReportText::tr("Churn risk is the chance of no order in %1 (source: %2). It is "
                               "not the effect of an action: who is likely to leave need not be who "
                               "can be kept.")
                    .arg(horizonWords(data), modelWords(data.label->churnSource));
    part.blocks.push_back(keyFigures(data));
    const QString caption =
        data.figures.churnRisk.none > 0
            ? counted(data.figures.churnRisk.none,
                      ReportText::tr("1 user has no churn risk and is not drawn."),
                      ReportText::tr("%1 users have no churn risk and are not drawn."))
            : QString();
    part.blocks.push_back(FigureRow{
        {chartFigure(ReportText::tr("Users by churn risk"), 200, riskChart(data), caption)}});
    part.blocks.push_back(riskTable(data));
    return {part};
}

} // namespace

ReportSection churnSection()
{
    return {"churn", [] { return ReportText::tr("Churn risk"); },
            [] { return ReportText::tr("How likely users are to order, and the value at risk"); }, true,
            write};
}

} // namespace perennial::report
