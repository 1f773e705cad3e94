#include "core/segment/segment_rule.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

constexpr std::array<std::string_view, kSegmentFigureCount> kFigureNames{
    "orders",          "days_since_order", "days_since_activity", "realised", "p_alive", "churn_risk",
    "expected_orders", "predicted_value",  "ltv",                 "behavior_value"};

} // namespace

std::string_view segmentFigureName(SegmentFigure figure) noexcept
{
    return kFigureNames[static_cast<std::size_t>(figure)];
}

std::optional<SegmentFigure> segmentFigureFromName(std::string_view name) noexcept
{
    const auto found = std::ranges::find(kFigureNames, name);
    return found == kFigureNames.end()
               ? std::nullopt
               : std::optional(static_cast<SegmentFigure>(found - kFigureNames.begin()));
}

SegmentRule ruleOf(SegmentRule::Condition condition)
{
    SegmentRule rule;
    rule.content = std::move(condition);
    return rule;
}

SegmentRule allOf(std::vector<SegmentRule> parts)
{
    SegmentRule rule;
    rule.content = std::move(parts);
    return rule;
}

SegmentRule anyOf(std::vector<SegmentRule> parts)
{
    SegmentRule rule = allOf(std::move(parts));
    rule.any = true;
    return rule;
}

SegmentRule negation(SegmentRule rule)
{
    rule.negated = !rule.negated;
    return rule;
}

} // namespace perennial
