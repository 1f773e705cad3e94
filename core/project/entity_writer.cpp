#include "core/project/entity_writer.h"

#include "core/project/chunk_hash.h"
#include "core/project/database.h"
#include "core/project/entity_tables.h"
#include "core/project/source_rows.h"
#include "core/project/stored.h"

#include <array>
#include <map>

namespace perennial {

namespace {

/// A dictionary table: finds keys and adds new ones.
struct Coder {
    Coder(Database &opened, const std::string &table)
        : database(opened), find(opened, "SELECT id FROM " + table + " WHERE key = ?"),
          insert(opened, "INSERT INTO " + table + "(key) VALUES (?)")
    {
    }

    std::int64_t code(std::string_view key)
    {
        find.bindAll(key);
        const std::int64_t known = find.step() ? storedId(find, 0) : 0;
        find.reset();
        if (known != 0) {
            return known;
        }
        insert.bindAll(key);
        insert.run();
        if (database.lastInsertId() > kMaxId) {
            throw SqlFailure(ErrorCode::OutOfMemory, "ids");
        }
        return database.lastInsertId();
    }

    Database &database;
    Statement find, insert;
};

struct KnownAttribute {
    std::string name;
    AttributeType type;
};

void bindValue(Statement &statement, int position, const AttributeValue &value, AttributeType type)
{
    if (type == AttributeType::Text) {
        statement.bind(position, attributeText(value));
    } else if (const auto *number = std::get_if<double>(&value)) {
        statement.bind(position, *number);
    } else if (const auto *day = std::get_if<Day>(&value)) {
        statement.bind(position, std::int64_t{*day});
    } else {
        statement.bind(position, std::get<std::string>(value));
    }
}

} // namespace

struct EntityWriter::Impl {
    explicit Impl(Project &project)
        : database(project.database()), where(project.path().string()),
          transaction(database), coders{Coder(database, "user"), Coder(database, "item"),
                                        Coder(database, "campaign"), Coder(database, "coupon")},
          addDescription(database, "INSERT OR IGNORE INTO description(source_id, entity, "
                                   "entity_id) VALUES (?, ?, ?)"),
          setUser(database, "INSERT OR REPLACE INTO user_attribute(user_id, attribute_id, "
                            "source_id, value) VALUES (?, ?, ?, ?)"),
          setItem(database, "INSERT OR REPLACE INTO item_attribute(item_id, attribute_id, "
                            "source_id, value) VALUES (?, ?, ?, ?)"),
          setCampaign(database, "UPDATE campaign SET type = ?2, first_day = ?3, last_day = ?4 "
                                "WHERE id = ?1"),
          addExposure(database, "INSERT OR IGNORE INTO exposure(campaign_id, user_id, at, "
                                "source_id) VALUES (?, ?, ?, ?)"),
          addCouponItem(database, "INSERT OR IGNORE INTO coupon_item(coupon_id, campaign_id, "
                                  "item_id, source_id) VALUES (?, ?, ?, ?)")
    {
    }

    void sealLoggedChunks();

    Database &database;
    std::string where;
    std::int64_t source = 0;
    Transaction transaction;
    std::array<Coder, 4> coders;
    Statement addDescription, setUser, setItem, setCampaign, addExposure, addCouponItem;
    std::map<std::int64_t, KnownAttribute> attributes;
    ColumnKeeper columns{database};
};

/// The log's lines and the rejected rows; what the tables hold is covered by their seals.
void EntityWriter::Impl::sealLoggedChunks()
{
    const std::int64_t chunks = chunksLogged(database, source);
    for (std::int64_t number = 1; number <= chunks; ++number) {
        sealChunk(database, source, number, 0, 0, RowHasher(), {});
    }
}

EntityWriter::EntityWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
EntityWriter::~EntityWriter() = default;
EntityWriter::EntityWriter(EntityWriter &&) noexcept = default;
EntityWriter &EntityWriter::operator=(EntityWriter &&) noexcept = default;

Result<EntityWriter> EntityWriter::open(Project &project, const SourceRecord &source)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Result<EntityWriter> {
        auto impl = std::make_unique<Impl>(project);
        const auto id = beginSource(project, source);
        if (!id) {
            return id.error();
        }
        impl->source = *id;
        return EntityWriter(std::move(impl));
    });
}

