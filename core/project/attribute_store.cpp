#include "core/project/attribute_store.h"

#include "core/project/database.h"
#include "core/project/stored.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace perennial {

namespace {

constexpr std::array<std::string_view, 3> kTypeNames{"text", "number", "date"};

std::string tableOf(Entity entity)
{
    return entity == Entity::User ? "user_attribute" : "item_attribute";
}

std::string idOf(Entity entity)
{
    return entity == Entity::User ? "user_id" : "item_id";
}

/// Only the newest source's value of each attribute of each entity.
std::string newestValues(Entity entity)
{
    const std::string table = tableOf(entity), id = idOf(entity);
    return "(SELECT " + id + " AS entity_id, attribute_id, value, max(source_id) FROM " + table +
           " GROUP BY " + id + ", attribute_id)";
}

AttributeValue valueAt(const Statement &query, int column, AttributeType type)
{
    switch (type) {
    case AttributeType::Number:
        return query.real(column);
    case AttributeType::Date:
        return storedDay(query, column);
    case AttributeType::Text:
        break;
    }
    return query.text(column);
}

std::string numberText(double value)
{
    std::array<char, 32> text;
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
    return {text.data(), end};
}

} // namespace

std::string_view attributeTypeName(AttributeType type) noexcept
{
    return kTypeNames[static_cast<std::size_t>(type) - 1];
}

std::optional<AttributeType> attributeTypeFromName(std::string_view name) noexcept
{
    for (std::size_t k = 0; k < kTypeNames.size(); ++k) {
        if (kTypeNames[k] == name) {
            return static_cast<AttributeType>(k + 1);
        }
    }
    return std::nullopt;
}

std::string attributeText(const AttributeValue &value)
{
    if (const auto *text = std::get_if<std::string>(&value)) {
        return *text;
    }
    if (const auto *number = std::get_if<double>(&value)) {
        return numberText(*number);
    }
    return formatDate(std::get<Day>(value));
}

Result<std::vector<Attribute>> readAttributes(const Project &project, Entity entity)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<Attribute>> {
        Statement query(project.database(),
                        "SELECT a.id, a.name, a.type, a.personal, count(v.value), "
                        "count(DISTINCT v.value) FROM attribute a LEFT JOIN " +
                            newestValues(entity) +
                            " v ON v.attribute_id = a.id WHERE a.entity = ? GROUP BY a.id "
                            "ORDER BY a.id");
        query.bindAll(static_cast<int>(entity));
        std::vector<Attribute> attributes;
        while (query.step()) {
            attributes.push_back({query.integer(0), entity, query.text(1),
                                  storedType(query, 2), query.integer(3) != 0,
                                  query.integer(4), query.integer(5)});
        }
        return attributes;
    });
}

bool isPersonal(const std::vector<Attribute> &attributes, std::string_view name) noexcept
{
    const auto found = std::ranges::find(attributes, name, &Attribute::name);
    return found != attributes.end() && found->personal;
}

Result<std::vector<NamedValue>> readAttributesOf(const Project &project, Entity entity,
                                                 std::int64_t id)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<NamedValue>> {
        Statement query(project.database(),
                        "SELECT a.name, a.type, a.personal, v.value, max(v.source_id) FROM " +
                            tableOf(entity) +
                            " v JOIN attribute a ON a.id = v.attribute_id WHERE v." + idOf(entity) +
                            " = ? GROUP BY a.id ORDER BY a.id");
        query.bindAll(id);
        std::vector<NamedValue> values;
        while (query.step()) {
            const auto type = storedType(query, 1);
            values.push_back({query.text(0), valueAt(query, 3, type), query.integer(2) != 0});
        }
        return values;
    });
}

Result<AttributeColumn> readAttributeColumn(const Project &project, const Attribute &attribute)
{
    return guarded(project.path().string(), [&]() -> Result<AttributeColumn> {
        Statement query(project.database(),
                        "SELECT " + idOf(attribute.entity) + ", value, max(source_id) FROM " +
                            tableOf(attribute.entity) + " WHERE attribute_id = ? GROUP BY " +
                            idOf(attribute.entity) + " ORDER BY 1");
        query.bindAll(attribute.id);
        AttributeColumn column;
        while (query.step()) {
            column.ids.push_back(query.integer(0));
            column.values.push_back(valueAt(query, 1, attribute.type));
        }
        return column;
    });
}

Result<std::vector<CampaignRecord>> readCampaigns(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<CampaignRecord>> {
        Statement query(
            project.database(),
            "SELECT c.id, c.key, c.type, c.first_day, c.last_day, "
            "(SELECT count(DISTINCT user_id) FROM exposure WHERE campaign_id = c.id), "
            "(SELECT count(DISTINCT coupon_id) FROM coupon_item WHERE campaign_id = c.id), "
            "(SELECT count(*) FROM event_offer WHERE campaign_id = c.id) FROM campaign c "
            "ORDER BY c.id");
        std::vector<CampaignRecord> campaigns;
        while (query.step()) {
            CampaignRecord campaign;
            campaign.id = query.integer(0);
            campaign.key = query.text(1);
            campaign.type = query.text(2);
            for (const auto &[column, day] :
                 {std::pair(3, &campaign.firstDay), std::pair(4, &campaign.lastDay)}) {
                if (!query.isNull(column)) {
                    *day = storedDay(query, column);
                }
            }
            campaign.users = query.integer(5);
            campaign.coupons = query.integer(6);
            campaign.redemptions = query.integer(7);
            campaigns.push_back(std::move(campaign));
        }
        return campaigns;
    });
}

Result<std::vector<UserCampaign>> readFirstCampaigns(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserCampaign>> {
        Statement query(project.database(),
                        "SELECT x.user_id, c.key FROM exposure x JOIN campaign c "
                        "ON c.id = x.campaign_id ORDER BY x.user_id, "
                        "coalesce(nullif(x.at, 0), c.first_day * 86400, 9223372036854775807), "
                        "c.id");
        std::vector<UserCampaign> campaigns;
        while (query.step()) {
            const std::int64_t user = storedId(query, 0);
            if (campaigns.empty() || campaigns.back().user != user) {
                campaigns.push_back({user, query.text(1)});
            }
        }
        return campaigns;
    });
}

} // namespace perennial
