#pragma once

#include "core/base/dates.h"
#include "core/project/event_store.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace perennial {

/// What users bought when, in the form recommenders learn from: one row for each user, day and item,
/// however often and however many he bought that day. Items are numbered 0 … n − 1, those with more
/// buyers first, then by key: where scores tie, the lower number comes first everywhere.
struct ItemHistory {
    std::vector<std::int64_t> user;    ///< ids, ascending: those with at least one row
    std::vector<std::size_t> offsets;  ///< rows of user k: [offsets[k], offsets[k + 1])
    std::vector<std::int32_t> item;    ///< of a row; by user, then day, then item
    std::vector<Day> day;
    std::vector<std::int64_t> itemId;  ///< project id of each item
    std::vector<std::int32_t> buyers;  ///< distinct users of each item
    std::vector<std::int32_t> numberOf; ///< of a project id; −1 = not in the history
    std::vector<std::int32_t> keyRank; ///< of each item: its place in the order of keys
    int fewestBuyers = 1;       ///< of a candidate
    std::size_t candidates = 0; ///< items 0 … candidates − 1 may be recommended: enough bought them

    std::size_t users() const noexcept { return user.size(); }
    std::size_t items() const noexcept { return itemId.size(); }
};

/// A history as it was at the end of a day, with numbers of its own.
ItemHistory historyUpTo(const ItemHistory &history, Day until);

/// One user's rows.
struct ItemRows {
    std::span<const std::int32_t> item;
    std::span<const Day> day;
};
ItemRows rowsOf(const ItemHistory &history, std::size_t k);
/// The same by a user's id; none for one the history does not know.  Cost O(log users).
ItemRows rowsOfUser(const ItemHistory &history, std::int64_t user);

/// What is learned from: purchases (what people showed interest in, where nobody bought any item), or
/// every event that shows interest.
enum class ItemSignal { Purchases, Interest };

/// Up to and including a day. @param items gives the keys that order ties.
/// @param fewestBuyers of a candidate.
ItemHistory itemHistory(const EventTable &events, const std::vector<ItemRecord> &items, Day until,
                        int fewestBuyers, ItemSignal signal = ItemSignal::Purchases);

/// The items of a user, each once with the day he last bought it, in item order.
struct ProfileItem {
    std::int32_t item = 0;
    Day last = 0;
};
std::vector<ProfileItem> profileOf(const ItemRows &rows);

/// A user's days with items, oldest first.
struct Basket {
    Day day = 0;
    std::span<const std::int32_t> items; ///< ascending
};
std::vector<Basket> basketsOf(const ItemRows &rows);

/// Users of each item, as a list by item: users[offsets[i] … offsets[i + 1]) in ascending order.
struct BuyerLists {
    std::vector<std::size_t> offsets;
    std::vector<std::uint32_t> users; ///< positions in ItemHistory::user
};
BuyerLists buyerLists(const ItemHistory &history);

} // namespace perennial
