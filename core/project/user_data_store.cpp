#include "core/project/user_data_store.h"

#include "core/project/database.h"
#include "core/project/key_match.h"
#include "core/project/named_event.h"
#include "core/project/rejected_rows.h"
#include "core/project/stored.h"

namespace perennial {

namespace {

/// As it is stored: an older file may have brought another type than the attribute has now.
decltype(StoredAttribute::value) anyValue(const Statement &query, int column, AttributeType type)
{
    switch (query.type(column)) {
    case Statement::Type::Integer:
        if (type == AttributeType::Date) {
            return storedDay(query, column);
        }
        return query.integer(column);
    case Statement::Type::Real:
        return query.real(column);
    case Statement::Type::Null:
        return std::monostate();
    case Statement::Type::Text:
    case Statement::Type::Blob:
        break;
    }
    return query.text(column);
}

StoredEvent storedEvent(const Statement &query)
{
    StoredEvent stored;
    stored.event = namedEvent(query);
    stored.campaign = query.text(kNamedEventColumns);
    stored.coupon = query.text(kNamedEventColumns + 1);
    stored.rules = query.integer(kNamedEventColumns + 2);
    return stored;
}

} // namespace

Result<StoredUser> findStoredUser(const Project &project, const std::string &key)
{
    const std::string where = project.path().string();
    return guarded(where, [&]() -> Result<StoredUser> {
        Statement query(project.database(),
                        "SELECT id, key, signup_day, channel, region, device FROM user "
                        "WHERE key = ?");
        query.bindAll(key);
        if (!query.step()) {
            return fail(ErrorCode::UnknownUser, key, where);
        }
        StoredUser user{query.integer(0), query.text(1), std::nullopt,
                        query.text(3),    query.text(4), query.text(5)};
        if (!query.isNull(2)) {
            user.signup = storedDay(query, 2);
        }
        return user;
    });
}

Result<std::vector<StoredAttribute>> readStoredAttributes(const Project &project,
                                                          std::int64_t user)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<StoredAttribute>> {
        Statement query(project.database(),
                        "SELECT coalesce(a.name, ''), v.value, coalesce(a.type, 1), "
                        "coalesce(a.personal, 0), v.source_id "
                        "FROM user_attribute v LEFT JOIN attribute a ON a.id = v.attribute_id "
                        "WHERE v.user_id = ? ORDER BY v.attribute_id, v.source_id");
        query.bindAll(user);
        std::vector<StoredAttribute> attributes;
        while (query.step()) {
            const AttributeType type = storedType(query, 2);
            attributes.push_back({query.text(0), anyValue(query, 1, type), type,
                                  query.integer(3) != 0, query.integer(4)});
        }
        return attributes;
    });
}

Result<std::vector<StoredExposure>> readStoredExposures(const Project &project, std::int64_t user)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<StoredExposure>> {
        Statement query(project.database(),
                        "SELECT coalesce(c.key, ''), coalesce(c.type, ''), e.at, e.source_id "
                        "FROM exposure e LEFT JOIN campaign c ON c.id = e.campaign_id "
                        "WHERE e.user_id = ? ORDER BY e.at, e.campaign_id, e.source_id");
        query.bindAll(user);
        std::vector<StoredExposure> exposures;
        while (query.step()) {
            StoredExposure one{query.text(0), query.text(1), std::nullopt, query.integer(3)};
            if (query.integer(2) != 0) {
                one.at = storedTime(query, 2);
            }
            exposures.push_back(std::move(one));
        }
        return exposures;
    });
}

Result<std::vector<StoredEvent>> readStoredEvents(const Project &project, std::int64_t user,
                                                  EventShelf shelf, std::int64_t afterId,
                                                  std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<StoredEvent>> {
        // Of a capped event the original is told, which is set aside.
        const bool used = shelf == EventShelf::InUse;
        Statement query(project.database(),
                        "SELECT " + namedEventColumns() +
                            ", coalesce(m.key, ''), coalesce(k.key, ''), " +
                            (used ? "0 FROM event x" : "x.rules FROM set_aside_event x") +
                            namedEventJoins() +
                            "LEFT JOIN event_offer f ON f.event_id = x.id "
                            "LEFT JOIN campaign m ON m.id = f.campaign_id "
                            "LEFT JOIN coupon k ON k.id = f.coupon_id "
                            "WHERE x.user_id = ? AND x.id > ?" +
                            (used ? " AND x.id NOT IN (SELECT id FROM set_aside_event)" : "") +
                            " ORDER BY x.id LIMIT ?");
        query.bindAll(user, afterId, limit);
        std::vector<StoredEvent> events;
        while (query.step()) {
            events.push_back(storedEvent(query));
        }
        return events;
    });
}

Result<std::vector<StoredRejected>> readRejectedNaming(const Project &project,
                                                       const std::string &key)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<StoredRejected>> {
        const KeyMatch match(key, {});
        std::vector<StoredRejected> rows;
        visitRejected(project.database(), [&](const RejectedText &text, const RowMarks &marks) {
            if (match.isField(text.row.raw, marks)) {
                rows.push_back({text.source, text.row});
            }
        });
        return rows;
    });
}

} // namespace perennial
