#pragma once

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/base/words.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace perennial {

/// A number that every scored user has, or lacks, at t₀: the columns of the user table and the days
/// since his last order and his last activity.
enum class SegmentFigure {
    Orders, DaysSinceOrder, DaysSinceActivity, Realised, PAlive, ChurnRisk, ExpectedOrders,
    PredictedValue, Ltv, BehaviorValue,
};
inline constexpr int kSegmentFigureCount = 10;
/// "orders", "churn_risk", …: names in files.
std::string_view segmentFigureName(SegmentFigure figure) noexcept;
std::optional<SegmentFigure> segmentFigureFromName(std::string_view name) noexcept;

/// Numbers in [from, to), an absent end being open.
struct NumberRange {
    std::optional<double> from, to;
    bool operator==(const NumberRange &) const = default;
};

/// One of these stages at t₀.
struct StageCondition {
    std::vector<Stage> stages; ///< one or more
    bool operator==(const StageCondition &) const = default;
};
struct FigureCondition {
    SegmentFigure figure = SegmentFigure::PredictedValue;
    NumberRange range;
    bool orMissing = false; ///< also users who have no finite number there
    bool operator==(const FigureCondition &) const = default;
};
/// Rank among the scored users with a finite number there, 0 to 100: the share of them below, and half
/// of those who have the same number, so that equal users are never parted. Both ends belong to it.
struct PercentileCondition {
    SegmentFigure figure = SegmentFigure::PredictedValue;
    double from = 0, to = 100;
    bool operator==(const PercentileCondition &) const = default;
};
/// An attribute of the user: "channel", "region", "device", "signup" or one that was imported. Texts
/// are compared as they are; numbers and dates by range (dates as days since 1970) or as written.
struct AttributeCondition {
    std::string name;
    std::vector<std::string> values; ///< any of them; none = by range
    NumberRange range;
    bool orMissing = false; ///< also users of whom it is not known
    bool operator==(const AttributeCondition &) const = default;
};
/// How often a user did something in the last days up to t₀.
struct BehaviorCondition {
    EventKind kind = EventKind::Purchase;
    std::optional<int> days; ///< the last so many, t₀ being the last; none = ever
    std::optional<std::string> category; ///< of the item; none = any
    std::int64_t atLeast = 1;
    std::optional<std::int64_t> atMost;
    bool operator==(const BehaviorCondition &) const = default;
};
/// The first day of an activity, or of an order, lies in [from, to).
struct CohortCondition {
    enum class Anchor { FirstEvent, FirstOrder };
    Anchor anchor = Anchor::FirstEvent;
    Day from = 0, to = 0;
    bool operator==(const CohortCondition &) const = default;
};
/// Addressed by a campaign, whenever.
struct CampaignCondition {
    std::string key;
    bool operator==(const CampaignCondition &) const = default;
};
/// These users, by their keys; ones that the project does not have are nobody.
struct UsersCondition {
    std::vector<std::string> keys;
    bool operator==(const UsersCondition &) const = default;
};

/// One condition, or a group of them. `negated`: everybody else.
struct SegmentRule {
    using Condition =
        std::variant<StageCondition, FigureCondition, PercentileCondition, AttributeCondition,
                     BehaviorCondition, CohortCondition, CampaignCondition, UsersCondition>;
    std::variant<Condition, std::vector<SegmentRule>> content;
    bool any = false; ///< of a group: one of its parts is enough; else all have to hold
    bool negated = false;

    const Condition *condition() const noexcept { return std::get_if<Condition>(&content); }
    const std::vector<SegmentRule> *parts() const noexcept
    {
        return std::get_if<std::vector<SegmentRule>>(&content);
    }
    bool operator==(const SegmentRule &) const = default;
};
SegmentRule ruleOf(SegmentRule::Condition condition);
/// All parts hold; with no part, everybody.
SegmentRule allOf(std::vector<SegmentRule> parts);
/// One part holds at least; with no part, nobody.
SegmentRule anyOf(std::vector<SegmentRule> parts);
SegmentRule negation(SegmentRule rule);

// What a row of filters shows: a list of parts that all have to hold, everybody being the empty one.

/// The same users as a list of parts.
SegmentRule asList(SegmentRule rule);
/// Of a list. @param part < its parts.
SegmentRule withoutPart(SegmentRule list, std::size_t part);
/// Of a list: with a part more, where it has not got it.
SegmentRule withPart(SegmentRule list, const SegmentRule &part);
/// Of a list: this stage in place of any condition on stages.
SegmentRule withStage(SegmentRule list, std::optional<Stage> stage);
/// The stage that a list's only condition on stages asks for; none where it asks for more, or not.
std::optional<Stage> stageIn(const SegmentRule &list);
/// The stages that a list's only condition on stages asks for; none where it has not exactly one.
std::vector<Stage> stagesIn(const SegmentRule &list);

/// What a rule may be made of, at most: a file from elsewhere must not fill memory or stack.
inline constexpr int kDeepestSegment = 16;
inline constexpr std::int64_t kMostSegmentParts = 1000;

/// Whether a rule says something: ends in order, numbers finite, names there.
/// @error InvalidArgument, detail: what is wrong; where: the part, as "all[2].any[0].percentile".
Status checkSegment(const SegmentRule &rule);

/// As JSON; what segmentFromJson reads back to an equal rule.
std::string segmentJson(const SegmentRule &rule);
/// @error BadData where the text is no JSON or too deep; else as checkSegment; unknown keys are refused.
Result<SegmentRule> segmentFromJson(std::string_view text);

} // namespace perennial
