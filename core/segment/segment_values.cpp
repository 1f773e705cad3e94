#include "core/segment/segment_values.h"

#include "core/project/event_store.h"
#include "core/project/purchase_store.h"
#include "core/project/user_counts.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace perennial {

namespace {

bool isWithin(const NumberRange &range, double value)
{
    return (!range.from || value >= *range.from) && (!range.to || value < *range.to);
}

/// A number, or a date as days since 1970; nothing for a text.
std::optional<double> numberOf(const AttributeValue &value)
{
    if (const auto *number = std::get_if<double>(&value)) {
        return *number;
    }
    const auto *day = std::get_if<Day>(&value);
    return day ? std::optional(static_cast<double>(*day)) : std::nullopt;
}

std::optional<double> daysBetween(std::optional<Day> from, Day to)
{
    return from ? std::optional(static_cast<double>(to) - static_cast<double>(*from)) : std::nullopt;
}

} // namespace

SegmentValues::SegmentValues(const Project &project, const Task &task, UserStateLabel label,
                             UserStates states)
    : m_project(&project), m_task(&task), m_label(std::move(label)), m_states(std::move(states))
{
}

Result<SegmentValues> SegmentValues::read(const Project &project, const Task &task,
                                          UserStates states)
{
    auto label = readUserStateLabel(project);
    if (!label) {
        return label.error();
    }
    if (!states) {
        const auto read = StatesShelf().all(project, task);
        if (!read) {
            return read.error();
        }
        states = *read;
    }
    return SegmentValues(project, task, std::move(*label), std::move(states));
}

Result<SegmentMask> SegmentValues::meeting(const SegmentRule::Condition &condition) const
{
    if (m_task->cancelled()) {
        return fail(ErrorCode::Cancelled);
    }
    return std::visit([this](const auto &one) { return meets(one); }, condition);
}

template <class F>
SegmentMask SegmentValues::maskOf(F belongs) const
{
    SegmentMask mask(users());
    for (std::size_t k = 0; k < users(); ++k) {
        mask[k] = belongs(k) ? 1 : 0;
    }
    return mask;
}

std::size_t SegmentValues::placeOf(std::int64_t user) const
{
    const auto found = std::ranges::lower_bound(*m_states, user, {}, &UserState::user);
    return found != m_states->end() && found->user == user
               ? static_cast<std::size_t>(found - m_states->begin())
               : users();
}

void SegmentValues::moveTo(Day day, std::vector<UserState> states, SegmentMask known)
{
    m_label.snapshot = day;
    m_states = std::make_shared<const std::vector<UserState>>(std::move(states));
    m_known = std::move(known);
}

std::optional<double> SegmentValues::figure(std::size_t k, SegmentFigure figure) const
{
    if (!m_known.empty() && m_known[k] == 0) {
        return std::nullopt;
    }
    const UserState &state = (*m_states)[k];
    const auto value = [&]() -> std::optional<double> {
        switch (figure) {
        case SegmentFigure::Orders: return state.orders;
        case SegmentFigure::DaysSinceOrder:
            return daysBetween(state.lastOrderDay, m_label.snapshot);
        case SegmentFigure::DaysSinceActivity: return daysBetween(state.lastDay, m_label.snapshot);
        case SegmentFigure::Realised: return state.realised;
        case SegmentFigure::PAlive: return state.pAlive;
        case SegmentFigure::ChurnRisk: return state.churnRisk;
        case SegmentFigure::ExpectedOrders: return state.expectedOrders;
        case SegmentFigure::PredictedValue: return state.predictedValue;
        case SegmentFigure::Ltv:
            return state.realised * m_label.margin + state.predictedValue.value_or(0.0);
        case SegmentFigure::BehaviorValue: return state.behaviorValue;
        }
        return std::nullopt;
    }();
    return value && std::isfinite(*value) ? value : std::nullopt;
}

Result<SegmentMask> SegmentValues::meets(const StageCondition &condition) const
{
    return maskOf([&](std::size_t k) {
        return std::ranges::find(condition.stages, (*m_states)[k].stage) != condition.stages.end();
    });
}

Result<SegmentMask> SegmentValues::meets(const FigureCondition &condition) const
{
    return maskOf([&](std::size_t k) {
        const auto value = figure(k, condition.figure);
        return value ? isWithin(condition.range, *value) : condition.orMissing;
    });
}

Result<SegmentMask> SegmentValues::meets(const PercentileCondition &condition) const
{
    std::vector<double> sorted;
    for (std::size_t k = 0; k < users(); ++k) {
        if (const auto value = figure(k, condition.figure)) {
            sorted.push_back(*value);
        }
    }
    std::ranges::sort(sorted);
    const auto n = static_cast<double>(sorted.size());
    return maskOf([&](std::size_t k) {
        const auto value = figure(k, condition.figure);
        if (!value) {
            return false;
        }
        const auto same = std::ranges::equal_range(sorted, *value);
        const auto below = static_cast<double>(same.begin() - sorted.begin());
        const double rank = 100.0 * (below + 0.5 * static_cast<double>(same.size())) / n;
        return rank >= condition.from && rank <= condition.to;
    });
}

