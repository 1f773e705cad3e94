#include "core/project/user_counts.h"

#include "core/project/database.h"
#include "core/project/interruptible.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <algorithm>

namespace perennial {

namespace {

/// Of the years 1 to 9999, as everywhere.
constexpr UtcSecond kFirstSecond = startOf(-719'162), kLastSecond = startOf(2'932'897) - 1;

} // namespace

Result<std::vector<UserEventCount>> countEventsOfUsers(const Project &project,
                                                       const EventCountQuery &query,
                                                       const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<UserEventCount>> {
        Database &database = project.database();
        const Interruptible interruptible(database, task);
        // Counted here: SQLite would sort all rows to group them.
        const std::string ofCategory =
            query.category ? " AND item_id IN (SELECT id FROM item WHERE category = ?4)" : "";
        Statement rows(database, "SELECT user_id FROM event NOT INDEXED WHERE kind = ?1 AND at >= ?2 "
                                 "AND at < ?3" +
                                     ofCategory + " AND " + visibleRows(database).events);
        rows.bindAll(static_cast<int>(query.kind),
                     query.after ? startOf(daysAfter(*query.after, 1)) : std::int64_t{INT64_MIN},
                     startOf(daysAfter(query.until, 1)));
        if (query.category) {
            rows.bind(4, *query.category);
        }
        const std::int64_t last = database.integer("SELECT coalesce(max(id), 0) FROM user");
        std::vector<std::int64_t> counts(static_cast<std::size_t>(last) + 1);
        while (rows.step()) {
            const std::int64_t user = storedId(rows, 0);
            if (user > last) {
                throw SqlFailure(ErrorCode::Damaged, "event.user_id");
            }
            ++counts[static_cast<std::size_t>(user)];
        }
        std::vector<UserEventCount> found;
        for (std::size_t user = 0; user < counts.size(); ++user) {
            if (counts[user] > 0) {
                found.push_back({static_cast<std::int64_t>(user), counts[user]});
            }
        }
        return found;
    });
}

Result<std::vector<AddressedUser>> readAddressedUsers(const Project &project,
                                                      const std::string &campaign)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<AddressedUser>> {
        Statement named(project.database(), "SELECT id, first_day FROM campaign WHERE key = ?");
        named.bindAll(campaign);
        if (!named.step()) {
            return fail(ErrorCode::InvalidArgument, campaign, "campaign");
        }
        const auto begins =
            named.isNull(1) ? std::optional<Day>() : std::optional(storedDay(named, 1));
        // "at" is 0 where a file gives no time: those count as of the campaign's first day.
        Statement query(project.database(),
                        "SELECT user_id, min(nullif(at, 0)), max(at = 0) FROM exposure "
                        "WHERE campaign_id = ? GROUP BY user_id ORDER BY user_id");
        query.bindAll(named.integer(0));
        std::vector<AddressedUser> users;
        while (query.step()) {
            AddressedUser one{storedId(query, 0), {}};
            if (!query.isNull(1)) {
                one.since = dayOf(std::clamp(query.integer(1), kFirstSecond, kLastSecond));
            }
            if (query.integer(2) != 0 && begins) {
                one.since = one.since ? std::min(*one.since, *begins) : *begins;
            }
            users.push_back(one);
        }
        return users;
    });
}

} // namespace perennial
