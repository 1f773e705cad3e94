#include "core/export/tables/tables_list.h"
#include "core/project/scenario_store.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

using nlohmann::json;

/// A number somewhere in an outcome; an empty cell where it is not there.
void numberAt(CsvWriter &out, const json &outcome, const char *pointer)
{
    const json::json_pointer at(pointer);
    const bool there = outcome.contains(at) && outcome.at(at).is_number();
    there ? out.number(outcome.at(at).get<double>()) : out.empty();
}

Status write(const Project &project, const ExportRequest &, CsvWriter &out, const Task &)
{
    const auto scenarios = readScenarios(project);
    if (!scenarios) {
        return scenarios.error();
    }
    for (const ScenarioRecord &scenario : *scenarios) {
        const json outcome = json::parse(scenario.outcome, nullptr, false);
        out.text(scenario.name);
        out.timestamp(scenario.savedAt);
        for (const char *pointer :
             {"/horizon_days", "/scenario/delta/ltv", "/scenario/interval_90/ltv/0",
              "/scenario/interval_90/ltv/1", "/scenario/delta/revenue", "/scenario/delta/margin",
              "/scenario/delta/orders", "/scenario/cost", "/scenario/roi",
              "/scenario/p_roi_positive"}) {
            numberAt(out, outcome, pointer);
        }
        out.text(scenario.definition);
        out.endRow();
    }
    return Done{};
}

} // namespace

/// Saved scenarios with their last outcome; figures are empty before the first run. The definition
/// is JSON, as `perennial simulate` reads it.
TableSource scenariosTable()
{
    return {{"scenarios",
             {"scenario", "saved_at", "horizon_days", "delta_ltv", "delta_ltv_lower_90",
              "delta_ltv_upper_90", "delta_revenue", "delta_margin", "delta_orders", "cost", "roi",
              "p_roi_positive", "definition"}},
            &write};
}

} // namespace perennial
