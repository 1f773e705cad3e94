#include "core/lifecycle/user_labels.h"

#include "core/project/attribute_store.h"
#include "core/project/event_store.h"
#include "core/project/purchase_store.h"

#include <algorithm>
#include <array>

namespace perennial {

namespace {

struct FirstColumn {
    const char *name;
    std::string FirstPurchase::*value;
};
constexpr std::array kFirstColumns{FirstColumn{"first_category", &FirstPurchase::category},
                                   FirstColumn{"first_channel", &FirstPurchase::channel},
                                   FirstColumn{"first_device", &FirstPurchase::device}};
constexpr const char *kFirstCampaign = "first_campaign";

const FirstColumn *firstColumn(const std::string &name)
{
    const auto found = std::ranges::find_if(
        kFirstColumns, [&](const FirstColumn &column) { return name == column.name; });
    return found == kFirstColumns.end() ? nullptr : &*found;
}

template <class Record>
bool someoneHas(const std::vector<Record> &records, std::string Record::*text)
{
    return std::ranges::any_of(records,
                               [&](const Record &record) { return !(record.*text).empty(); });
}

Result<UserLabels> ofUsersTable(const Project &project, UserLabels labels)
{
    const auto users = readUsers(project);
    if (!users) {
        return users.error();
    }
    for (const UserRecord &user : *users) {
        labels.user.push_back(user.id);
        labels.value.push_back(user.*ownText(labels.name));
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
    for (const char *column : attribute_name::kOwnTexts) {
        if (!isPersonal(*attributes, column) && someoneHas(*users, ownText(column))) {
            names.emplace_back(column);
        }
    }
    for (const FirstColumn &column : kFirstColumns) {
        if (someoneHas(*purchases, column.value)) {
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
    if (ownText(name) != nullptr) {
        return ofUsersTable(project, {name, {}, {}});
    }
    if (const FirstColumn *first = firstColumn(name)) {
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
