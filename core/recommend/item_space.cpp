#include "core/recommend/item_space.h"

#include "core/features/event_sequences.h"
#include "core/features/splits.h"

#include <algorithm>

namespace perennial {

namespace {

bool anyItemBought(const EventTable &events, Day until)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events.kind[i] == EventKind::Purchase && events.item[i] > 0 &&
            dayOf(events.at[i]) <= until) {
            return true;
        }
    }
    return false;
}

} // namespace

ItemSpace itemSpace(const EventTable &events, const std::vector<ItemRecord> &items, Day at,
                    ItemSignal signal)
{
    ItemSpace space;
    space.at = at;
    space.signal = signal == ItemSignal::Purchases && anyItemBought(events, at)
                       ? ItemSignal::Purchases
                       : ItemSignal::Interest;
    space.history = itemHistory(events, items, at, 1, space.signal);
    space.id = space.history.itemId;
    std::int64_t most = static_cast<std::int64_t>(space.history.numberOf.size()) - 1;
    for (const ItemRecord &item : items) {
        most = std::max(most, item.id);
    }
    space.numberOf = space.history.numberOf;
    space.numberOf.resize(static_cast<std::size_t>(std::max<std::int64_t>(most, 0)) + 1, -1);
    for (const ItemRecord &item : items) { // in id order
        if (item.id > 0 && space.numberOf[static_cast<std::size_t>(item.id)] < 0) {
            space.numberOf[static_cast<std::size_t>(item.id)] =
                static_cast<std::int32_t>(space.id.size());
            space.id.push_back(item.id);
        }
    }
    return space;
}

std::vector<std::int32_t> takenIn(const EventTable &events, const ItemSpace &space,
                                  std::int64_t user, Day after, Day until, ItemSignal signal)
{
    std::vector<std::int32_t> taken;
    if (user < 0 || user > events.maxUser()) {
        return taken;
    }
    const std::int64_t end = eventsUpTo(events, user, until).end;
    for (std::int64_t row = eventsUpTo(events, user, after).end; row < end; ++row) {
        const auto i = static_cast<std::size_t>(row);
        const auto id = static_cast<std::size_t>(std::max(events.item[i], 0));
        const bool taking = signal == ItemSignal::Purchases
                                ? events.kind[i] == EventKind::Purchase
                                : showsInterest(events.kind[i]);
        if (taking && id > 0 && id < space.numberOf.size() && space.numberOf[id] >= 0) {
            taken.push_back(space.numberOf[id]);
        }
    }
    std::sort(taken.begin(), taken.end());
    taken.erase(std::unique(taken.begin(), taken.end()), taken.end());
    return taken;
}

} // namespace perennial
