#pragma once

#include "core/base/dates.h"
#include "core/base/task.h"
#include "core/base/words.h"
#include "core/project/project.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// Which events are counted: those of one kind in (after, until].
struct EventCountQuery {
    EventKind kind = EventKind::Purchase;
    std::optional<Day> after; ///< empty = from the first event on
    Day until = 0;
    std::optional<std::string> category; ///< of the item, as it is written; empty = any
};
struct UserEventCount {
    std::int64_t user = 0, events = 0;
};
/// Users with one such event at least, in id order. Cost: a pass over all events, no sort.
/// @error Cancelled.
Result<std::vector<UserEventCount>> countEventsOfUsers(const Project &project,
                                                       const EventCountQuery &query,
                                                       const Task &task);

struct AddressedUser {
    std::int64_t user = 0;
    /// The first time; where no file tells it, the campaign's first day; none where that is not known either.
    std::optional<Day> since;
};
/// Users whom a campaign addressed, ids rising. @error InvalidArgument (detail: the key; where "campaign")
/// where the project has no such campaign.
Result<std::vector<AddressedUser>> readAddressedUsers(const Project &project,
                                                     const std::string &campaign);

} // namespace perennial
