#include "core/ingest/table_sink.h"

#include <unordered_set>

namespace perennial {

namespace {

class ProjectTableSink final : public TableSink {
public:
    ProjectTableSink(EntityWriter &writer, Contents contents, std::vector<std::int64_t> attributes)
        : m_writer(writer), m_contents(contents), m_attributes(std::move(attributes))
    {
    }

    Result<bool> add(const TableRow &row) override
    {
        switch (m_contents) {
        case Contents::Users:
            return describe(Entity::User, row.user, row);
        case Contents::Items:
            return describe(Entity::Item, row.item, row);
        case Contents::Campaigns:
            return describe(Entity::Campaign, row.campaign, row);
        case Contents::Exposures:
            return addExposure(row);
        case Contents::Coupons:
            return addCoupon(row);
        case Contents::Events:
            break;
        }
        return fail(ErrorCode::Internal, "contents");
    }

private:
    Result<bool> describe(Entity entity, const std::string &key, const TableRow &row)
    {
        const auto id = m_writer.code(entity, key);
        if (!id) {
            return id.error();
        }
        auto fresh = m_writer.describe(entity, *id);
        if (!fresh || !*fresh) {
            return fresh;
        }
        if (entity == Entity::Campaign) {
            const Status set = m_writer.setCampaign(*id, row.campaignType, row.start, row.end);
            return set ? Result<bool>(true) : set.error();
        }
        for (const auto &[place, value] : row.values) {
            if (const Status set = m_writer.set(entity, *id, m_attributes[place], value); !set) {
                return set.error();
            }
        }
        return true;
    }

    Result<bool> addExposure(const TableRow &row)
    {
        const auto campaign = m_writer.code(Entity::Campaign, row.campaign);
        const auto user = campaign ? m_writer.code(Entity::User, row.user) : campaign;
        return user ? m_writer.addExposure(*campaign, *user, row.at) : user.error();
    }

    Result<bool> addCoupon(const TableRow &row)
    {
        const auto coupon = m_writer.couponCode(row.coupon);
        const auto campaign = coupon ? codeOrNone(Entity::Campaign, row.campaign) : coupon;
        const auto item = campaign ? codeOrNone(Entity::Item, row.item) : campaign;
        return item ? m_writer.addCouponItem(*coupon, *campaign, *item) : item.error();
    }

    Result<std::int64_t> codeOrNone(Entity entity, const std::string &key)
    {
        return key.empty() ? Result<std::int64_t>(0) : m_writer.code(entity, key);
    }

    EntityWriter &m_writer;
    Contents m_contents;
    std::vector<std::int64_t> m_attributes; ///< ids by place
};

class DryTableSink final : public TableSink {
public:
    explicit DryTableSink(Contents contents) : m_contents(contents) {}

    Result<bool> add(const TableRow &row) override { return m_said.insert(name(row)).second; }

private:
    std::string name(const TableRow &row) const
    {
        // Keys hold no zero byte: a row with one is rejected.
        const std::string part(1, '\0');
        switch (m_contents) {
        case Contents::Users:
            return row.user;
        case Contents::Items:
            return row.item;
        case Contents::Campaigns:
            return row.campaign;
        case Contents::Exposures:
            return row.campaign + part + row.user + part + std::to_string(row.at);
        case Contents::Coupons:
            return row.coupon + part + row.campaign + part + row.item;
        case Contents::Events:
            break;
        }
        return {};
    }

    Contents m_contents;
    std::unordered_set<std::string> m_said;
};

} // namespace

Result<std::unique_ptr<TableSink>>
makeProjectTableSink(EntityWriter &writer, Contents contents,
                     const std::vector<AttributeDefinition> &attributes)
{
    const Entity entity = contents == Contents::Users ? Entity::User : Entity::Item;
    std::vector<std::int64_t> ids;
    for (const AttributeDefinition &attribute : attributes) {
        const auto id =
            writer.attribute(entity, attribute.name, attribute.type, attribute.personal);
        if (!id) {
            return id.error();
        }
        ids.push_back(*id);
    }
    return std::unique_ptr<TableSink>(
        std::make_unique<ProjectTableSink>(writer, contents, std::move(ids)));
}

std::unique_ptr<TableSink> makeDryTableSink(Contents contents)
{
    return std::make_unique<DryTableSink>(contents);
}

} // namespace perennial
