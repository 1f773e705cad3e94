#pragma once

#include "core/base/money.h"
#include "core/base/task.h"
#include "core/project/cleaning_rule.h"
#include "core/project/database.h"

#include <memory>
#include <optional>
#include <string>

namespace perennial {

/// The bounds on amounts (signed, as stored) that a rule has come to; found are those outside.
struct AmountBounds {
    std::optional<Money> low, high;
    bool operator==(const AmountBounds &) const = default;
};

/// The columns of event, in its order; set_aside_event has the same and `rules`.
inline constexpr const char *kCleaningColumns =
    "id, user_id, at, kind, item_id, quantity, amount, order_id, device_id, place_id, channel_id, "
    "source_id";

/// A subquery of all visible events as they were imported, whatever rules are active, with `kept`:
/// 1 where the event stands in the figures (perhaps capped), 0 where it is set aside.
std::string importedEvents(Database &database);

/// Finds the events of one rule after the other among the same imported ones. What may be equal is
/// looked for once for all duplicate rules. Within one transaction or snapshot.
class EventFinder {
public:
    EventFinder(Database &database, const Task &task);
    ~EventFinder();
    EventFinder(const EventFinder &) = delete;
    EventFinder &operator=(const EventFinder &) = delete;

    /// Fills the temporary table found_event(id) with the events that a rule finds, after emptying
    /// it. @return the bounds of a rule on amounts. @error throws SqlFailure.
    AmountBounds find(const CleaningRule &rule);

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

/// One rule alone. @return, @error as EventFinder::find.
AmountBounds findEvents(Database &database, const CleaningRule &rule, const Task &task);

} // namespace perennial
