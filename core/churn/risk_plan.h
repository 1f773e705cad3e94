#pragma once

#include "core/churn/churn_risk.h"
#include "core/churn/contact_plan.h"
#include "core/churn/risk_trial.h"
#include "core/project/user_state_store.h"

#include <span>

namespace perennial {

/// The method whose risks a plan goes by, and why it is that one.
struct ChosenRisk {
    const RiskMethod *method = nullptr; ///< of the ChurnRisk; null where none gives probabilities
    bool byTrial = false;               ///< false: no trial told, the trees come first
};
/// Of the methods that give probabilities now, that with the least log loss in the trial.
/// @param trial null = there is none. A method that is not in it comes after those that are.
ChosenRisk chooseRisk(const ChurnRisk &now, const RiskTrial *trial);

/// Whom to contact by a method's risks. @param within ids ascending; null = every customer.
/// @error the method's problem; the value model's where it can't tell what a kept customer brings;
/// InvalidArgument (where: "method") for one that gives no probabilities.
Result<ContactPlan> contactPlanOf(const ChurnRisk &now, const RiskMethod &method,
                                  ContactOrder order, const UserIds &within);

/// Whom to contact by the risks of the scores. Who has none, or is not among the customers, is left out.
/// @param states ids ascending. @param customers ids ascending, of which `kept` has the value if kept.
/// @error as ContactPlan::of.
Result<ContactPlan> contactPlanOf(std::span<const UserState> states,
                                  std::span<const std::int64_t> customers,
                                  std::span<const double> kept, ContactOrder order);

} // namespace perennial
