#include "core/base/text.h"
#include "core/segment/segment_rule.h"

#include <algorithm>
#include <cmath>

namespace perennial {

namespace {

/// What is wrong with a condition; empty where nothing is.
class Check {
public:
    std::string operator()(const StageCondition &c) const
    {
        return c.stages.empty() ? "stages" : std::string();
    }
    std::string operator()(const FigureCondition &c) const { return rangeProblem(c.range); }
    std::string operator()(const PercentileCondition &c) const
    {
        const bool inOrder = c.from >= 0 && c.from <= c.to && c.to <= 100; // false for NaN
        return inOrder ? std::string() : "range";
    }
    std::string operator()(const AttributeCondition &c) const
    {
        if (c.name.empty() || !isValidUtf8(c.name)) {
            return "name";
        }
        if (!std::ranges::all_of(c.values, isValidUtf8)) {
            return "values";
        }
        const bool hasRange = c.range.from || c.range.to;
        if (hasRange != c.values.empty()) { // one of both
            return c.values.empty() && c.orMissing ? std::string() : "values";
        }
        return hasRange ? rangeProblem(c.range) : std::string();
    }
    std::string operator()(const BehaviorCondition &c) const
    {
        if (c.days && *c.days < 1) {
            return "days";
        }
        if (c.category && !isValidUtf8(*c.category)) {
            return "category";
        }
        return c.atLeast >= 0 && (!c.atMost || *c.atMost >= c.atLeast) ? std::string() : "count";
    }
    std::string operator()(const CohortCondition &c) const
    {
        return c.from < c.to ? std::string() : "range";
    }
    std::string operator()(const CampaignCondition &c) const
    {
        return c.key.empty() || !isValidUtf8(c.key) ? "key" : std::string();
    }
    std::string operator()(const UsersCondition &c) const
    {
        return std::ranges::all_of(c.keys, isValidUtf8) ? std::string() : "keys";
    }

private:
    static std::string rangeProblem(const NumberRange &range)
    {
        const auto isBad = [](const std::optional<double> &end) { return end && !std::isfinite(*end); };
        const bool none = !range.from && !range.to;
        const bool backwards = range.from && range.to && !(*range.from < *range.to);
        return none || backwards || isBad(range.from) || isBad(range.to) ? "range" : std::string();
    }
};

Status check(const SegmentRule &rule, const std::string &where, int depth, std::int64_t &parts)
{
    if (depth > kDeepestSegment) {
        return fail(ErrorCode::InvalidArgument, "depth", where);
    }
    if (++parts > kMostSegmentParts) {
        return fail(ErrorCode::InvalidArgument, "parts", where);
    }
    if (const auto *condition = rule.condition()) {
        const std::string problem = std::visit(Check(), *condition);
        return problem.empty() ? Status(Done{}) : fail(ErrorCode::InvalidArgument, problem, where);
    }
    for (std::size_t k = 0; k < rule.parts()->size(); ++k) {
        const std::string place = where + (where.empty() ? "" : ".") + (rule.any ? "any" : "all") +
                                  "[" + std::to_string(k) + "]";
        if (const Status part = check((*rule.parts())[k], place, depth + 1, parts); !part) {
            return part;
        }
    }
    return Done{};
}

} // namespace

Status checkSegment(const SegmentRule &rule)
{
    std::int64_t parts = 0;
    return check(rule, {}, 1, parts);
}

} // namespace perennial
