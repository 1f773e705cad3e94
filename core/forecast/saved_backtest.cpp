#include "core/forecast/saved_backtest.h"

#include "core/project/audit.h"
#include "core/project/event_store.h"
#include "core/project/settings.h"

#include <nlohmann/json.hpp>

namespace perennial {

namespace {

std::string configOf(const BacktestOptions &options)
{
    nlohmann::ordered_json json;
    json["models"] = options.models;
    json["origins"] = options.origins;
    json["period"] = periodName(options.period);
    json["first_purchase_in_spend"] = options.firstPurchaseInSpend;
    json["replicates"] = options.replicates;
    return json.dump();
}

} // namespace

Result<BacktestOptions> backtestOptionsOf(const Project &project)
{
    auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    settings->snapshot.reset();
    const auto known = snapshotDay(project, *settings);
    if (!known) {
        return known.error();
    }
    BacktestOptions options;
    options.known = *known;
    options.horizonDays = settings->horizonDays;
    options.period = settings->period;
    options.firstPurchaseInSpend = settings->firstPurchaseInSpend;
    return options;
}

Result<RunRecord> keepBacktest(Project &project, const BacktestResult &result)
{
    const auto hash = dataHash(project);
    if (!hash) {
        return hash.error();
    }
    RunRecord run;
    run.model = kBacktestModel;
    run.until = result.options.until;
    run.horizonDays = result.options.horizonDays;
    run.device = "cpu";
    run.seed = static_cast<std::int64_t>(result.options.seed);
    run.config = configOf(result.options);
    run.metrics = backtestToJson(result);
    run.dataHash = *hash;
    const auto id = beginRun(project, run);
    if (!id) {
        return id.error();
    }
    run.id = *id;
    run.state = RunState::Done;
    if (const Status finished = finishRun(project, run, {}); !finished) {
        return finished.error();
    }
    return readRun(project, run.id);
}

Result<SavedBacktest> backtestProject(Project &project, const BacktestOptions &options,
                                      const Task &task)
{
    const auto hash = dataHash(project);
    if (!hash) {
        return hash.error();
    }
    const auto history = readOrderHistory(project, {}, task.part(0.0, 0.05));
    if (!history) {
        return history.error();
    }
    auto result = backtest(*history, options, task.part(0.05, 1.0));
    if (!result) {
        return result.error();
    }
    if (task.cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    SavedBacktest saved;
    saved.run.model = kBacktestModel;
    saved.run.dataHash = *hash;
    saved.run.finishedAt = nowUtc();
    if (!project.readOnly()) {
        auto kept = keepBacktest(project, *result);
        if (!kept) {
            return kept.error();
        }
        saved.run = *std::move(kept);
    }
    saved.result = std::make_shared<const BacktestResult>(*std::move(result));
    return saved;
}

Result<std::optional<SavedBacktest>> readSavedBacktest(const Project &project)
{
    auto run = readChampion(project, kBacktestModel);
    if (!run) {
        return run.error().code == ErrorCode::NotTrained
                   ? Result<std::optional<SavedBacktest>>(std::nullopt)
                   : Result<std::optional<SavedBacktest>>(run.error());
    }
    auto result = backtestFromJson(run->metrics);
    if (!result) {
        return fail(ErrorCode::Damaged, "run " + std::to_string(run->id),
                    project.path().string());
    }
    SavedBacktest saved;
    saved.run = *std::move(run);
    saved.result = std::make_shared<const BacktestResult>(*std::move(result));
    return std::optional(std::move(saved));
}

} // namespace perennial
