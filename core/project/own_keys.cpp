#include "core/project/own_keys.h"

#include "core/project/database.h"

#include <unordered_set>

namespace perennial {

namespace {

/// The dictionaries that an event names itself, as the queries below have their columns.
constexpr std::array kOfEvents{"order_key", "device", "place", "channel"};
using Candidates = std::array<std::unordered_set<std::int64_t>, kOfEvents.size()>;

/// What his events name; 0 is none.
Candidates namedByHim(Database &database)
{
    Candidates named;
    Statement his(database,
                  "SELECT order_id, device_id, place_id, channel_id FROM temp.erased_event");
    while (his.step()) {
        for (std::size_t k = 0; k < named.size(); ++k) {
            if (const std::int64_t id = his.integer(static_cast<int>(k)); id != 0) {
                named[k].insert(id);
            }
        }
    }
    return named;
}

void leaveOutWhatOthersName(Database &database, std::int64_t user, Candidates &candidates)
{
    Statement others(database,
                     "SELECT order_id, device_id, place_id, channel_id FROM event "
                     "WHERE user_id <> ?1 UNION ALL SELECT order_id, device_id, place_id, "
                     "channel_id FROM set_aside_event WHERE user_id <> ?1");
    others.bindAll(user);
    while (others.step()) {
        for (std::size_t k = 0; k < candidates.size(); ++k) {
            if (!candidates[k].empty()) {
                candidates[k].erase(others.integer(static_cast<int>(k)));
            }
        }
    }
}

std::vector<std::int64_t> ownCoupons(Database &database)
{
    Statement query(database,
                    "SELECT DISTINCT coupon_id FROM event_offer WHERE coupon_id <> 0 AND "
                    "event_id IN (SELECT id FROM temp.erased_event) AND coupon_id NOT IN "
                    "(SELECT coupon_id FROM event_offer WHERE event_id NOT IN "
                    "(SELECT id FROM temp.erased_event)) AND "
                    "coupon_id NOT IN (SELECT coupon_id FROM coupon_item)");
    std::vector<std::int64_t> coupons;
    while (query.step()) {
        coupons.push_back(query.integer(0));
    }
    return coupons;
}

} // namespace

std::array<OwnKeys, kOwnDictionaries> findOwnKeys(Database &database, std::int64_t user)
{
    Candidates own = namedByHim(database);
    leaveOutWhatOthersName(database, user, own);
    std::array<OwnKeys, kOwnDictionaries> keys;
    for (std::size_t k = 0; k < own.size(); ++k) {
        keys[k] = {kOfEvents[k], {own[k].begin(), own[k].end()}};
    }
    keys[kOwnCoupons] = {"coupon", ownCoupons(database)};
    return keys;
}

std::vector<std::string> keyTexts(Database &database, const OwnKeys &keys)
{
    Statement query(database, std::string("SELECT key FROM ") + keys.dictionary + " WHERE id = ?");
    std::vector<std::string> texts;
    for (const std::int64_t id : keys.ids) {
        query.bindAll(id);
        if (query.step()) {
            texts.push_back(query.text(0));
        }
    }
    return texts;
}

std::int64_t eraseKeys(Database &database, const OwnKeys &keys)
{
    Statement remove(database, std::string("DELETE FROM ") + keys.dictionary + " WHERE id = ?");
    std::int64_t erased = 0;
    for (const std::int64_t id : keys.ids) {
        remove.bindAll(id);
        remove.run();
        erased += database.changes();
    }
    return erased;
}

} // namespace perennial
