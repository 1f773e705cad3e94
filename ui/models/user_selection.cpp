#include "ui/models/user_selection.h"

#include "core/project/event_store.h"

#include <algorithm>

namespace perennial {

namespace {

std::optional<SegmentFigure> figureOf(UserColumn column)
{
    switch (column) {
    case UserColumn::Orders:
        return SegmentFigure::Orders;
    case UserColumn::LastOrder:
        return SegmentFigure::DaysSinceOrder;
    case UserColumn::Realised:
        return SegmentFigure::Realised;
    case UserColumn::PAlive:
        return SegmentFigure::PAlive;
    case UserColumn::ChurnRisk:
        return SegmentFigure::ChurnRisk;
    case UserColumn::ExpectedOrders:
        return SegmentFigure::ExpectedOrders;
    case UserColumn::PredictedValue:
        return SegmentFigure::PredictedValue;
    case UserColumn::Ltv:
        return SegmentFigure::Ltv;
    case UserColumn::BehaviorValue:
        return SegmentFigure::BehaviorValue;
    case UserColumn::Key:
    case UserColumn::Stage:
        break;
    }
    return std::nullopt;
}

/// Days in [from, to) are days ago in (t₀ − to, t₀ − from], which are whole.
NumberRange daysAgo(const ColumnRange &days, Day snapshot)
{
    const auto ago = [&](const std::optional<double> &day) {
        return day ? std::optional(snapshot - *day + 1) : std::nullopt;
    };
    return {ago(days.to), ago(days.from)};
}

} // namespace

std::optional<SegmentRule> ruleOfSelection(const UserSelection &selection, Day snapshot)
{
    if (selection.rule || selection.only) {
        return selection.rule;
    }
    std::vector<SegmentRule> parts;
    for (const ColumnRange &range : selection.ranges) {
        const auto figure = figureOf(range.column);
        if (!figure) {
            return std::nullopt;
        }
        if (!range.from && !range.to) {
            continue; // everybody
        }
        const NumberRange numbers = *figure == SegmentFigure::DaysSinceOrder
                                        ? daysAgo(range, snapshot)
                                        : NumberRange{range.from, range.to};
        parts.push_back(ruleOf(FigureCondition{*figure, numbers, range.orMissing}));
    }
    return parts.size() == 1 ? parts.front() : allOf(std::move(parts));
}

Result<SegmentRule> ruleOfUsers(const Project &project, const std::vector<std::int64_t> &users)
{
    const auto people = readUsers(project);
    if (!people) {
        return people.error();
    }
    UsersCondition condition;
    for (const UserRecord &person : *people) {
        if (std::ranges::binary_search(users, person.id)) {
            condition.keys.push_back(person.key);
        }
    }
    return ruleOf(std::move(condition));
}

} // namespace perennial
