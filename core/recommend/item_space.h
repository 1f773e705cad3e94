#pragma once

// Private to core/recommend.

#include "core/project/event_store.h"
#include "core/ranking/item_history.h"

#include <cstdint>
#include <vector>

namespace perennial {

/// The items that can be recommended at a day, numbered: those of the history first, as it numbers
/// them, then those nobody had bought by then, by id, which only their features speak for.
struct ItemSpace {
    ItemHistory history;
    Day at = 0;
    ItemSignal signal = ItemSignal::Purchases; ///< what the history is of; what a user takes
    std::vector<std::int64_t> id;       ///< of each number
    std::vector<std::int32_t> numberOf; ///< by project id; −1 = no such item

    std::size_t size() const noexcept { return id.size(); }
};

/// @param events up to `at` or longer. @param signal purchases count where somebody bought an item
/// up to `at`, else what shows interest in one.
ItemSpace itemSpace(const EventTable &events, const std::vector<ItemRecord> &items, Day at,
                    ItemSignal signal = ItemSignal::Purchases);

/// Numbers of the items a user bought, or showed interest in, in (after, until], ascending, each once.
std::vector<std::int32_t> takenIn(const EventTable &events, const ItemSpace &space,
                                  std::int64_t user, Day after, Day until, ItemSignal signal);

} // namespace perennial
