#pragma once

#include "core/base/kept.h"
#include "core/churn/contact_plan.h"
#include "core/churn/risk_trial.h"
#include "core/churn/tree_reasons.h"
#include "core/project/settings.h"

namespace perennial {

/// What the views of churn at one t₀ take long to learn, learned once and kept for all of them: it
/// doesn't depend on who is looked at, so that another segment costs a pass over memory. Any thread
/// may ask, with a connection of its own. To be made anew when the data, t₀ or the horizon change;
/// settings of the value model that have changed are seen.
class ChurnShelf {
public:
    ChurnShelf(Day at, int horizonDays) : m_at(at), m_horizonDays(horizonDays) {}

    /// The trial of a horizon before t₀. @param trial `cut` is not read. @error as riskTrial.
    Result<std::shared_ptr<const RiskTrial>> trial(const Project &project,
                                                   const TrialOptions &trial, const Task &task);

    /// What the customers bring if they stay, by the project's value model.
    struct KeptValues {
        std::vector<std::int64_t> user; ///< ids ascending
        std::vector<double> value;      ///< as valueIfKept
    };
    /// @error as fitValueModel.
    Result<std::shared_ptr<const KeptValues>> valuesIfKept(const Project &project,
                                                           const Task &task);

    /// Of the trees at t₀. @error as treeRisk and TreeReasons::of.
    Result<std::shared_ptr<const TreeReasons>> reasons(const Project &project, const Task &task);

private:
    /// Memory 21 bytes a day with money.
    Result<std::shared_ptr<const OrderHistory>> history(const Project &project, const Task &task);

    Day m_at;
    int m_horizonDays;
    Kept<Day, OrderHistory> m_history;
    Kept<std::pair<ProjectSettings, std::uint64_t>, ChurnRisk> m_atCut; ///< and the trees' seed
    Kept<ProjectSettings, KeptValues> m_values;
    Kept<ProjectSettings, TreeReasons> m_reasons;
};

} // namespace perennial
