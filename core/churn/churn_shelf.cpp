#include "core/churn/churn_shelf.h"

namespace perennial {

namespace {

/// Of the settings those that a value model is fitted by.
Result<ProjectSettings> modelSettings(const Project &project)
{
    auto settings = readSettings(project);
    if (settings) {
        settings->currency.clear();
        settings->snapshot.reset();
        settings->stages = {};
    }
    return settings;
}

ValueOptions optionsOf(const ProjectSettings &settings, Day at, int horizonDays)
{
    ValueOptions options = valueOptionsFrom(settings);
    options.until = at;
    options.horizonDays = horizonDays;
    return options;
}

/// What judging takes of the risks: the models behind them would only take memory.
std::shared_ptr<const ChurnRisk> withoutModels(const ChurnRisk &risk)
{
    ChurnRisk light = risk;
    light.value.reset();
    light.trees.reset();
    return std::make_shared<const ChurnRisk>(std::move(light));
}

} // namespace

Result<std::shared_ptr<const OrderHistory>> ChurnShelf::history(const Project &project,
                                                                const Task &task)
{
    return m_history.get(m_at, task, [&]() -> Result<std::shared_ptr<const OrderHistory>> {
        auto read = readOrderHistory(project, m_at, task);
        if (!read) {
            return read.error();
        }
        return std::make_shared<const OrderHistory>(*std::move(read));
    });
}

Result<std::shared_ptr<const RiskTrial>>
ChurnShelf::trial(const Project &project, const TrialOptions &trial, const Task &task)
{
    const auto settings = modelSettings(project);
    if (!settings) {
        return settings.error();
    }
    const auto days = history(project, task.part(0.0, 0.1));
    if (!days) {
        return days.error();
    }
    TrialOptions asked = trial;
    asked.cut.reset();
    const auto atCut =
        m_atCut.get({*settings, asked.seed}, task,
                    [&]() -> Result<std::shared_ptr<const ChurnRisk>> {
            const auto risk = riskAtCut(**days, m_at, optionsOf(*settings, m_at, m_horizonDays),
                                        asked, task.part(0.1, 0.7));
            return risk ? withoutModels(**risk) : risk;
        });
    if (!atCut) {
        return atCut.error();
    }
    return judgeTrial(**days, **atCut, asked, task.part(0.7, 1.0));
}

Result<std::shared_ptr<const ChurnShelf::KeptValues>>
ChurnShelf::valuesIfKept(const Project &project, const Task &task)
{
    using Values = std::shared_ptr<const KeptValues>;
    const auto settings = modelSettings(project);
    if (!settings) {
        return settings.error();
    }
    return m_values.get(*settings, task, [&]() -> Result<Values> {
        const auto days = history(project, task.part(0.0, 0.4));
        if (!days) {
            return days.error();
        }
        const ValueOptions options = optionsOf(*settings, m_at, m_horizonDays);
        const auto fit =
            fitValueModel(customersFor(**days, options), options, task.part(0.4, 1.0));
        if (!fit) {
            return fit.error();
        }
        return std::make_shared<const KeptValues>(
            KeptValues{(*fit)->customers.user, valueIfKept(**fit)});
    });
}

Result<std::shared_ptr<const TreeReasons>> ChurnShelf::reasons(const Project &project,
                                                               const Task &task)
{
    using Reasons = std::shared_ptr<const TreeReasons>;
    const auto settings = modelSettings(project);
    if (!settings) {
        return settings.error();
    }
    return m_reasons.get(*settings, task, [&]() -> Result<Reasons> {
        const auto days = history(project, task.part(0.0, 0.2));
        if (!days) {
            return days.error();
        }
        const auto risk = treeRisk(
            **days, m_at, treeOptionsFrom(optionsOf(*settings, m_at, m_horizonDays)),
            task.part(0.2, 1.0));
        if (!risk) {
            return risk.error();
        }
        auto reasons = TreeReasons::of(*risk);
        if (!reasons) {
            return reasons.error();
        }
        return std::make_shared<const TreeReasons>(*std::move(reasons));
    });
}

} // namespace perennial
