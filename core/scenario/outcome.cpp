#include "core/scenario/simulate.h"

#include "core/project/audit.h"
#include "core/project/scenario_store.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

using nlohmann::ordered_json;

template <class T>
ordered_json orNull(const std::optional<T> &value)
{
    return value ? ordered_json(*value) : ordered_json(nullptr);
}

ordered_json interval(const Estimate &estimate)
{
    return {estimate.lower, estimate.upper};
}

ordered_json intervals(const FutureFigures &figures)
{
    return {{"ltv", interval(figures.ltv)},
            {"revenue", interval(figures.revenue)},
            {"margin", interval(figures.margin)},
            {"orders", interval(figures.orders)}};
}

ordered_json values(const FutureFigures &figures)
{
    return {{"ltv", figures.ltv.value},
            {"revenue", figures.revenue.value},
            {"margin", figures.margin.value},
            {"orders", figures.orders.value}};
}

ordered_json baselineJson(const SimulationResult &result)
{
    const BaselineOutcome &baseline = result.baseline;
    ordered_json json{{"users", baseline.users}, {"customers", baseline.customers}};
    json.update(values(baseline.future));
    json["retention"] = baseline.retention;
    json["interval_90"] = intervals(baseline.future);
    return json;
}

ordered_json leverJson(const LeverOutcome &lever)
{
    return {{"lever", lever.lever},
            {"target", lever.stage ? stageName(*lever.stage) : "everybody"},
            {"users", lever.users},
            {"customers", lever.customers},
            {"cost", lever.cost},
            {"retention_before", lever.retentionBefore},
            {"retention_after", lever.retentionAfter}};
}

ordered_json scenarioJson(const ScenarioOutcome &outcome)
{
    ordered_json json;
    json["name"] = outcome.scenario.name;
    json["evidence"] = evidenceName(outcome.scenario.evidence);
    json["delta"] = values(outcome.delta);
    json["cost"] = outcome.cost;
    json["roi"] = outcome.roi ? ordered_json(outcome.roi->value) : ordered_json(nullptr);
    json["p_roi_positive"] = orNull(outcome.pRoiPositive);
    json["interval_90"] = intervals(outcome.delta);
    json["interval_90"]["roi"] = outcome.roi ? interval(*outcome.roi) : ordered_json(nullptr);
    json["break_even_cost_per_user"] = orNull(outcome.breakEvenCostPerUser);
    json["break_even_effect"] = orNull(outcome.breakEvenEffect);
    json["levers"] = ordered_json::array();
    for (const LeverOutcome &lever : outcome.levers) {
        json["levers"].push_back(leverJson(lever));
    }
    return json;
}

ordered_json headerJson(const SimulationResult &result)
{
    return {{"until", formatDate(result.until)},
            {"horizon_days", result.horizonDays},
            {"currency", result.currency},
            {"margin", result.margin},
            {"discount_per_year", result.discountPerYear},
            {"draws", result.draws},
            {"seed", result.seed},
            {"model_status", result.modelStatus},
            {"data_hash", result.dataHash},
            {"baseline", baselineJson(result)}};
}

} // namespace

std::string simulationToJson(const SimulationResult &result)
{
    ordered_json json = headerJson(result);
    json["scenarios"] = ordered_json::array();
    for (const ScenarioOutcome &outcome : result.scenarios) {
        json["scenarios"].push_back(scenarioJson(outcome));
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

Status saveOutcomes(Project &project, const SimulationResult &result)
{
    for (const ScenarioOutcome &outcome : result.scenarios) {
        ordered_json json = headerJson(result);
        json["scenario"] = scenarioJson(outcome);
        ScenarioRecord record;
        record.name = outcome.scenario.name;
        record.definition = scenarioToJson(outcome.scenario);
        record.outcome = json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        record.savedAt = nowUtc();
        if (const auto saved = saveScenario(project, record); !saved) {
            return saved.error();
        }
    }
    return Done{};
}

} // namespace perennial