std::int64_t EntityWriter::source() const noexcept
{
    return m_impl->source;
}

Result<std::int64_t> EntityWriter::code(Entity entity, std::string_view key)
{
    return guarded(m_impl->where, [&]() -> Result<std::int64_t> {
        return m_impl->coders[static_cast<std::size_t>(entity) - 1].code(key);
    });
}

Result<std::int64_t> EntityWriter::couponCode(std::string_view key)
{
    return guarded(m_impl->where,
                   [&]() -> Result<std::int64_t> { return m_impl->coders.back().code(key); });
}

Result<bool> EntityWriter::describe(Entity entity, std::int64_t id)
{
    return guarded(m_impl->where, [&]() -> Result<bool> {
        m_impl->addDescription.bindAll(m_impl->source, static_cast<int>(entity), id);
        m_impl->addDescription.run();
        return m_impl->database.changes() > 0;
    });
}

Result<std::int64_t> EntityWriter::attribute(Entity entity, std::string_view name,
                                             AttributeType type, bool personal)
{
    return guarded(m_impl->where, [&]() -> Result<std::int64_t> {
        Database &database = m_impl->database;
        Statement insert(database, "INSERT OR IGNORE INTO attribute(entity, name, type, personal) "
                                   "VALUES (?, ?, ?, ?)");
        insert.bindAll(static_cast<int>(entity), name, static_cast<int>(type), personal ? 1 : 0);
        insert.run();
        Statement find(database, "SELECT id, type FROM attribute WHERE entity = ? AND name = ?");
        find.bindAll(static_cast<int>(entity), name);
        find.step();
        const std::int64_t id = find.integer(0);
        const AttributeType stored = storedType(find, 1);
        find.reset();
        if (stored != type) {
            makeText(database, entity, id, stored);
            type = AttributeType::Text;
        }
        if (personal) {
            Statement mark(database, "UPDATE attribute SET personal = 1 WHERE id = ?");
            mark.bindAll(id);
            mark.run();
        }
        m_impl->attributes[id] = {std::string(name), type};
        return id;
    });
}

Status EntityWriter::set(Entity entity, std::int64_t id, std::int64_t attribute,
                         const AttributeValue &value)
{
    return guarded(m_impl->where, [&]() -> Status {
        const KnownAttribute &known = m_impl->attributes.at(attribute);
        m_impl->columns.keepOld(entity, id, attribute, known.name);
        Statement &statement = entity == Entity::User ? m_impl->setUser : m_impl->setItem;
        statement.bindAll(id, attribute, m_impl->source);
        bindValue(statement, 4, value, known.type);
        statement.run();
        m_impl->columns.set(entity, id, known.name, value);
        return Done{};
    });
}

Status EntityWriter::setCampaign(std::int64_t campaign, std::string_view type,
                                 std::optional<Day> first, std::optional<Day> last)
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->setCampaign.bindAll(campaign, type, first, last);
        m_impl->setCampaign.run();
        return Done{};
    });
}

Result<bool> EntityWriter::addExposure(std::int64_t campaign, std::int64_t user, UtcSecond at)
{
    return guarded(m_impl->where, [&]() -> Result<bool> {
        m_impl->addExposure.bindAll(campaign, user, at, m_impl->source);
        m_impl->addExposure.run();
        return m_impl->database.changes() > 0;
    });
}

Result<bool> EntityWriter::addCouponItem(std::int64_t coupon, std::int64_t campaign,
                                         std::int64_t item)
{
    return guarded(m_impl->where, [&]() -> Result<bool> {
        m_impl->addCouponItem.bindAll(coupon, campaign, item, m_impl->source);
        m_impl->addCouponItem.run();
        return m_impl->database.changes() > 0;
    });
}

Status EntityWriter::commit()
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->sealLoggedChunks();
        m_impl->transaction.commit();
        return Done{};
    });
}

} // namespace perennial
