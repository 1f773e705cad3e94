#pragma once

#include "core/base/dates.h"
#include "core/project/event_store.h"
#include "core/recommend/recommend.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace perennial {

/// How many distinct users bought each item in a window, by item id (index 0 unused); where nobody
/// bought any item up to `until`, how many showed interest in it.
/// @param after, until the window (after, until]; empty `after` = from the beginning.
std::vector<std::int64_t> popularityCounts(const EventTable &events, std::optional<Day> after,
                                           Day until);

/// The same of a project up to `until`, whose events are read a part at a time.
/// @error Cancelled and what reading says.
Result<std::vector<std::int64_t>> popularityOf(const Project &project, std::optional<Day> after,
                                               Day until, const Task &task);

/// The `top` items with the highest counts, ties by id; score = share of all counts.
std::vector<Recommendation> popularFrom(const std::vector<std::int64_t> &counts,
                                        const std::vector<ItemRecord> &items, int top);

} // namespace perennial
