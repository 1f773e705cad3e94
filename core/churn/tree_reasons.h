#pragma once

#include "core/churn/tree_risk.h"
#include "core/learned/tree_shap.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// What a feature is about; `ui` and `app` word it.
enum class ReasonGroup {
    Recency,   ///< how long ago the last order was, and orders lately
    Frequency, ///< orders, and the gaps between them
    Spend,     ///< spend, in all and lately, and refunds
    Tenure,    ///< days since the first order, and from it to the last
    Model,     ///< what the value model expects
};
inline constexpr std::size_t kReasonGroups = 5;
std::string_view reasonGroupName(ReasonGroup group) noexcept; // "recency", …, "model"
/// @param column of learnedFeatures. @error UnknownColumn, detail: the column.
Result<ReasonGroup> reasonGroupOf(std::string_view column);

/// One feature's part in a customer's risk.
struct RiskReason {
    std::string column; ///< of learnedFeatures: "log_days_since_order", …
    ReasonGroup group = ReasonGroup::Recency;
    double value = 0;        ///< as the trees saw it: of "log_…" the logarithm of 1 + the value
    double contribution = 0; ///< log odds of leaving; > 0 raises the risk

    double plain() const noexcept; ///< the value itself
};

/// Why the trees give a customer his risk: base + Σ contributions = the log odds of `risk`, exactly
/// up to rounding.
struct RiskReasons {
    std::int64_t user = 0;
    double risk = 0;                            ///< in (0, 1)
    double base = 0;                            ///< log odds of a customer of whom nothing is known
    std::vector<RiskReason> features;           ///< the largest |contribution| first
    std::array<double, kReasonGroups> groups{}; ///< sums of the contributions, by ReasonGroup

    double of(ReasonGroup group) const noexcept { return groups[static_cast<std::size_t>(group)]; }
};

/// Reasons of one customer after another: nothing is computed before it is asked for. They say what
/// the trees made of the features, not what would change if a customer did otherwise.
class TreeReasons {
public:
    /// @error NotTrained (detail: "cover") and what TreeShap says.
    static Result<TreeReasons> of(std::shared_ptr<const TreeRisk> risk);

    /// @error UnknownUser where the user is no customer at t₀. Cost O(trees × leaves × depth²).
    Result<RiskReasons> reasons(std::int64_t user) const;

private:
    TreeReasons(std::shared_ptr<const TreeRisk> risk, TreeShap shap,
                std::vector<ReasonGroup> groups);

    std::shared_ptr<const TreeRisk> m_risk;
    TreeShap m_shap;                   ///< of m_risk's forest
    std::vector<ReasonGroup> m_groups; ///< of each column
};

} // namespace perennial
