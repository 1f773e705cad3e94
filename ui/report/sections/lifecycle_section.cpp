#include "ui/report/chart_figure.h"
#include "ui/report/report_section.h"
#include "ui/report/section_words.h"

#include <algorithm>

namespace perennial::report {
namespace {

constexpr std::size_t kPeriodsDrawn = 52;
constexpr std::size_t kPeriodsListed = 13;

QString headline(const ReportData &data)
{
    const SegmentFigures &f = data.figures;
    if (f.users == 0) {
        return ReportText::tr("No user is in this segment");
    }
    const auto largest = std::max_element(
        f.stages.begin(), f.stages.end(),
        [](const StageFigures &a, const StageFigures &b) { return a.users < b.users; });
    if (largest->users == f.users) {
        return ReportText::tr("Every user here is in one stage: %1").arg(stageText(largest->stage));
    }
    return ReportText::tr("%1 is the largest stage: %2 of %3 (%4)")
        .arg(stageText(largest->stage), countText(largest->users), usersText(f.users),
             percentText(largest->share));
}

ChartSpec usersChart(const SegmentFigures &f)
{
    CategoryBars bars;
    bars.value.title = ReportText::tr("Users");
    bars.value.whole = true;
    for (const StageFigures &s : f.stages) {
        bars.bars.push_back({stageText(s.stage), static_cast<double>(s.users), stageInk(s.stage),
                             shortText(static_cast<double>(s.users)), percentText(s.share), false});
    }
    return {bars, ReportText::tr("No users."), {}};
}

ChartSpec valueChart(const ReportData &data)
{
    CategoryBars bars;
    bars.value.title = withCurrency(data, ReportText::tr("Predicted value"));
    for (const StageFigures &s : data.figures.stages) {
        bars.bars.push_back({stageText(s.stage), s.predicted, stageInk(s.stage),
                             shortText(s.predicted),
                             shareWords(s.predicted, data.figures.predicted), true});
    }
    return {bars, ReportText::tr("Nothing predicted."), {}};
}

Table stageTable(const ReportData &data)
{
    Table table;
    table.columns = {labelColumn(ReportText::tr("Stage")),
                     numberColumn(ReportText::tr("Users")),
                     numberColumn(ReportText::tr("Share of users")),
                     numberColumn(withCurrency(data, ReportText::tr("Realised"))),
                     numberColumn(withCurrency(data, ReportText::tr("Predicted"))),
                     numberColumn(ReportText::tr("Share of predicted")),
                     numberColumn(withCurrency(data, ReportText::tr("Predicted per user")))};
    const SegmentFigures &f = data.figures;
    const auto perUser = [](double value, std::int64_t users) {
        return users > 0 ? fullText(value / static_cast<double>(users)) : kMissing;
    };
    for (const StageFigures &s : f.stages) {
        table.rows.push_back({stageText(s.stage), countText(s.users), percentText(s.share),
                              fullText(s.realised, 0), fullText(s.predicted, 0),
                              shareWords(s.predicted, f.predicted), perUser(s.predicted, s.users)});
    }
    table.rows.push_back({ReportText::tr("Together"), countText(f.users),
                          f.users > 0 ? percentText(1.0) : kMissing, fullText(f.realised, 0),
                          fullText(f.predicted, 0), shareWords(f.predicted, f.predicted),
                          perUser(f.predicted, f.users)});
    table.totalRow = true;
    return table;
}

const FlowRow *lastComplete(const std::vector<FlowRow> &flows)
{
    const auto found = std::find_if(flows.rbegin(), flows.rend(),
                                    [](const FlowRow &row) { return row.complete; });
    return found == flows.rend() ? nullptr : &*found;
}

ChartSpec flowChart(const ReportData &data)
{
    StackedBars bars;
    bars.x.scale = AxisSpec::Scale::Date;
    bars.y.title = ReportText::tr("Users per %1").arg(periodText(data.settings.period));
    bars.y.whole = true;
    bars.series = {{ReportText::tr("New"), Ink::FlowNew, {}},
                   {ReportText::tr("Current"), Ink::FlowCurrent, {}},
                   {ReportText::tr("Resurrected"), Ink::FlowResurrected, {}},
                   {ReportText::tr("Dormant"), Ink::FlowDormant, {}}};
    const std::size_t count = std::min(kPeriodsDrawn, data.flows.size());
    for (std::size_t i = data.flows.size() - count; i < data.flows.size(); ++i) {
        const FlowRow &row = data.flows[i];
        bars.at.push_back(row.start);
        bars.series[0].values.push_back(static_cast<double>(row.fresh));
        bars.series[1].values.push_back(static_cast<double>(row.current));
        bars.series[2].values.push_back(static_cast<double>(row.resurrected));
        bars.series[3].values.push_back(-static_cast<double>(row.dormant));
        bars.immatureLast += row.complete ? 0 : 1;
    }
    return {bars, ReportText::tr("No activity yet."), {}};
}

Table flowTable(const ReportData &data)
{
    Table table;
    table.columns = {labelColumn(ReportText::tr("From")),
                     numberColumn(ReportText::tr("New")), numberColumn(ReportText::tr("Current")),
                     numberColumn(ReportText::tr("Resurrected")),
                     numberColumn(ReportText::tr("Dormant")),
                     numberColumn(ReportText::tr("Active"))};
    table.whenEmpty = ReportText::tr("No activity yet.");
    const std::size_t count = std::min(kPeriodsListed, data.flows.size());
    for (std::size_t i = 0; i < count; ++i) {
        const FlowRow &row = data.flows[data.flows.size() - 1 - i];
        const QString from = row.complete ? dayText(row.start)
                                          : ReportText::tr("%1, incomplete").arg(dayText(row.start));
        table.rows.push_back({from, countText(row.fresh), countText(row.current),
                              countText(row.resurrected), countText(-row.dormant),
                              countText(row.active)});
    }
    table.note = ReportText::tr("Newest first. Active = active before + new + resurrected − dormant.");
    return table;
}

Part flows(const ReportData &data)
{
    Part part;
    const FlowRow *row = lastComplete(data.flows);
    part.headline =
        row ? ReportText::tr("%1 active users in the last complete %2: %3 new, %4 back, %5 gone quiet")
                  .arg(countText(row->active), periodText(data.settings.period),
                       countText(row->fresh), countText(row->resurrected), countText(row->dormant))
            : ReportText::tr("No complete %1 of activity yet").arg(periodText(data.settings.period));
    const bool cut = data.flows.size() > kPeriodsDrawn;
    const QString caption = cut ? ReportText::tr("The last %1 periods of %2.")
                                      .arg(kPeriodsDrawn)
                                      .arg(data.flows.size())
                                : QString();
    part.blocks.push_back(FigureRow{{chartFigure(ReportText::tr("Users by flow per %1")
                                                     .arg(periodText(data.settings.period)),
                                                 240, flowChart(data), caption)}});
    part.blocks.push_back(flowTable(data));
    return part;
}

std::vector<Part> write(const ReportData &data)
{
    Part stages;
    stages.headline = headline(data);
    stages.lead = ReportText::tr("Where every user stands at %1. A user is in exactly one stage; the "
                                 "rules are in the definitions.")
                      .arg(dayText(data.label->snapshot));
    stages.blocks.push_back(FigureRow{
        {chartFigure(ReportText::tr("Users by stage"), 200, usersChart(data.figures)),
         chartFigure(ReportText::tr("Predicted value by stage"), 200,
                     valueChart(data))}});
    stages.blocks.push_back(stageTable(data));
    return {stages, flows(data)};
}

} // namespace

ReportSection lifecycleSection()
{
    return {"lifecycle", [] { return ReportText::tr("Lifecycle"); },
            [] { return ReportText::tr("Users and value by stage, and flows per period"); }, true,
            write};
}

} // namespace perennial::report
