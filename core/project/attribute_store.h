#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/project/project.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace perennial {

/// What attributes are of. The numbers are stored.
enum class Entity { User = 1, Item = 2, Campaign = 3 };
/// How an attribute's values are stored. The numbers are stored.
enum class AttributeType { Text = 1, Number = 2, Date = 3 };
std::string_view attributeTypeName(AttributeType type) noexcept; ///< "text", "number", "date"
std::optional<AttributeType> attributeTypeFromName(std::string_view name) noexcept;

/// Attributes that have a column of their own in the tables of users and items beside this one.
namespace attribute_name {
inline constexpr const char *kSignup = "signup", *kChannel = "channel", *kRegion = "region",
                            *kDevice = "device", *kItemName = "name", *kCategory = "category",
                            *kPrice = "price";
/// Those of users that are texts (ownText).
inline constexpr std::array kOwnTexts{kChannel, kRegion, kDevice};
} // namespace attribute_name

struct Attribute {
    std::int64_t id = 0;
    Entity entity = Entity::User;
    std::string name;
    AttributeType type = AttributeType::Text;
    bool personal = false;
    std::int64_t described = 0; ///< entities that have a value
    std::int64_t distinct = 0;  ///< values among them
};
/// Of users or items, in order of id. Cost: all their values once.
Result<std::vector<Attribute>> readAttributes(const Project &project, Entity entity);

/// Whether one of them has the name and was marked as personal.
bool isPersonal(const std::vector<Attribute> &attributes, std::string_view name) noexcept;

/// A value as it is stored.
using AttributeValue = std::variant<std::string, double, Day>;
std::string attributeText(const AttributeValue &value); ///< "north", "12.5", "2017-03-03"

struct NamedValue {
    std::string name;
    AttributeValue value;
    bool personal = false;
};
/// What is known of one user or item, the newest source's word on each, in order of the attributes.
Result<std::vector<NamedValue>> readAttributesOf(const Project &project, Entity entity,
                                                 std::int64_t id);

/// One attribute of everybody: `values[k]` belongs to the entity with id `ids[k]`, ids rising.
struct AttributeColumn {
    std::vector<std::int64_t> ids;
    std::vector<AttributeValue> values;
};
Result<AttributeColumn> readAttributeColumn(const Project &project, const Attribute &attribute);

struct CampaignRecord {
    std::int64_t id = 0;
    std::string key, type;
    std::optional<Day> firstDay, lastDay;
    std::int64_t users = 0;       ///< addressed
    std::int64_t coupons = 0;     ///< coupons that it gave out
    std::int64_t redemptions = 0; ///< events that name it
};
Result<std::vector<CampaignRecord>> readCampaigns(const Project &project);

struct UserCampaign {
    std::int64_t user = 0;
    std::string campaign; ///< its key
};
/// The first campaign that addressed each user, in id order; users whom none did are not in it.
/// Where a file gives no time, a campaign's first day counts; campaigns without one come last, ties
/// go to the one that was read first.
Result<std::vector<UserCampaign>> readFirstCampaigns(const Project &project);

} // namespace perennial
