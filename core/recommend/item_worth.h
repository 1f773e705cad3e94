#pragma once

// Private to core/recommend.

#include "core/base/dates.h"
#include "core/base/result.h"
#include "core/project/event_store.h"
#include "core/project/project.h"
#include "core/recommend/recommend.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace perennial {

/// What one purchase of an item brings: mean amount of its purchases where there are at least five;
/// else its price; else the mean amount of the fewer purchases it has; else the mean of what these
/// steps say over its category; else over all items.
struct ItemWorth {
    double revenue = 0; ///< currency units, >= 0
    WorthSource source = WorthSource::All;
    double margin = 1;  ///< share of the revenue that is profit, in (−∞, 1]
};

/// By project item id; empty where nothing has a price or an amount.
/// @param until purchases up to here count. @param margin of the project, for items without a cost.
/// @param cost of one piece, by project item id; may be shorter or empty. Where an item has one,
/// its margin is 1 − cost / price (of its price, or else of the mean price of a piece that was
/// paid).
std::vector<std::optional<ItemWorth>> itemWorths(const EventTable &events,
                                                 const std::vector<ItemRecord> &items, Day until,
                                                 double margin,
                                                 std::span<const std::optional<double>> cost);

/// What the number attribute "cost" (or "unit_cost") of items says, by project item id.
Result<std::vector<std::optional<double>>> itemCosts(const Project &project);

} // namespace perennial
