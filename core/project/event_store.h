#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// All events up to a day, column by column, sorted by user, then time, then arrival.
/// `offsets[u] .. offsets[u + 1]` are the rows of user id u (ids count from 1; offsets has
/// maxUser + 2 entries).
struct EventTable {
    std::vector<std::int64_t> offsets;
    std::vector<std::int32_t> user, item, order, device, place, channel; ///< ids, 0 = none
    std::vector<EventKind> kind;
    std::vector<UtcSecond> at;
    std::vector<float> quantity;
    std::vector<Money> amount;
    std::size_t size() const noexcept { return user.size(); }
    std::int64_t maxUser() const noexcept { return static_cast<std::int64_t>(offsets.size()) - 2; }
};
/// @param until last day read; empty = everything. Cost O(n), no sort in SQL.
Result<EventTable> readEvents(const Project &project, std::optional<Day> until, const Task &task);

/// Users `first` … `last` by id.
struct UserRange {
    std::int64_t first = 1, last = 0;
    bool operator==(const UserRange &) const = default;
};
/// The same for some users alone: only their rows, offsets up to the last of them. Cost: a pass over
/// all events, of which the others are only looked at (about 20 M a second).
Result<EventTable> readEventsOfUsers(const Project &project, const UserRange &users,
                                     std::optional<Day> until, const Task &task);

/// Ranges that cut all ids of users, 1 … the last one, into parts whose events can be read one after
/// the other. Ids are taken `step` at a time (1 … step, step + 1 … 2 step, …); a range has as many
/// steps as have at most `events` events up to a day, and one at least.
Result<std::vector<UserRange>> rangesOfUsers(const Project &project, std::optional<Day> until,
                                             std::int64_t step, std::int64_t events,
                                             const Task &task);

/// The same for one user alone: only his rows, offsets up to his id. Cost: his events.
Result<EventTable> readEventsOfUser(const Project &project, std::int64_t user,
                                    std::optional<Day> until);

struct ItemRecord {
    std::int64_t id = 0;
    std::string key, name, category; ///< name and category may be empty
    std::int32_t categoryId = 0;     ///< 1…n in order of first use, 0 = none
    std::optional<Money> price;
};
/// In id order; ids count from 1 without gaps only as far as nothing was removed.
Result<std::vector<ItemRecord>> readItems(const Project &project);

/// What a unit of each item cost on average in its purchases up to a day, by item id (index 0
/// unused), currency units; NaN where it was never bought. Cost: a pass over all events.
Result<std::vector<double>> readUnitPrices(const Project &project, std::optional<Day> until,
                                           const Task &task);

struct UserRecord {
    std::int64_t id = 0;
    std::string key;
    std::optional<Day> signup;
    std::string channel, region, device;
};
/// Where a record has an attribute that is a text of its own: "channel", "region", "device"; null for
/// any other name.
std::string UserRecord::*ownText(std::string_view attribute) noexcept;
Result<std::vector<UserRecord>> readUsers(const Project &project);
Result<std::vector<UserRecord>> readUsers(const Project &project, const UserRange &users);
/// @error UnknownUser, detail: the key.
Result<UserRecord> findUser(const Project &project, const std::string &key);
Result<UserRecord> findUserById(const Project &project, std::int64_t id);

/// How large a project is, for empty states, status lines and the readiness of models.
struct ProjectCounts {
    std::int64_t users = 0, items = 0, events = 0, purchases = 0, refunds = 0, orders = 0;
    std::int64_t usersWithPurchase = 0;
    std::optional<Day> firstDay, lastDay;
    Money gross = 0, refunded = 0; ///< refunded <= 0
};
Result<ProjectCounts> readCounts(const Project &project);

/// A user's own history, newest first, with names in place of ids.
struct UserEvent {
    UtcSecond at = 0;
    EventKind kind = EventKind::View;
    std::int64_t itemId = 0;
    std::string item, order, device, place, channel;
    double quantity = 0;
    Money amount = 0;
};
Result<std::vector<UserEvent>> readUserEvents(const Project &project, std::int64_t user,
                                              std::int64_t limit);

/// Changes when users, items, events or cleaning rules change: what results are labelled with.
/// 16 hex digits from the sources' hashes, states and totals, and the active cleaning rules.
Result<std::string> dataHash(const Project &project);

} // namespace perennial
