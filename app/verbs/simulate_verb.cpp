#include "app/verbs/arguments.h"
#include "app/verbs/open_project.h"
#include "app/verbs/verbs.h"
#include "core/scenario/simulate.h"
#include "ui/wording/format.h"

#include <CLI/CLI.hpp>
#include <QCoreApplication>

namespace perennial {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Simulate", text);
}

QString estimateText(const Estimate &estimate)
{
    return intervalText(estimate.value, estimate.lower, estimate.upper);
}

QStringList linesOf(const ScenarioOutcome &outcome, const QString &currency)
{
    QStringList lines;
    lines << QStringLiteral("%1 (%2)").arg(
        QString::fromStdString(outcome.scenario.name),
        outcome.scenario.evidence == Evidence::Experiment      ? tr("from an experiment")
        : outcome.scenario.evidence == Evidence::Observational ? tr("observed, not tested")
                                                               : tr("an assumption"));
    lines << tr("  change in LTV     %1 %2").arg(currency, estimateText(outcome.delta.ltv));
    lines << tr("  change in revenue %1 %2").arg(currency, estimateText(outcome.delta.revenue));
    lines << tr("  change in margin  %1 %2").arg(currency, estimateText(outcome.delta.margin));
    lines << tr("  cost              %1").arg(fullMoneyText(outcome.cost, currency));
    if (outcome.roi) {
        lines << tr("  return            %1, P(it pays) %2")
                     .arg(signedPercentText(outcome.roi->value),
                          percentText(outcome.pRoiPositive));
    }
    if (outcome.breakEvenCostPerUser) {
        lines << tr("  breaks even at    %1 a user")
                     .arg(fullMoneyText(*outcome.breakEvenCostPerUser, currency));
    }
    return lines;
}

QString textOf(const SimulationResult &result)
{
    const QString currency = QString::fromStdString(result.currency);
    const FutureFigures &future = result.baseline.future;
    QStringList lines;
    lines << tr("%1 at %2, the next %3; draws of the 90 % intervals: %4")
                 .arg(usersText(result.baseline.users), dayText(result.until),
                      daysText(result.horizonDays), countText(result.draws));
    lines << tr("Baseline");
    lines << tr("  predicted value   %1 %2").arg(currency, estimateText(future.ltv));
    lines << tr("  revenue           %1 %2").arg(currency, estimateText(future.revenue));
    lines << tr("  active customers who stay %1").arg(percentText(result.baseline.retention));
    for (const ScenarioOutcome &outcome : result.scenarios) {
        lines << linesOf(outcome, currency);
    }
    if (result.modelStatus == "boundary") {
        lines << tr("! the value model is at the edge of what the data can say; where they show no "
                    "churn, a retention lever moves nothing");
    }
    return lines.join(u'\n');
}

class SimulateVerb final : public Verb {
public:
    std::string name() const override { return "simulate"; }
    QString summary() const override
    {
        return tr("What if: the value of scenarios against the baseline, with intervals");
    }
    QString jsonHelp() const override
    {
        return QStringLiteral(
            "until, horizon_days, currency, margin, discount_per_year, draws, seed, data_hash\n"
            "model_status   converged | boundary\n"
            "baseline       {users, customers, ltv, revenue, margin, orders, retention,\n"
            "               interval_90 {ltv, revenue, margin, orders: [5 %, 95 %]}}\n"
            "scenarios      [{name, evidence, delta {ltv, revenue, margin, orders}, cost, roi,\n"
            "               p_roi_positive, interval_90 {…, roi}, break_even_cost_per_user,\n"
            "               break_even_effect, levers [{lever, target, users, customers, cost,\n"
            "               retention_before, retention_after}]}]\n"
            "saved          whether the scenarios were saved in the project\n"
            "SCENARIO.json  {\"name\", \"evidence\": assumption|observational|experiment, \"levers\":\n"
            "               [{\"lever\": retention (points)|frequency (%)|order_value (%),\n"
            "               \"target\": everybody|STAGE, \"effect\": N or {\"mean\", \"sd\"},\n"
            "               \"cost_per_user\"}], \"horizon\": \"180d\", \"until\", \"draws\", \"seed\"},\n"
            "               or {\"scenarios\": [several of these], \"horizon\", …}");
    }
    void setUp(CLI::App &command) override
    {
        command.add_option("PROJECT", m_path, "project file")->required();
        command.add_option("SCENARIO", m_scenario, "scenario or list of scenarios, JSON")
            ->required();
        command.add_option("--horizon", m_horizon, "days ahead, such as 180d; outweighs the file's");
        command.add_flag("--save", m_save, "save the scenarios with their outcomes in the project");
    }

    Result<VerbOutput> run(const Task &task) override
    {
        const auto plan = readPlan();
        if (!plan) {
            return plan.error();
        }
        auto project = m_save ? Project::open(m_path, Project::Access::ReadWrite)
                              : openToRead(m_path);
        if (!project) {
            return project.error();
        }
        const auto result = simulateScenarios(*project, *plan, task);
        if (!result) {
            return result.error();
        }
        if (m_save) {
            if (const auto saved = saveOutcomes(*project, **result); !saved) {
                return saved.error();
            }
        }
        VerbOutput output;
        output.json = nlohmann::ordered_json::parse(simulationToJson(**result));
        output.json["saved"] = m_save;
        output.text = textOf(**result);
        return output;
    }

private:
    Result<ScenarioPlan> readPlan() const
    {
        const auto text = readTextFile(m_scenario);
        if (!text) {
            return text.error();
        }
        auto plan = planFromJson(*text);
        if (!plan) {
            Error error = plan.error();
            error.where = error.where.empty() ? m_scenario : m_scenario + ": " + error.where;
            return error;
        }
        const auto days = horizonArgument(m_horizon, "--horizon");
        if (!days) {
            return days.error();
        }
        plan->horizonDays = *days ? *days : plan->horizonDays;
        return plan;
    }

    std::string m_path, m_scenario, m_horizon;
    bool m_save = false;
};

} // namespace

std::unique_ptr<Verb> makeSimulateVerb()
{
    return std::make_unique<SimulateVerb>();
}

} // namespace perennial
