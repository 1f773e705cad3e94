#include "core/tuning/compare.h"

#include "core/behavior/report_json.h"
#include "core/project/event_store.h"
#include "core/tuning/baselines.h"
#include "core/tuning/comparison_json.h"
#include "core/tuning/quality_json.h"

#include <nlohmann/json.hpp>

#include <optional>

namespace perennial {

using nlohmann::ordered_json;

namespace {

template <class Model, class Visit>
void visitMeasures(Model &model, Visit visit)
{
    visit("hr10", model.hr10);
    visit("ndcg10", model.ndcg10);
    visit("mrr", model.mrr);
    visit("hr10_new", model.hr10New);
    visit("ndcg10_new", model.ndcg10New);
    visit("mrr_new", model.mrrNew);
    visit("churn_auc", model.churnAuc);
    visit("churn_log_loss", model.churnLogLoss);
    visit("value_mae", model.valueMae);
    visit("value_spearman", model.valueSpearman);
    visit("value_bias", model.valueBias);
}

std::string bestBy(const std::vector<ComparedModel> &models,
                   std::optional<double> ComparedModel::*measure)
{
    const ComparedModel *best = nullptr;
    for (const ComparedModel &model : models) {
        if (model.*measure && (best == nullptr || *(model.*measure) > *(best->*measure))) {
            best = &model;
        }
    }
    return best == nullptr ? std::string() : best->name;
}

void nameBest(Comparison &comparison)
{
    comparison.bestNextItem = bestBy(comparison.models, &ComparedModel::ndcg10);
    comparison.bestNextItemNew = bestBy(comparison.models, &ComparedModel::ndcg10New);
    comparison.bestChurn = bestBy(comparison.models, &ComparedModel::churnAuc);
    comparison.bestValue = bestBy(comparison.models, &ComparedModel::valueSpearman);
}

/// The counts beside the measures, of the users all rows share.
void countUsers(Comparison &comparison, const ValidationSet &set)
{
    for (const ValidationRow &row : set.rows) {
        comparison.rankedUsers += row.nextItem > 0 ? 1 : 0;
        comparison.newRankedUsers += row.newItem > 0 ? 1 : 0;
        comparison.valueUsers += row.customer ? 1 : 0;
    }
}

Result<Comparison> compareOn(const Project &project, const ValidationSet &set, const Task &task)
{
    Comparison comparison;
    comparison.split = set.split;
    countUsers(comparison, set);
    comparison.models.push_back(behaviorRow(set));
    const auto items = readItems(project);
    if (!items) {
        return items.error();
    }
    comparison.items = static_cast<std::int64_t>(items->size());
    const auto add = [&](const std::vector<ComparedModel> &rows) {
        comparison.models.insert(comparison.models.end(), rows.begin(), rows.end());
    };
    if (comparison.rankedUsers > 0) {
        const auto events = readEvents(project, set.split.until, task);
        if (!events) {
            return events.error();
        }
        add(popularityRows(*events, *items, set));
        const auto rows = rankerRows(*events, *items, set, task);
        if (!rows) {
            return rows.error();
        }
        add(*rows);
        auto blend = blendRow(*events, *items, set, task);
        if (!blend) {
            return blend.error();
        }
        add({blend->model});
        comparison.blend = std::move(blend->recipe);
        const auto oracle = tasteOracle(project, set, task);
        if (!oracle) {
            return oracle.error();
        }
        comparison.oracle = *oracle;
    }
    if (comparison.valueUsers > 0) {
        const auto rows = valueRows(project, set, task);
        if (!rows) {
            return rows.error();
        }
        add(*rows);
    }
    nameBest(comparison);
    return comparison;
}

Comparison comparisonFrom(const ordered_json &json)
{
    const auto count = [&](const char *key) {
        const auto found = json.find(key);
        return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
    };
    Comparison comparison;
    if (const auto split = json.find("split"); split != json.end()) {
        comparison.split = splitFromJson(*split);
    }
    comparison.rankedUsers = count("ranked_users");
    comparison.newRankedUsers = count("new_ranked_users");
    comparison.valueUsers = count("value_users");
    comparison.items = count("items");
    if (const auto blend = json.find("blend"); blend != json.end()) {
        comparison.blend = blendRecipeFromJson(blend->dump());
    }
    if (const auto oracle = json.find("oracle"); oracle != json.end() && oracle->is_object()) {
        const auto hr10 = numberFrom(*oracle, "hr10"), ndcg10 = numberFrom(*oracle, "ndcg10");
        if (hr10 && ndcg10) {
            const double users = numberFrom(*oracle, "users").value_or(0);
            comparison.oracle = {static_cast<std::int64_t>(users), *hr10, *ndcg10};
        }
    }
    const auto models = json.find("models");
    if (models == json.end() || !models->is_array()) {
        return comparison;
    }
    const auto textOf = [](const ordered_json &object, const char *key) {
        const auto found = object.find(key);
        return found != object.end() && found->is_string() ? found->get<std::string>()
                                                           : std::string();
    };
    for (const ordered_json &stored : *models) {
        ComparedModel model;
        model.name = textOf(stored, "model");
        model.status = textOf(stored, "status");
        visitMeasures(model, [&](const char *key, std::optional<double> &value) {
            value = numberFrom(stored, key);
        });
        comparison.models.push_back(std::move(model));
    }
    nameBest(comparison);
    return comparison;
}

/// A training and the comparison on its split. @param train gives a report for hooks.
template <class Train>
Result<TrainOutcome> comparedBy(const Project &project, const TrainHooks &hooks, const Task &task,
                                Train train)
{
    Comparison comparison;
    RunQuality quality;
    TrainHooks own;
    own.onEpoch = hooks.onEpoch;
    own.onValidated = [&](const ValidationSet &set) -> Result<std::string> {
        // cancellable, but the bar stays where the training left it
        const Task still = task.part(kValidatedFraction, kValidatedFraction);
        auto compared = compareOn(project, set, still);
        if (!compared) {
            return compared.error();
        }
        auto judged = runQuality(answersOf(set), {}, still);
        if (!judged) {
            return judged.error();
        }
        comparison = std::move(*compared);
        quality = std::move(*judged);
        nlohmann::ordered_json stored = toJson(comparison);
        stored["quality"] = toJson(quality);
        return stored.dump();
    };
    auto report = train(own);
    if (!report) {
        return report.error();
    }
    return TrainOutcome{std::move(*report), std::move(comparison), std::move(quality)};
}

} // namespace

nlohmann::ordered_json toJson(const Comparison &comparison)
{
    ordered_json json{{"protocol", "next_item_after_cut.all_items.ties_half"},
                      {"split", toJson(comparison.split)},
                      {"ranked_users", comparison.rankedUsers},
                      {"new_ranked_users", comparison.newRankedUsers},
                      {"items", comparison.items},
                      {"value_users", comparison.valueUsers},
                      {"models", ordered_json::array()},
                      {"best_next_item", comparison.bestNextItem},
                      {"best_next_item_new", comparison.bestNextItemNew},
                      {"best_churn", comparison.bestChurn},
                      {"best_value", comparison.bestValue}};
    for (const ComparedModel &model : comparison.models) {
        ordered_json row{{"model", model.name}, {"status", model.status}};
        visitMeasures(model, [&](const char *key, const std::optional<double> &value) {
            row[key] = numberOrNull(value);
        });
        json["models"].push_back(std::move(row));
    }
    json["blend"] = comparison.blend ? ordered_json::parse(blendRecipeToJson(*comparison.blend))
                                     : ordered_json();
    if (comparison.oracle) {
        json["oracle"] = {{"users", comparison.oracle->users},
                          {"hr10", comparison.oracle->hr10},
                          {"ndcg10", comparison.oracle->ndcg10}};
    } else {
        json["oracle"] = nullptr;
    }
    return json;
}

Result<TrainOutcome> trainAndCompare(Project &project, const BehaviorConfig &config,
                                     const TrainHooks &hooks, const Task &task)
{
    return comparedBy(project, hooks, task, [&](const TrainHooks &own) {
        return trainBehaviorModel(project, config, own, task);
    });
}

Result<TrainOutcome> resumeAndCompare(Project &project, std::int64_t run, const TrainHooks &hooks,
                                      const Task &task)
{
    return comparedBy(project, hooks, task, [&](const TrainHooks &own) {
        return resumeBehaviorModel(project, run, own, task);
    });
}

Result<Comparison> comparisonOfRun(const RunRecord &run)
{
    const ordered_json metrics = ordered_json::parse(run.metrics, nullptr, false);
    if (!metrics.is_object()) {
        return fail(ErrorCode::Damaged, std::to_string(run.id), "metrics");
    }
    const auto stored = metrics.find("comparison");
    if (stored == metrics.end() || !stored->is_object()) {
        return fail(ErrorCode::NotTrained, std::to_string(run.id), "comparison");
    }
    return comparisonFrom(*stored);
}

} // namespace perennial
