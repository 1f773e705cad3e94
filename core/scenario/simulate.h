#pragma once

#include "core/base/task.h"
#include "core/project/project.h"
#include "core/scenario/scenario.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// A figure at the fitted parameters and the effects' means (the same figure as on every other
/// page), and the middle 90 % of the draws. The interval is parameter uncertainty only: not the
/// chance in what individuals do.
struct Estimate {
    double value = 0;
    double lower = 0, upper = 0; ///< 5 % and 95 % quantile of the draws
};

/// Expectations over (t₀, t₀+H], currency units.
struct FutureFigures {
    Estimate ltv;     ///< margin-weighted and discounted to t₀: the predicted value
    Estimate revenue; ///< net, undiscounted
    Estimate margin;  ///< revenue × margin, undiscounted
    Estimate orders;
};

struct BaselineOutcome {
    std::int64_t users = 0;     ///< known at t₀
    std::int64_t customers = 0; ///< with at least one order: only they have a predicted value
    FutureFigures future;
    double retention = 1; ///< of those active at t₀, expected share still active at t₀ + H
};

struct LeverOutcome {
    std::string lever;
    std::optional<Stage> stage;
    std::int64_t users = 0, customers = 0; ///< of the target
    double cost = 0;
    /// The target's retention before and after this lever alone, at the fitted parameters.
    double retentionBefore = 1, retentionAfter = 1;
};

struct ScenarioOutcome {
    Scenario scenario;
    FutureFigures delta; ///< scenario - baseline from the same draws; before the cost
    double cost = 0;     ///< paid at t₀
    /// (Δ margin - cost) / cost; none without a cost.
    std::optional<Estimate> roi;
    /// Share of draws with Δ margin > cost; none without a cost.
    std::optional<double> pRoiPositive;
    /// Δ margin per contact, at least 0: what a contact may cost. Each lever contacts every user of
    /// its target once. None without a lever, or with an empty target.
    std::optional<double> breakEvenCostPerUser;
    /// Factor on all effects at which Δ margin = cost; none without a cost, or where no factor in
    /// [0, 10] gets there.
    std::optional<double> breakEvenEffect;
    std::vector<LeverOutcome> levers;
    std::vector<double> deltaLtvDraws; ///< in draw order, for a picture of the spread
};

struct SimulationResult {
    Day until = 0;
    int horizonDays = 0;
    double margin = 1, discountPerYear = 0;
    std::string currency, dataHash;
    int draws = 0;
    std::uint64_t seed = 0;
    /// The value model's status: "converged", or "boundary" where there is no dropout to change and
    /// a retention lever moves nothing.
    std::string modelStatus;
    BaselineOutcome baseline;
    std::vector<ScenarioOutcome> scenarios; ///< as in the plan
};

/// Values every scenario of a plan against one baseline. Each draw of the value models' parameters
/// (normal on the log scale around the fit) serves the baseline and all scenarios; each effect is
/// drawn by a generator keyed by draw, lever and target, so that a lever's draws do not depend on
/// its neighbours. The null scenario differs by exactly 0; the result does not depend on the number
/// of threads.
/// @param threads 0 = as many as there are cores.
/// @error NoEvents, NoPurchases, NoRepeatBuyers, DidNotConverge, BadConfiguration (a scenario),
/// HorizonNotPositive, InvalidArgument (draws, seed), Cancelled.
/// Cost O(draws × distinct (x, tx, T)).
Result<std::shared_ptr<const SimulationResult>>
simulateScenarios(const Project &project, const ScenarioPlan &plan, const Task &task,
                  unsigned threads = 0);

/// The JSON of `perennial simulate`: {"baseline", "scenarios": [...]} (design.md §5).
std::string simulationToJson(const SimulationResult &result);

/// Saves each scenario of a result with its outcome (scenario_store.h). @error ReadOnly.
Status saveOutcomes(Project &project, const SimulationResult &result);

} // namespace perennial
