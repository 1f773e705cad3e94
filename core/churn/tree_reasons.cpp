#include "core/churn/tree_reasons.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace perennial {

namespace {

constexpr std::array<std::string_view, kReasonGroups> kGroupNames{"recency", "frequency", "money",
                                                                  "tenure", "model"};

using enum ReasonGroup;
/// Of every column of learnedFeatures; the test fails where one is missing.
constexpr std::array kGroups{
    std::pair<std::string_view, ReasonGroup>{"log_order_days", Frequency},
    std::pair<std::string_view, ReasonGroup>{"log_days_since_order", Recency},
    std::pair<std::string_view, ReasonGroup>{"log_tenure", Tenure},
    std::pair<std::string_view, ReasonGroup>{"log_order_span", Tenure},
    std::pair<std::string_view, ReasonGroup>{"log_net", Spend},
    std::pair<std::string_view, ReasonGroup>{"log_mean_order_day", Spend},
    std::pair<std::string_view, ReasonGroup>{"log_last_order_day", Spend},
    std::pair<std::string_view, ReasonGroup>{"log_largest_order_day", Spend},
    std::pair<std::string_view, ReasonGroup>{"log_refunds", Spend},
    std::pair<std::string_view, ReasonGroup>{"log_net_recent", Spend},
    std::pair<std::string_view, ReasonGroup>{"log_orders_recent", Recency},
    std::pair<std::string_view, ReasonGroup>{"log_net_lately", Spend},
    std::pair<std::string_view, ReasonGroup>{"log_orders_lately", Recency},
    std::pair<std::string_view, ReasonGroup>{"log_mean_gap", Frequency},
    std::pair<std::string_view, ReasonGroup>{"log_expected_orders", Model},
    std::pair<std::string_view, ReasonGroup>{"log_expected_value", Model},
    std::pair<std::string_view, ReasonGroup>{"p_alive", Model},
};

} // namespace

double RiskReason::plain() const noexcept
{
    return column.starts_with("log_") ? std::expm1(value) : value;
}

std::string_view reasonGroupName(ReasonGroup group) noexcept
{
    return kGroupNames[static_cast<std::size_t>(group)];
}

Result<ReasonGroup> reasonGroupOf(std::string_view column)
{
    for (const auto &[name, group] : kGroups) {
        if (name == column) {
            return group;
        }
    }
    return fail(ErrorCode::UnknownColumn, std::string(column), "features");
}

TreeReasons::TreeReasons(std::shared_ptr<const TreeRisk> risk, TreeShap shap,
                         std::vector<ReasonGroup> groups)
    : m_risk(std::move(risk)), m_shap(std::move(shap)), m_groups(std::move(groups))
{
}

Result<TreeReasons> TreeReasons::of(std::shared_ptr<const TreeRisk> risk)
{
    std::vector<ReasonGroup> groups;
    for (const std::string &column : risk->trees.columns) {
        const auto group = reasonGroupOf(column);
        if (!group) {
            return group.error();
        }
        groups.push_back(*group);
    }
    auto shap = TreeShap::of(risk->trees.forest, groups.size());
    if (!shap) {
        return shap.error();
    }
    return TreeReasons(std::move(risk), *std::move(shap), std::move(groups));
}

Result<RiskReasons> TreeReasons::reasons(std::int64_t user) const
{
    const FeatureMatrix &asked = m_risk->asked;
    const auto found = std::ranges::lower_bound(asked.user, user);
    if (found == asked.user.end() || *found != user) {
        return fail(ErrorCode::UnknownUser, std::to_string(user));
    }
    const auto place = static_cast<std::size_t>(found - asked.user.begin());
    const auto row = asked.row(place);
    const std::vector<double> contributions = m_shap.contributions(row);
    RiskReasons reasons;
    reasons.user = user;
    reasons.risk = m_risk->risk[place];
    reasons.base = m_risk->trees.start + m_shap.base();
    for (std::size_t c = 0; c < contributions.size(); ++c) {
        reasons.groups[static_cast<std::size_t>(m_groups[c])] += contributions[c];
        reasons.features.push_back(
            {asked.columns[c], m_groups[c], static_cast<double>(row[c]), contributions[c]});
    }
    std::ranges::stable_sort(reasons.features, std::ranges::greater(),
                             [](const RiskReason &r) { return std::abs(r.contribution); });
    return reasons;
}

} // namespace perennial
