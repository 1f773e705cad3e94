#include "core/churn/risk_plan.h"

#include <algorithm>
#include <limits>

namespace perennial {

namespace {

/// A method's log loss in a trial; infinite where it has none.
double lossIn(const RiskTrial *trial, const std::string &name)
{
    constexpr double kUnknown = std::numeric_limits<double>::infinity();
    if (!trial) {
        return kUnknown;
    }
    const auto row = std::ranges::find(trial->methods, name, &TrialMethod::name);
    const TrialFigure *loss = row == trial->methods.end() ? nullptr : row->figure("log_loss");
    return loss ? loss->figure.value.value_or(kUnknown) : kUnknown;
}

} // namespace

ChosenRisk chooseRisk(const ChurnRisk &now, const RiskTrial *trial)
{
    ChosenRisk chosen;
    double least = std::numeric_limits<double>::infinity();
    for (const RiskMethod &method : now.methods) {
        if (method.problem || !method.isProbability) {
            continue;
        }
        const double loss = lossIn(trial, method.name);
        // Of those that no trial tells apart the trees, which stand behind the value model.
        if (!chosen.method || loss < least || (loss == least && method.name == kTreeMethod)) {
            chosen = {&method, loss < std::numeric_limits<double>::infinity()};
            least = loss;
        }
    }
    return chosen;
}

Result<ContactPlan> contactPlanOf(const ChurnRisk &now, const RiskMethod &method,
                                  ContactOrder order, const UserIds &within)
{
    if (method.problem) {
        return *method.problem;
    }
    if (!method.isProbability) {
        return fail(ErrorCode::InvalidArgument, method.name, "method");
    }
    if (!now.value) {
        return *now.methods.front().problem;
    }
    const std::vector<double> kept = valueIfKept(*now.value);
    if (!within) {
        return ContactPlan::of(now.user, method.risk, kept, order);
    }
    std::vector<std::int64_t> user;
    std::vector<double> risk, value;
    for (std::size_t k = 0; k < now.user.size(); ++k) {
        if (std::ranges::binary_search(*within, now.user[k])) {
            user.push_back(now.user[k]);
            risk.push_back(method.risk[k]);
            value.push_back(kept[k]);
        }
    }
    return ContactPlan::of(user, risk, value, order);
}

Result<ContactPlan> contactPlanOf(std::span<const UserState> states,
                                  std::span<const std::int64_t> customers,
                                  std::span<const double> kept, ContactOrder order)
{
    std::vector<std::int64_t> user;
    std::vector<double> risk, value;
    for (const UserState &state : states) {
        const auto found = std::ranges::lower_bound(customers, state.user);
        if (state.churnRisk && found != customers.end() && *found == state.user) {
            user.push_back(state.user);
            risk.push_back(std::clamp(*state.churnRisk, 0.0, 1.0));
            value.push_back(kept[static_cast<std::size_t>(found - customers.begin())]);
        }
    }
    return ContactPlan::of(user, risk, value, order);
}

} // namespace perennial
