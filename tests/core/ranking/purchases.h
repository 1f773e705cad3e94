#pragma once

#include "core/project/event_store.h"
#include "core/ranking/item_history.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace perennial::test {

/// One event of an item.
struct Bought {
    std::int32_t user = 0;
    Day day = 0;
    std::int32_t item = 0; ///< project id; its key is that many times "i"
    double amount = 10;    ///< < 0 is a refund
};

inline EventTable eventsOf(std::vector<Bought> rows)
{
    std::stable_sort(rows.begin(), rows.end(), [](const Bought &a, const Bought &b) {
        return std::tie(a.user, a.day) < std::tie(b.user, b.day);
    });
    EventTable t;
    t.offsets.push_back(0);
    for (const Bought &row : rows) {
        while (static_cast<std::int32_t>(t.offsets.size()) <= row.user) {
            t.offsets.push_back(static_cast<std::int64_t>(t.size()));
        }
        t.user.push_back(row.user);
        t.item.push_back(row.item);
        t.kind.push_back(row.amount < 0 ? EventKind::Refund : EventKind::Purchase);
        t.at.push_back(startOf(row.day) + 3600);
        t.quantity.push_back(1);
        t.amount.push_back(moneyFromUnits(row.amount));
        for (auto *column : {&t.order, &t.device, &t.place, &t.channel}) {
            column->push_back(0);
        }
    }
    t.offsets.push_back(static_cast<std::int64_t>(t.size()));
    return t;
}

inline std::vector<ItemRecord> itemsUpTo(std::int32_t last)
{
    std::vector<ItemRecord> items;
    for (std::int32_t id = 1; id <= last; ++id) {
        ItemRecord item;
        item.id = id;
        item.key = std::string(static_cast<std::size_t>(id), 'i');
        items.push_back(item);
    }
    return items;
}

inline ItemHistory historyOf(const std::vector<Bought> &rows, int fewestBuyers = 1)
{
    return itemHistory(eventsOf(rows), itemsUpTo(100), 1'000'000, fewestBuyers);
}

} // namespace perennial::test
