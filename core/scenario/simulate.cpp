#include "core/scenario/simulate.h"

#include "core/base/hash.h"
#include "core/lifecycle/lifecycle.h"
#include "core/project/event_store.h"
#include "core/project/settings.h"
#include "core/scenario/draws.h"
#include "core/value/discounting.h"
#include "core/value/value_prediction.h"

#include <algorithm>
#include <cmath>
#include <thread>

namespace perennial {

namespace {

constexpr double kLower = .05, kUpper = .95;

/// Linear between order statistics. @param sorted not empty.
double quantile(const std::vector<double> &sorted, double p)
{
    const double at = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (at - std::floor(at)) * (sorted[above] - sorted[below]);
}

Estimate estimateOf(double value, std::vector<double> draws)
{
    std::sort(draws.begin(), draws.end());
    return {value, quantile(draws, kLower), quantile(draws, kUpper)};
}

FutureFigures estimatesOf(const Figures &value, const std::vector<Figures> &draws)
{
    const auto of = [&](double Figures::*member) {
        std::vector<double> column(draws.size());
        std::transform(draws.begin(), draws.end(), column.begin(),
                       [member](const Figures &figures) { return figures.*member; });
        return estimateOf(value.*member, std::move(column));
    };
    return {of(&Figures::ltv), of(&Figures::revenue), of(&Figures::margin), of(&Figures::orders)};
}

/// Everything that is computed at the fitted parameters and the effects' means.
class PointView {
public:
    static Result<PointView> make(const Simulation &simulation)
    {
        PointView view(simulation);
        if (auto s = view.m_future.load(simulation.frequencyFit, simulation.spendFit); !s) {
            return s.error();
        }
        return view;
    }

