#include "core/segment/segment_rule.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

constexpr std::array<std::string_view, kSegmentFigureCount> kFigureNames{
    "orders",          "days_since_order", "days_since_activity", "realised", "p_alive", "churn_risk",
    "expected_orders", "predicted_value",  "ltv",                 "behavior_value"};

const StageCondition *stagesOf(const SegmentRule &part)
{
    return part.condition() ? std::get_if<StageCondition>(part.condition()) : nullptr;
}

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

SegmentRule asList(SegmentRule rule)
{
    const bool isList = rule.parts() && !rule.any && !rule.negated;
    return isList ? rule : allOf({std::move(rule)});
}

SegmentRule withoutPart(SegmentRule list, std::size_t part)
{
    auto &parts = std::get<std::vector<SegmentRule>>(list.content);
    parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(part));
    return list;
}

SegmentRule withPart(SegmentRule list, const SegmentRule &part)
{
    auto &parts = std::get<std::vector<SegmentRule>>(list.content);
    if (std::ranges::find(parts, part) == parts.end()) {
        parts.push_back(part);
    }
    return list;
}

SegmentRule withStage(SegmentRule list, std::optional<Stage> stage)
{
    auto &parts = std::get<std::vector<SegmentRule>>(list.content);
    std::erase_if(parts, [](const SegmentRule &part) { return stagesOf(part) != nullptr; });
    if (stage) {
        parts.insert(parts.begin(), ruleOf(StageCondition{{*stage}}));
    }
    return list;
}

std::vector<Stage> stagesIn(const SegmentRule &list)
{
    const StageCondition *found = nullptr;
    for (const SegmentRule &part : *list.parts()) {
        if (const StageCondition *condition = stagesOf(part)) {
            if (found || part.negated) {
                return {};
            }
            found = condition;
        }
    }
    return found ? found->stages : std::vector<Stage>();
}

std::optional<Stage> stageIn(const SegmentRule &list)
{
    const std::vector<Stage> stages = stagesIn(list);
    return stages.size() == 1 ? std::optional(stages.front()) : std::nullopt;
}

SegmentRule negation(SegmentRule rule)
{
    rule.negated = !rule.negated;
    return rule;
}

} // namespace perennial