Result<std::vector<SegmentValues::Known>> SegmentValues::ownColumn(const std::string &name) const
{
    const auto people = readUsers(*m_project);
    if (!people) {
        return people.error();
    }
    std::vector<Known> column(users());
    for (const UserRecord &person : *people) {
        const std::size_t k = placeOf(person.id);
        if (k == users()) {
            continue;
        }
        if (name == attribute_name::kSignup) {
            column[k] = person.signup ? Known(*person.signup) : Known();
            continue;
        }
        const std::string &text = person.*ownText(name);
        column[k] = text.empty() ? Known() : Known(text);
    }
    return column;
}

Result<std::vector<SegmentValues::Known>> SegmentValues::attribute(const std::string &name) const
{
    const auto all = readAttributes(*m_project, Entity::User);
    if (!all) {
        return all.error();
    }
    if (isPersonal(*all, name)) { // it would stand in reports
        return fail(ErrorCode::InvalidArgument, "personal: " + name, "attribute");
    }
    if (name == attribute_name::kSignup || ownText(name) != nullptr) {
        return ownColumn(name);
    }
    const auto found = std::ranges::find(*all, name, &Attribute::name);
    if (found == all->end()) {
        return fail(ErrorCode::InvalidArgument, name, "attribute");
    }
    auto stored = readAttributeColumn(*m_project, *found);
    if (!stored) {
        return stored.error();
    }
    std::vector<Known> column(users());
    for (std::size_t row = 0; row < stored->ids.size(); ++row) {
        if (const std::size_t k = placeOf(stored->ids[row]); k < users()) {
            column[k] = std::move(stored->values[row]);
        }
    }
    return column;
}

Result<SegmentMask> SegmentValues::meets(const AttributeCondition &condition) const
{
    const auto column = attribute(condition.name);
    if (!column) {
        return column.error();
    }
    const std::unordered_set<std::string> wanted(condition.values.begin(), condition.values.end());
    return maskOf([&](std::size_t k) {
        const Known &known = (*column)[k];
        if (!known) {
            return condition.orMissing;
        }
        if (!wanted.empty()) {
            return wanted.contains(attributeText(*known));
        }
        const auto number = numberOf(*known);
        const bool hasRange = condition.range.from || condition.range.to;
        return hasRange && number && isWithin(condition.range, *number);
    });
}

Result<SegmentMask> SegmentValues::meets(const BehaviorCondition &condition) const
{
    EventCountQuery query;
    query.kind = condition.kind;
    query.until = m_label.snapshot;
    query.category = condition.category;
    if (condition.days) {
        query.after = daysAfter(m_label.snapshot, -static_cast<std::int64_t>(*condition.days));
    }
    const auto counts = countEventsOfUsers(*m_project, query, *m_task);
    if (!counts) {
        return counts.error();
    }
    std::vector<std::int64_t> events(users());
    for (const UserEventCount &one : *counts) {
        if (const std::size_t k = placeOf(one.user); k < users()) {
            events[k] = one.events;
        }
    }
    return maskOf([&](std::size_t k) {
        return events[k] >= condition.atLeast && (!condition.atMost || events[k] <= *condition.atMost);
    });
}

Result<SegmentMask> SegmentValues::meets(const CohortCondition &condition) const
{
    const auto belongs = [&](std::optional<Day> day) {
        return day && *day >= condition.from && *day < condition.to;
    };
    if (condition.anchor == CohortCondition::Anchor::FirstEvent) {
        return maskOf([&](std::size_t k) { return belongs((*m_states)[k].firstDay); });
    }
    const auto purchases = readUserPurchases(*m_project, m_label.snapshot);
    if (!purchases) {
        return purchases.error();
    }
    SegmentMask mask(users());
    for (const UserPurchases &one : *purchases) {
        if (const std::size_t k = placeOf(one.user); k < users() && belongs(one.firstDay)) {
            mask[k] = 1;
        }
    }
    return mask;
}

Result<SegmentMask> SegmentValues::meets(const CampaignCondition &condition) const
{
    const auto addressed = readAddressedUsers(*m_project, condition.key);
    if (!addressed) {
        return addressed.error();
    }
    const bool whenever = m_known.empty();
    SegmentMask mask(users());
    for (const AddressedUser &one : *addressed) {
        const bool byThen = one.since && *one.since <= m_label.snapshot;
        if (const std::size_t k = placeOf(one.user); k < users() && (whenever || byThen)) {
            mask[k] = 1;
        }
    }
    return mask;
}

Result<SegmentMask> SegmentValues::meets(const UsersCondition &condition) const
{
    const auto people = readUsers(*m_project);
    if (!people) {
        return people.error();
    }
    const std::unordered_set<std::string> wanted(condition.keys.begin(), condition.keys.end());
    SegmentMask mask(users());
    for (const UserRecord &person : *people) {
        if (const std::size_t k = placeOf(person.id); k < users() && wanted.contains(person.key)) {
            mask[k] = 1;
        }
    }
    return mask;
}

} // namespace perennial