    Figures baseline() { return m_future.baseline(); }
    double retention(const StageSet &stages) { return m_future.retention(stages, 1); }
    double retentionAfter(const PreparedLever &lever)
    {
        const FutureChange change = changeBy(lever, lever.spec.effect.mean, m_future);
        return m_future.retention(lever.stages, change.dropout);
    }
    /// @param factor on all effects.
    Figures delta(const PreparedScenario &scenario, double factor)
    {
        std::array<FutureChange, kStageCount> changes{};
        for (const PreparedLever &lever : scenario.levers) {
            const double effect = std::clamp(factor * lever.spec.effect.mean,
                                             lever.lever->lowest(), lever.lever->highest());
            pull(lever, effect, m_future, changes);
        }
        return m_future.total(changes) - m_future.baseline();
    }

private:
    explicit PointView(const Simulation &simulation)
        : m_future(simulation.groups, simulation.setting)
    {
    }
    DrawFuture m_future;
};

/// The factor in [0, 10] on all effects at which Δ margin pays for the cost, by bisection: the
/// difference rises with the factor where the effects do good at all.
std::optional<double> breakEvenEffect(PointView &point, const PreparedScenario &scenario,
                                      double cost)
{
    double low = 0, high = 10;
    if (!(point.delta(scenario, high).margin >= cost)) {
        return std::nullopt;
    }
    for (int step = 0; step < 40; ++step) {
        const double middle = (low + high) / 2;
        (point.delta(scenario, middle).margin >= cost ? high : low) = middle;
    }
    return high;
}

ScenarioOutcome outcomeOf(const Scenario &scenario, const PreparedScenario &prepared,
                          PointView &point, const std::vector<Figures> &draws,
                          const LifecycleResult &lifecycle, const CustomerGroups &groups)
{
    ScenarioOutcome outcome;
    outcome.scenario = scenario;
    outcome.delta = estimatesOf(point.delta(prepared, 1), draws);
    std::int64_t contacts = 0;
    for (const PreparedLever &lever : prepared.levers) {
        LeverOutcome pulled{.lever = lever.spec.lever, .stage = lever.spec.stage};
        for (std::size_t stage = 0; stage < kStageCount; ++stage) {
            pulled.users += lever.stages[stage] ? lifecycle.counts[stage] : 0;
            pulled.customers += lever.stages[stage] ? groups.customers[stage] : 0;
        }
        pulled.cost = lever.spec.costPerUser * static_cast<double>(pulled.users);
        pulled.retentionBefore = point.retention(lever.stages);
        pulled.retentionAfter = point.retentionAfter(lever);
        contacts += pulled.users;
        outcome.cost += pulled.cost;
        outcome.levers.push_back(std::move(pulled));
    }
    for (const Figures &draw : draws) {
        outcome.deltaLtvDraws.push_back(draw.ltv);
    }
    if (contacts > 0) {
        outcome.breakEvenCostPerUser =
            std::max(0.0, outcome.delta.margin.value / static_cast<double>(contacts));
    }
    if (outcome.cost > 0) {
        const auto roi = [cost = outcome.cost](double margin) { return (margin - cost) / cost; };
        const Estimate &margin = outcome.delta.margin;
        outcome.roi = Estimate{roi(margin.value), roi(margin.lower), roi(margin.upper)};
        outcome.pRoiPositive =
            static_cast<double>(std::count_if(
                draws.begin(), draws.end(),
                [&](const Figures &draw) { return draw.margin > outcome.cost; })) /
            static_cast<double>(draws.size());
        outcome.breakEvenEffect = breakEvenEffect(point, prepared, outcome.cost);
    }
    return outcome;
}

Status checkPlan(const ScenarioPlan &plan)
{
    if (plan.scenarios.empty()) {
        return fail(ErrorCode::BadConfiguration, "[]", "scenarios");
    }
    if (plan.draws < 100 || plan.draws > 100'000) {
        return fail(ErrorCode::InvalidArgument, std::to_string(plan.draws), "draws");
    }
    if (plan.horizonDays && *plan.horizonDays <= 0) {
        return fail(ErrorCode::HorizonNotPositive, std::to_string(*plan.horizonDays), "horizon");
    }
    for (const Scenario &scenario : plan.scenarios) {
        if (auto s = checkScenario(scenario); !s) {
            return s;
        }
    }
    return Done{};
}

/// The stage of each customer, in the summary's row order; both lists are in user id order.
std::vector<Stage> stagesOf(const CustomerSummary &customers, const LifecycleResult &lifecycle)
{
    std::vector<Stage> stages;
    stages.reserve(customers.size());
    auto user = lifecycle.users.begin();
    for (const std::int64_t id : customers.user) {
        user = std::find_if(user, lifecycle.users.end(),
                            [id](const LifecycleUser &u) { return u.user >= id; });
        const bool found = user != lifecycle.users.end() && user->user == id;
        stages.push_back(found ? user->stage : Stage::Retained);
    }
    return stages;
}

Simulation prepareSimulation(const ValueResult &value, const LifecycleResult &lifecycle,
                             const ScenarioPlan &plan)
{
    const double days = daysPer(value.customers.period);
    Simulation simulation;
    simulation.seed = plan.seed;
    simulation.groups = groupCustomers(value.customers, stagesOf(value.customers, lifecycle),
                                       value.frequency.parameters[1]);
    simulation.setting = {.frequencyModel = value.frequency.reportedModel,
                          .spendModel = value.spendIsObservedMean ? "" : value.spend.reportedModel,
                          .observedMeanSpend = observedMeanSpend(value.customers),
                          .horizon = value.options.horizonDays / days,
                          .discountForce = discountForce(value.options.discountPerYear,
                                                         value.customers.period),
                          .margin = value.options.margin};
    simulation.frequencyFit = value.frequency.parameters;
    simulation.frequencyDraws = drawParameters(value.frequency, plan.draws, plan.seed);
    if (!value.spendIsObservedMean) {
        simulation.spendFit = value.spend.parameters;
        // Another key: the two models' errors have nothing to do with each other.
        simulation.spendDraws =
            drawParameters(value.spend, plan.draws, mix64(plan.seed ^ 0x7370656E64000000ULL));
    }
    for (const Scenario &scenario : plan.scenarios) {
        simulation.scenarios.push_back(prepareScenario(scenario));
    }
    return simulation;
}

Result<std::shared_ptr<const SimulationResult>> simulate(const ValueResult &value,
                                                         const LifecycleResult &lifecycle,
                                                         const ScenarioPlan &plan,
                                                         SimulationResult result,
                                                         unsigned threads, const Task &task)
{
    const Simulation simulation = prepareSimulation(value, lifecycle, plan);
    auto point = PointView::make(simulation);
    if (!point) {
        return point.error();
    }
    const auto drawn = runDraws(simulation, threads, task);
    if (!drawn) {
        return drawn.error();
    }
    StageSet everybody;
    everybody.set();
    result.modelStatus = fitStatusName(value.frequency.status);
    result.baseline.users = static_cast<std::int64_t>(lifecycle.users.size());
    result.baseline.customers = static_cast<std::int64_t>(value.customers.size());
    result.baseline.future = estimatesOf(point->baseline(), drawn->baseline);
    result.baseline.retention = point->retention(everybody);
    for (std::size_t i = 0; i < plan.scenarios.size(); ++i) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        result.scenarios.push_back(outcomeOf(plan.scenarios[i], simulation.scenarios[i], *point,
                                             drawn->scenarios[i], lifecycle, simulation.groups));
    }
    task.progress(1, "simulating");
    return std::make_shared<const SimulationResult>(std::move(result));
}

} // namespace

Result<std::shared_ptr<const SimulationResult>>
simulateScenarios(const Project &project, const ScenarioPlan &plan, const Task &task,
                  unsigned threads)
{
    if (auto s = checkPlan(plan); !s) {
        return s.error();
    }
    auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    settings->snapshot = plan.until ? plan.until : settings->snapshot;
    settings->horizonDays = plan.horizonDays.value_or(settings->horizonDays);
    const auto until = snapshotDay(project, *settings);
    if (!until) {
        return until.error();
    }
    settings->snapshot = *until;
    const auto hash = dataHash(project);
    if (!hash) {
        return hash.error();
    }
    const auto lifecycle =
        computeLifecycle(project, lifecycleOptionsFrom(*settings), task.part(0, .1));
    if (!lifecycle) {
        return lifecycle.error();
    }
    // Levers act on the BG/NBD's rates (order_kernel.h), whatever model predicts value elsewhere.
    ValueOptions options = valueOptionsFrom(*settings);
    options.frequencyModel = "bg-nbd";
    const auto value = fitValueModel(project, options, task.part(.1, .2));
    if (!value) {
        return value.error();
    }
    SimulationResult result;
    result.until = *until;
    result.horizonDays = settings->horizonDays;
    result.margin = settings->margin;
    result.discountPerYear = settings->discountPerYear;
    result.currency = settings->currency;
    result.dataHash = *hash;
    result.draws = plan.draws;
    result.seed = plan.seed;
    const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
    return simulate(**value, **lifecycle, plan, std::move(result), threads == 0 ? cores : threads,
                    task.part(.2, 1));
}

} // namespace perennial
