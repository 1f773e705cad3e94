#pragma once

#include "core/base/dates.h"
#include "core/behavior/config.h"
#include "core/project/event_store.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

/// How much there is to learn of users and items from.
struct DataDensity {
    std::int64_t users = 0;  ///< with an event that shows interest in an item
    std::int64_t items = 0;  ///< that somebody showed interest in
    std::int64_t events = 0; ///< that show it
    std::int64_t describedItems = 0; ///< of those, with a name or a category
    std::int64_t namedItems = 0;     ///< of those, with a name
    double perItem() const noexcept { return items > 0 ? double(events) / double(items) : 0; }
    double perUser() const noexcept { return users > 0 ? double(events) / double(users) : 0; }
};
/// @param until last day that counts.  Cost O(events + items).
DataDensity measureDensity(const EventTable &events, const std::vector<ItemRecord> &items,
                           Day until);

/// A config that fits the data, and why it differs from what it was made from.
/// Codes: "no_items" (fewer than two: features alone), "single_events" (hardly anybody has a second
/// event to learn an order from: features alone; detail: events a user), "sparse_content" (too few
/// events an item, the detail, for embeddings of their own, and items are described), "sparse_start"
/// (few enough, the detail, that embeddings do better from a truncated SVD), "names" (detail: how
/// many items have one: their words are read, by which new items score).
struct ConfigAdvice {
    struct Reason {
        std::string code, detail;
    };
    BehaviorConfig config;
    std::vector<Reason> reasons; ///< empty = as it was
};
ConfigAdvice suggestConfig(const DataDensity &density, const BehaviorConfig &from);

} // namespace perennial
