#include "core/forecast/customer_groups.h"

#include "core/project/attribute_store.h"
#include "core/project/event_store.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <set>
#include <unordered_map>

namespace perennial {

namespace {

using Values = std::unordered_map<std::int64_t, std::string>; ///< by user id; not known = absent

/// Groups from a text for each customer: sorted by `before`, the empty text last.
template <class Before>
CalibrationGroups groupsOf(const std::vector<std::string> &texts, Before before)
{
    CalibrationGroups groups;
    std::set<std::string> known(texts.begin(), texts.end());
    const bool someUnknown = known.erase(std::string()) > 0;
    groups.names.assign(known.begin(), known.end());
    std::ranges::sort(groups.names, before);
    if (someUnknown) {
        groups.names.emplace_back();
    }
    std::map<std::string, std::uint32_t> index;
    for (std::uint32_t g = 0; g < groups.names.size(); ++g) {
        index[groups.names[g]] = g;
    }
    for (const std::string &text : texts) {
        groups.of.push_back(index.at(text));
    }
    return groups;
}

std::string quarterName(Day day)
{
    const CivilDate date = civilFromDay(day);
    return std::to_string(date.year) + " Q" + std::to_string((date.month + 2) / 3);
}

std::string ordersName(std::int32_t orders)
{
    if (orders <= 2) {
        return std::to_string(orders);
    }
    return orders <= 4 ? "3-4" : orders <= 9 ? "5-9" : "10+";
}

Result<Values> ownValues(const Project &project, std::string UserRecord::*text)
{
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    Values values;
    for (const UserRecord &user : *users) {
        if (!(user.*text).empty()) {
            values[user.id] = user.*text;
        }
    }
    return values;
}

Result<Values> describedValues(const Project &project, const Attribute &attribute)
{
    const auto column = readAttributeColumn(project, attribute);
    if (!column) {
        return column.error();
    }
    Values values;
    for (std::size_t k = 0; k < column->ids.size(); ++k) {
        values[column->ids[k]] = attributeText(column->values[k]);
    }
    return values;
}

bool isGrouping(const Attribute &attribute)
{
    return !attribute.personal && attribute.distinct >= 2 && attribute.distinct <= kMostGroups;
}

} // namespace

CalibrationGroups groupsByFirstOrder(const JudgedForecast &forecast)
{
    std::vector<std::string> names;
    std::set<std::string> quarters;
    for (const Day day : forecast.firstOrder) {
        names.push_back(quarterName(day));
        quarters.insert(names.back());
    }
    if (static_cast<std::int64_t>(quarters.size()) > kMostGroups) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            names[i] = std::to_string(civilFromDay(forecast.firstOrder[i]).year);
        }
    }
    return groupsOf(names, std::less<>());
}

CalibrationGroups groupsByOrders(const JudgedForecast &forecast)
{
    std::vector<std::string> names;
    for (const std::int32_t orders : forecast.ordersBefore) {
        names.push_back(ordersName(orders));
    }
    return groupsOf(names, [](const std::string &a, const std::string &b) {
        return std::stoi(a) < std::stoi(b);
    });
}

Result<std::vector<std::string>> groupingAttributes(const Project &project)
{
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    const auto attributes = readAttributes(project, Entity::User);
    if (!attributes) {
        return attributes.error();
    }
    std::vector<std::string> names;
    for (const char *column : attribute_name::kOwnTexts) {
        const bool personal = isPersonal(*attributes, column);
        std::set<std::string> values;
        for (const UserRecord &user : *users) {
            values.insert(user.*ownText(column));
            if (static_cast<std::int64_t>(values.size()) > kMostGroups + 1) {
                break;
            }
        }
        values.erase(std::string());
        const auto count = static_cast<std::int64_t>(values.size());
        if (!personal && count >= 2 && count <= kMostGroups) {
            names.emplace_back(column);
        }
    }
    for (const Attribute &attribute : *attributes) {
        if (isGrouping(attribute) && ownText(attribute.name) == nullptr) {
            names.push_back(attribute.name);
        }
    }
    return names;
}

Result<CalibrationGroups> groupsByAttribute(const Project &project, const std::string &attribute,
                                         const JudgedForecast &forecast)
{
    Result<Values> values = fail(ErrorCode::InvalidArgument, "unknown: " + attribute, "attribute");
    const auto attributes = readAttributes(project, Entity::User);
    if (!attributes) {
        return attributes.error();
    }
    if (isPersonal(*attributes, attribute)) {
        return fail(ErrorCode::InvalidArgument, "personal: " + attribute, "attribute");
    }
    if (const auto text = ownText(attribute)) {
        values = ownValues(project, text);
    } else {
        const auto found = std::ranges::find(*attributes, attribute, &Attribute::name);
        if (found != attributes->end() && isGrouping(*found)) {
            values = describedValues(project, *found);
        } else if (found != attributes->end()) {
            return fail(ErrorCode::InvalidArgument,
                        "values: " + attribute + " " + std::to_string(found->distinct),
                        "attribute");
        }
    }
    if (!values) {
        return values.error();
    }
    std::vector<std::string> texts;
    for (const std::int64_t user : forecast.user) {
        const auto known = values->find(user);
        texts.push_back(known == values->end() ? std::string() : known->second);
    }
    CalibrationGroups groups = groupsOf(texts, std::less<>());
    if (static_cast<std::int64_t>(groups.names.size()) > kMostGroups + 1) {
        return fail(ErrorCode::InvalidArgument, attribute, "attribute");
    }
    return groups;
}

} // namespace perennial
