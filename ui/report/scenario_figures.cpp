#include "ui/report/scenario_figures.h"

#include "ui/report/section_words.h"

#include <nlohmann/json.hpp>

namespace perennial::report {
namespace {

using Json = nlohmann::ordered_json;

std::optional<double> number(const Json &json, const char *key)
{
    const auto found = json.is_object() ? json.find(key) : json.end();
    if (!json.is_object() || found == json.end() || !found->is_number()) {
        return std::nullopt;
    }
    return found->get<double>();
}

Json child(const Json &json, const char *key)
{
    return json.is_object() && json.contains(key) ? json.at(key) : Json();
}

FigureRange range(const Json &outcome, const char *key, std::optional<double> value)
{
    FigureRange result;
    result.value = value.value_or(0);
    const Json interval = child(child(outcome, "interval_90"), key);
    if (interval.is_array() && interval.size() == 2 && interval[0].is_number() &&
        interval[1].is_number()) {
        result.lower = interval[0].get<double>();
        result.upper = interval[1].get<double>();
    } else {
        result.lower = number(interval, "lower");
        result.upper = number(interval, "upper");
    }
    if (!result.lower || !result.upper) {
        result.lower.reset();
        result.upper.reset();
    }
    return result;
}

} // namespace

ScenarioFigures figuresOf(const ScenarioRecord &record)
{
    ScenarioFigures figures;
    figures.id = record.id;
    figures.name = record.name;
    const Json definition = Json::parse(record.definition, nullptr, false);
    const Json evidence = child(definition, "evidence");
    if (evidence.is_string()) {
        figures.evidence =
            evidenceFromName(evidence.get<std::string>()).value_or(Evidence::Assumption);
    }
    const Json run = Json::parse(record.outcome, nullptr, false);
    const Json hash = child(run, "data_hash");
    figures.dataHash = hash.is_string() ? hash.get<std::string>() : std::string();
    figures.horizonDays = static_cast<int>(number(run, "horizon_days").value_or(0));
    const Json outcome = child(run, "scenario");
    const Json delta = child(outcome, "delta");
    if (!delta.is_object()) {
        return figures;
    }
    figures.ran = true;
    figures.ltv = range(outcome, "ltv", number(delta, "ltv"));
    figures.revenue = range(outcome, "revenue", number(delta, "revenue"));
    figures.margin = range(outcome, "margin", number(delta, "margin"));
    figures.cost = number(outcome, "cost").value_or(0);
    if (const auto roi = number(outcome, "roi")) {
        figures.roi = range(outcome, "roi", roi);
    }
    figures.pRoiPositive = number(outcome, "p_roi_positive");
    return figures;
}

std::vector<ScenarioFigures> figuresOf(const std::vector<ScenarioRecord> &records)
{
    std::vector<ScenarioFigures> all;
    for (const ScenarioRecord &record : records) {
        all.push_back(figuresOf(record));
    }
    return all;
}

QString evidenceText(Evidence evidence)
{
    switch (evidence) {
    case Evidence::Assumption:
        return ReportText::tr("assumption");
    case Evidence::Observational:
        return ReportText::tr("observation");
    case Evidence::Experiment:
        break;
    }
    return ReportText::tr("experiment");
}

QString rangeWords(const FigureRange &range)
{
    return range.lower && range.upper ? intervalText(range.value, *range.lower, *range.upper)
                                      : shortText(range.value);
}

QString roiWords(const std::optional<FigureRange> &roi)
{
    if (!roi) {
        return kMissing;
    }
    if (!roi->lower || !roi->upper) {
        return signedPercentText(roi->value);
    }
    return ReportText::tr("%1 [%2, %3]")
        .arg(signedPercentText(roi->value), signedPercentText(*roi->lower),
             signedPercentText(*roi->upper));
}

ChartSpec scenarioForest(const std::vector<ScenarioFigures> &scenarios, const QString &axis)
{
    ForestPlot forest;
    forest.x.title = axis;
    int index = 0;
    for (const ScenarioFigures &s : scenarios) {
        if (s.ran) {
            forest.rows.push_back({onOneLine(text(s.name)), s.ltv.value,
                                   s.ltv.lower.value_or(s.ltv.value),
                                   s.ltv.upper.value_or(s.ltv.value), seriesInk(index++), {}});
        }
    }
    return {forest, ReportText::tr("No scenario has been run."), {}};
}

} // namespace perennial::report
