#include "core/project/user_data_store.h"

#include "core/project/database.h"
#include "core/project/key_match.h"

namespace perennial {

namespace {

decltype(StoredAttribute::value) anyValue(const Statement &query, int column,
                                          const std::string &type)
{
    if (type == "integer") {
        return query.integer(column);
    }
    if (type == "real") {
        return query.real(column);
    }
    if (type == "null") {
        return std::monostate();
    }
    return query.text(column);
}

StoredEvent storedEvent(const Statement &query)
{
    StoredEvent stored;
    NamedEvent &event = stored.event;
    event.id = query.integer(0);
    event.at = query.integer(1);
    event.kind = static_cast<EventKind>(query.integer(2));
    event.user = query.text(3);
    event.item = query.text(4);
    event.order = query.text(5);
    event.device = query.text(6);
    event.place = query.text(7);
    event.channel = query.text(8);
    event.quantity = query.real(9);
    event.amount = query.integer(10);
    event.source = query.integer(11);
    stored.campaign = query.text(12);
    stored.coupon = query.text(13);
    stored.rules = query.integer(14);
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
            user.signup = static_cast<Day>(query.integer(2));
        }
        return user;
    });
}

Result<std::vector<StoredAttribute>> readStoredAttributes(const Project &project,
                                                          std::int64_t user)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<StoredAttribute>> {
        Statement query(project.database(),
                        "SELECT coalesce(a.name, ''), v.value, typeof(v.value), "
                        "coalesce(a.type, 0), coalesce(a.personal, 0), v.source_id "
                        "FROM user_attribute v LEFT JOIN attribute a ON a.id = v.attribute_id "
                        "WHERE v.user_id = ? ORDER BY v.attribute_id, v.source_id");
        query.bindAll(user);
        std::vector<StoredAttribute> attributes;
        while (query.step()) {
            attributes.push_back({query.text(0), anyValue(query, 1, query.text(2)),
                                  static_cast<int>(query.integer(3)), query.integer(4) != 0,
                                  query.integer(5)});
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
                one.at = query.integer(2);
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
        const bool used = shelf == EventShelf::InUse;
        Statement query(project.database(),
                        std::string("SELECT e.id, e.at, e.kind, coalesce(u.key, ''), "
                                    "coalesce(i.key, ''), coalesce(o.key, ''), "
                                    "coalesce(d.key, ''), coalesce(p.key, ''), "
                                    "coalesce(c.key, ''), e.quantity, e.amount, e.source_id, "
                                    "coalesce(m.key, ''), coalesce(k.key, ''), ") +
                            (used ? "0 FROM event" : "e.rules FROM set_aside_event") +
                            " e LEFT JOIN user u ON u.id = e.user_id "
                            "LEFT JOIN item i ON i.id = e.item_id "
                            "LEFT JOIN order_key o ON o.id = e.order_id "
                            "LEFT JOIN device d ON d.id = e.device_id "
                            "LEFT JOIN place p ON p.id = e.place_id "
                            "LEFT JOIN channel c ON c.id = e.channel_id "
                            "LEFT JOIN event_offer f ON f.event_id = e.id "
                            "LEFT JOIN campaign m ON m.id = f.campaign_id "
                            "LEFT JOIN coupon k ON k.id = f.coupon_id "
                            "WHERE e.user_id = ? AND e.id > ? ORDER BY e.id LIMIT ?");
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
        Statement query(project.database(),
                        "SELECT source_id, line, reason, at_column, raw FROM rejected_row "
                        "WHERE raw <> '' ORDER BY source_id, number");
        std::vector<StoredRejected> rows;
        while (query.step()) {
            if (match.inLine(query.text(4))) {
                rows.push_back({query.integer(0),
                                {query.integer(1), query.text(2), query.text(3), query.text(4)}});
            }
        }
        return rows;
    });
}

} // namespace perennial
