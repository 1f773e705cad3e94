#include "core/value/parameter_drift.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

constexpr double kNoise = 1.96; ///< of a standard normal, two-sided 5 %

bool comparable(const SavedFit &fit, const SavedFit &newest)
{
    return fit.fit.usable() && fit.fit.reportedModel == newest.fit.reportedModel &&
           fit.fit.names == newest.fit.names &&
           fit.customers.period == newest.customers.period &&
           fit.customers.firstPurchaseInSpend == newest.customers.firstPurchaseInSpend;
}

bool isFit(const RunRecord &run)
{
    return run.state == RunState::Done && fitFromJson(run.metrics).ok();
}

} // namespace

std::optional<std::vector<ParameterDrift>> parameterDrift(const ModelFit &earlier,
                                                          const ModelFit &now)
{
    if (!earlier.usable() || !now.usable() || earlier.reportedModel != now.reportedModel ||
        earlier.names != now.names || now.parameters.empty()) {
        return std::nullopt;
    }
    const bool known = earlier.logStandardErrors.size() == now.parameters.size() &&
                       now.logStandardErrors.size() == now.parameters.size();
    std::vector<ParameterDrift> drifts;
    for (std::size_t k = 0; k < now.parameters.size(); ++k) {
        ParameterDrift drift{now.names[k], earlier.parameters[k], now.parameters[k], {}, false};
        const double error =
            known ? std::hypot(earlier.logStandardErrors[k], now.logStandardErrors[k]) : 0.0;
        const double change = (std::log(drift.now) - std::log(drift.earlier)) / error;
        if (std::isfinite(change)) {
            drift.change = change;
            drift.moved = std::abs(change) > kNoise;
        }
        drifts.push_back(std::move(drift));
    }
    return drifts;
}

Result<std::vector<SavedFit>> readFitHistory(const Project &project, const std::string &model)
{
    const auto runs = readRuns(project); // newest first
    if (!runs) {
        return runs.error();
    }
    std::vector<SavedFit> fits;
    for (const RunRecord &run : *runs) {
        if (run.model != model || run.state != RunState::Done) {
            continue;
        }
        auto saved = readSavedFit(project, run.id);
        if (!saved) {
            return saved.error();
        }
        const bool repeated = std::ranges::any_of(fits, [&](const SavedFit &known) {
            return known.run.until == run.until && known.run.dataHash == run.dataHash;
        });
        if (fits.empty() || (comparable(*saved, fits.front()) && !repeated)) {
            fits.push_back(*std::move(saved));
        }
    }
    if (fits.empty()) {
        return fail(ErrorCode::NotTrained, model, project.path().string());
    }
    // The newest stays the last one, whatever its t₀.
    std::stable_sort(fits.begin() + 1, fits.end(), [](const SavedFit &a, const SavedFit &b) {
        return std::pair(a.run.until, a.run.id) < std::pair(b.run.until, b.run.id);
    });
    std::rotate(fits.begin(), fits.begin() + 1, fits.end());
    return fits;
}

Result<std::vector<std::string>> fittedModels(const Project &project)
{
    const auto runs = readRuns(project);
    if (!runs) {
        return runs.error();
    }
    std::vector<std::string> models;
    for (const RunRecord &run : *runs) {
        if (isFit(run) && std::ranges::find(models, run.model) == models.end()) {
            models.push_back(run.model);
        }
    }
    return models;
}

} // namespace perennial
