#include "ui/report/chart_figure.h"
#include "ui/report/report_section.h"
#include "ui/report/scenario_figures.h"
#include "ui/report/section_words.h"

#include <algorithm>

namespace perennial::report {
namespace {

QString headline(const ReportData &data, const std::vector<ScenarioFigures> &scenarios)
{
    if (scenarios.empty()) {
        return ReportText::tr("No scenario has been saved");
    }
    const ScenarioFigures *best = nullptr;
    for (const ScenarioFigures &s : scenarios) {
        if (s.ran && (!best || s.margin.value - s.cost > best->margin.value - best->cost)) {
            best = &s;
        }
    }
    if (!best) {
        return counted(static_cast<qint64>(scenarios.size()),
                       ReportText::tr("1 scenario is saved and has not been run"),
                       ReportText::tr("%1 scenarios are saved, none has been run"));
    }
    const double net = best->margin.value - best->cost;
    const QString name = onOneLine(text(best->name)).left(60);
    return net > 0 ? ReportText::tr("“%1” is expected to bring %2 more than it costs")
                         .arg(name, money(data, net))
                   : ReportText::tr("No scenario is expected to earn more than it costs");
}

Table table(const ReportData &data, const std::vector<ScenarioFigures> &scenarios)
{
    Table table;
    table.title = ReportText::tr("Differences from the baseline, with 90 % intervals");
    table.columns = {textColumn(ReportText::tr("Scenario")),
                     labelColumn(ReportText::tr("Effect from")),
                     numberColumn(withCurrency(data, ReportText::tr("Δ value"))),
                     numberColumn(withCurrency(data, ReportText::tr("Δ revenue"))),
                     numberColumn(withCurrency(data, ReportText::tr("Δ margin"))),
                     numberColumn(withCurrency(data, ReportText::tr("Cost"))),
                     numberColumn(ReportText::tr("ROI")),
                     numberColumn(ReportText::tr("P(ROI > 0)"))};
    for (const ScenarioFigures &s : scenarios) {
        const QString evidence = evidenceText(s.evidence);
        if (s.ran) {
            table.rows.push_back({text(s.name), evidence, rangeWords(s.ltv),
                                  shortText(s.revenue.value), shortText(s.margin.value),
                                  shortText(s.cost),
                                  s.roi ? signedPercentText(s.roi->value) : kMissing,
                                  percentText(s.pRoiPositive)});
        } else {
            table.rows.push_back({text(s.name), evidence});
        }
    }
    if (std::any_of(scenarios.begin(), scenarios.end(), [&](const ScenarioFigures &s) {
            return s.ran && s.dataHash != data.dataHash;
        })) {
        table.note = ReportText::tr("Some figures are from older data; run the scenarios again. ");
    }
    table.note += ReportText::tr("Δ value is margin-weighted and discounted; revenue and margin are "
                                "not discounted. The interval is the uncertainty of the parameters "
                                "and of the assumed effect. Figures are those of each scenario's last "
                                "run.");
    return table;
}

std::vector<Part> write(const ReportData &data)
{
    const std::vector<ScenarioFigures> scenarios = figuresOf(data.scenarios);
    Part part;
    part.headline = headline(data, scenarios);
    part.lead = ReportText::tr("What if: levers on the future of customers, each against the same "
                               "baseline with the same random draws. An effect that does not come "
                               "from an experiment is an assumption, not a prediction.");
    if (scenarios.empty()) {
        return {part};
    }
    if (std::any_of(scenarios.begin(), scenarios.end(), [](const auto &s) { return s.ran; })) {
        const double height = 60 + 26 * static_cast<double>(std::min<std::size_t>(scenarios.size(), 12));
        part.blocks.push_back(FigureRow{
            {chartFigure(withCurrency(data, ReportText::tr("Difference in predicted value")), height,
                         scenarioForest({scenarios.begin(),
                                         scenarios.begin() + static_cast<std::ptrdiff_t>(
                                                                 std::min<std::size_t>(
                                                                     scenarios.size(), 12))},
                                        withCurrency(data, ReportText::tr("Δ value"))))}});
    }
    part.blocks.push_back(table(data, scenarios));
    return {part};
}

} // namespace

ReportSection scenariosSection()
{
    return {"scenarios", [] { return ReportText::tr("Scenarios"); },
            [] { return ReportText::tr("Saved what-ifs with their intervals and return"); }, true,
            write};
}

} // namespace perennial::report
