#include "core/lifecycle/user_labels.h"

#include "core/project/attribute_store.h"
#include "core/project/event_store.h"
#include "core/project/purchase_store.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

struct OwnColumn {
    const char *name;
    std::string UserRecord::*value;
};
constexpr std::array kOwnColumns{OwnColumn{attribute_name::kChannel, &UserRecord::channel},
                                 OwnColumn{attribute_name::kRegion, &UserRecord::region},
                                 OwnColumn{attribute_name::kDevice, &UserRecord::device}};

struct FirstColumn {
    const char *name;
    std::string FirstPurchase::*value;
};
constexpr std::array kFirstColumns{FirstColumn{"first_category", &FirstPurchase::category},
                                   FirstColumn{"first_channel", &FirstPurchase::channel},
                                   FirstColumn{"first_device", &FirstPurchase::device}};
constexpr const char *kFirstCampaign = "first_campaign";

template <class Columns>
auto columnNamed(const Columns &columns, const std::string &name)
{
    return std::ranges::find_if(columns, [&](const auto &column) { return name == column.name; });
}

bool isPersonal(const std::vector<Attribute> &attributes, const std::string &name)
{
    const auto found = std::ranges::find(attributes, name, &Attribute::name);
    return found != attributes.end() && found->personal;
}

template <class Records, class Column>
bool someoneHas(const Records &records, const Column &column)
{
    return std::ranges::any_of(
        records, [&](const auto &record) { return !(record.*column.value).empty(); });
}

Result<UserLabels> ofUsersTable(const Project &project, UserLabels labels, const OwnColumn &column)
{
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    for (const UserRecord &user : *users) {
        labels.user.push_back(user.id);
        labels.value.push_back(user.*column.value);
    }
    return labels;
}

Result<UserLabels> ofFirstPurchase(const Project &project, UserLabels labels,
                                   const FirstColumn &column, std::optional<Day> until)
{
    const auto purchases = readFirstPurchases(project, until);
    if (!purchases) {
        return purchases.error();
    }
    for (const FirstPurchase &purchase : *purchases) {
        labels.user.push_back(purchase.user);
        labels.value.push_back(purchase.*column.value);
    }
    return labels;
}

Result<UserLabels> ofFirstCampaign(const Project &project, UserLabels labels)
{
    const auto campaigns = readFirstCampaigns(project);
    if (!campaigns) {
        return campaigns.error();
    }
    for (const UserCampaign &user : *campaigns) {
        labels.user.push_back(user.user);
        labels.value.push_back(user.campaign);
    }
    return labels;
}

Result<UserLabels> ofAttribute(const Project &project, UserLabels labels,
                               const Attribute &attribute)
{
    auto column = readAttributeColumn(project, attribute);
    if (!column) {
        return column.error();
    }
    labels.user = std::move(column->ids);
    for (const AttributeValue &value : column->values) {
        labels.value.push_back(attributeText(value));
    }
    return labels;
}

} // namespace

Result<std::vector<std::string>> userLabelNames(const Project &project, std::optional<Day> until)
{
    const auto attributes = readAttributes(project, Entity::User);
    if (!attributes) {
        return attributes.error();
    }
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    const auto purchases = readFirstPurchases(project, until);
    if (!purchases) {
        return purchases.error();
    }
    const auto campaigns = readFirstCampaigns(project);
    if (!campaigns) {
        return campaigns.error();
    }
    std::vector<std::string> names;
    for (const OwnColumn &column : kOwnColumns) {
        if (!isPersonal(*attributes, column.name) && someoneHas(*users, column)) {
            names.emplace_back(column.name);
        }
    }
    for (const FirstColumn &column : kFirstColumns) {
        if (someoneHas(*purchases, column)) {
            names.emplace_back(column.name);
        }
    }
    if (!campaigns->empty()) {
        names.emplace_back(kFirstCampaign);
    }
    for (const Attribute &attribute : *attributes) {
        if (!attribute.personal && attribute.described > 0 &&
            std::ranges::find(names, attribute.name) == names.end() &&
            attribute.name != attribute_name::kSignup) {
            names.push_back(attribute.name);
        }
    }
    return names;
}

Result<UserLabels> readUserLabels(const Project &project, const std::string &name,
                                  std::optional<Day> until)
{
    const auto attributes = readAttributes(project, Entity::User);
    if (!attributes) {
        return attributes.error();
    }
    if (isPersonal(*attributes, name)) {
        return fail(ErrorCode::InvalidArgument, "personal: " + name, "by");
    }
    if (const auto own = columnNamed(kOwnColumns, name); own != kOwnColumns.end()) {
        return ofUsersTable(project, {name, {}, {}}, *own);
    }
    if (const auto first = columnNamed(kFirstColumns, name); first != kFirstColumns.end()) {
        return ofFirstPurchase(project, {name, {}, {}}, *first, until);
    }
    if (name == kFirstCampaign) {
        return ofFirstCampaign(project, {name, {}, {}});
    }
    const auto found = std::ranges::find(*attributes, name, &Attribute::name);
    if (found == attributes->end()) {
        return fail(ErrorCode::InvalidArgument, "unknown: " + name, "by");
    }
    return ofAttribute(project, {name, {}, {}}, *found);
}

std::vector<std::string> labelsOf(const UserLabels &labels, const std::vector<std::int64_t> &user)
{
    std::vector<std::string> values;
    values.reserve(user.size());
    std::size_t at = 0;
    for (const std::int64_t id : user) {
        while (at < labels.user.size() && labels.user[at] < id) {
            ++at;
        }
        const bool isKnown = at < labels.user.size() && labels.user[at] == id;
        values.push_back(isKnown ? labels.value[at] : std::string());
    }
    return values;
}

} // namespace perennial
