#pragma once

#include "core/project/quality_store.h"
#include "core/quality/time_span.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace perennial {

/// What an event should have. An amount of 0 is one that is missing.
enum class EventField { Item, Order, Amount, Device, Place, Channel };
inline constexpr std::array kEventFields{EventField::Item,   EventField::Order,
                                         EventField::Amount, EventField::Device,
                                         EventField::Place,  EventField::Channel};
std::string_view eventFieldName(EventField field) noexcept; // "item", "order", …
/// Orders and amounts belong to purchases and refunds, items to all but searches and
/// coupons, the rest to all.
bool fieldApplies(EventField field, EventKind kind) noexcept;

/// Of the events that should have a field, how many have none.
struct MissingCount {
    std::int64_t events = 0, missing = 0;
    std::optional<double> share() const noexcept; ///< in [0, 1]; none without events
};
using MissingByField = std::array<MissingCount, kEventFields.size()>;

struct DayProfile {
    std::int64_t events = 0, purchases = 0;
};

struct MonthProfile {
    Day start = 0; ///< its first day
    std::int64_t events = 0;
    std::int64_t activeUsers = 0; ///< distinct, with an event in the month
    MissingByField missing{};
};

/// How full the table of users × items is, over all events that name an item (refunds left out).
struct Sparsity {
    std::int64_t users = 0, items = 0, pairs = 0; ///< with such an event; pairs are distinct
    double density = 0;                           ///< pairs / (users × items), in [0, 1]
    double medianItemsPerUser = 0, medianUsersPerItem = 0;
    double usersBelow5 = 0, itemsBelow5 = 0; ///< shares with fewer than 5 distinct of the other
    std::int64_t usersFrom5 = 0;             ///< users with at least 5 items
};

/// Who and what is too new or too rare to learn from.
struct ColdStart {
    std::int64_t usersWithOneEvent = 0;
    std::int64_t items = 0;     ///< items of events that fewer than 5 users have bought
    std::int64_t events = 0;    ///< on these items
    std::int64_t warmItems = 0; ///< items with 5 buyers or more
    Money money = 0;            ///< purchases of these items
    Money allMoney = 0;         ///< all purchases
};
inline constexpr std::int64_t kFewestBuyers = 5;

/// What one walk over the events in the figures shows. Memory: 8 bytes an event with an item, one
/// bit per user and month.
struct DataProfile {
    std::int64_t events = 0, users = 0, purchases = 0, positivePurchases = 0;
    std::int64_t eventsWithItem = 0;
    std::int64_t usersFrom3Events = 0;
    Day firstEvent = 0, lastEvent = 0; ///< meaningless without events, as are the next
    TimeSpan span;                     ///< one stray date must not make a history of centuries
    std::vector<DayProfile> days;      ///< one per day of the span
    std::vector<MonthProfile> months;  ///< of the span, without holes, oldest first; at most 1 200
    std::array<std::array<std::int64_t, 24>, 7>
        weekHours{};                                   ///< events by weekday (0 = Monday), UTC
    std::map<EventKind, MissingByField> missingByKind; ///< kinds that occur
    Sparsity sparsity;
    ColdStart cold;
    /// Purchases whose unit price is 100 or 1 000 times that of the item's others, or a part of it:
    /// cents among units. Their ids, in order of arrival.
    std::vector<std::int64_t> otherUnits;
};

/// @error Cancelled, Damaged. Cost: one walk over all events, two where prices look mixed.
Result<DataProfile> profileData(const Project &project, const Task &task);

} // namespace perennial
