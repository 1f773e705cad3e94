#include "core/ranking/item_history.h"

#include "core/features/event_sequences.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace perennial {

namespace {

struct Row {
    std::int32_t user = 0;
    Day day = 0;
    std::int32_t item = 0;
    bool operator==(const Row &) const = default;
};

std::vector<Row> rowsUpTo(const EventTable &events, Day until, ItemSignal signal)
{
    const auto gather = [&](auto counts) {
        std::vector<Row> rows;
        for (std::size_t i = 0; i < events.size(); ++i) {
            const Day day = dayOf(events.at[i]);
            if (events.item[i] > 0 && day <= until && counts(events.kind[i])) {
                rows.push_back({events.user[i], day, events.item[i]});
            }
        }
        return rows;
    };
    if (signal == ItemSignal::Interest) {
        return gather(showsInterest);
    }
    auto rows = gather([](EventKind kind) { return kind == EventKind::Purchase; });
    return rows.empty() ? gather(showsInterest) : rows;
}

void sortOnce(std::vector<Row> &rows)
{
    const auto key = [](const Row &row) { return std::tuple(row.user, row.day, row.item); };
    std::sort(rows.begin(), rows.end(),
              [&](const Row &a, const Row &b) { return key(a) < key(b); });
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

/// Distinct users by project id.
std::vector<std::int32_t> buyersById(const std::vector<Row> &rows)
{
    std::int32_t most = 0;
    for (const Row &row : rows) {
        most = std::max(most, row.item);
    }
    std::vector<std::int32_t> buyers(static_cast<std::size_t>(most) + 1, 0);
    std::vector<std::int32_t> lastUser(buyers.size(), 0); // rows come user by user
    for (const Row &row : rows) {
        const auto item = static_cast<std::size_t>(row.item);
        if (lastUser[item] != row.user) {
            lastUser[item] = row.user;
            ++buyers[item];
        }
    }
    return buyers;
}

/// Numbers the items that were bought: more buyers first, then by `before`.
template <class Before>
void numberItems(ItemHistory &history, const std::vector<std::int32_t> &buyers, Before before)
{
    for (std::size_t id = 1; id < buyers.size(); ++id) {
        if (buyers[id] > 0) {
            history.itemId.push_back(static_cast<std::int64_t>(id));
        }
    }
    std::sort(history.itemId.begin(), history.itemId.end(), [&](std::int64_t a, std::int64_t b) {
        const std::int32_t ofA = buyers[static_cast<std::size_t>(a)];
        const std::int32_t ofB = buyers[static_cast<std::size_t>(b)];
        return ofA != ofB ? ofA > ofB : before(a, b);
    });
    history.numberOf.assign(buyers.size(), -1);
    for (std::size_t k = 0; k < history.itemId.size(); ++k) {
        const auto id = static_cast<std::size_t>(history.itemId[k]);
        history.numberOf[id] = static_cast<std::int32_t>(k);
        history.buyers.push_back(buyers[id]);
    }
    std::vector<std::size_t> byKey(history.itemId.size());
    std::iota(byKey.begin(), byKey.end(), std::size_t{0});
    std::sort(byKey.begin(), byKey.end(), [&](std::size_t a, std::size_t b) {
        return before(history.itemId[a], history.itemId[b]);
    });
    history.keyRank.resize(byKey.size());
    for (std::size_t place = 0; place < byKey.size(); ++place) {
        history.keyRank[byKey[place]] = static_cast<std::int32_t>(place);
    }
    history.candidates = static_cast<std::size_t>(
        std::count_if(history.buyers.begin(), history.buyers.end(),
                      [&](std::int32_t n) { return n >= history.fewestBuyers; }));
}

/// @param rows of project ids, each once, sorted. @param before orders ids of as many buyers.
template <class Before>
ItemHistory historyOf(std::vector<Row> rows, int fewestBuyers, Before before)
{
    ItemHistory history;
    history.fewestBuyers = fewestBuyers;
    numberItems(history, buyersById(rows), before);
    for (Row &row : rows) {
        row.item = history.numberOf[static_cast<std::size_t>(row.item)];
    }
    sortOnce(rows); // by the new numbers
    for (const Row &row : rows) {
        if (history.user.empty() || history.user.back() != row.user) {
            history.user.push_back(row.user);
            history.offsets.push_back(history.item.size());
        }
        history.item.push_back(row.item);
        history.day.push_back(row.day);
    }
    history.offsets.push_back(history.item.size());
    return history;
}

} // namespace

ItemRows rowsOf(const ItemHistory &history, std::size_t k)
{
    const std::size_t from = history.offsets[k];
    const std::size_t count = history.offsets[k + 1] - from;
    return {std::span(history.item).subspan(from, count),
            std::span(history.day).subspan(from, count)};
}

ItemRows rowsOfUser(const ItemHistory &history, std::int64_t user)
{
    const auto found = std::lower_bound(history.user.begin(), history.user.end(), user);
    return found != history.user.end() && *found == user
               ? rowsOf(history, static_cast<std::size_t>(found - history.user.begin()))
               : ItemRows{};
}

ItemHistory itemHistory(const EventTable &events, const std::vector<ItemRecord> &items, Day until,
                        int fewestBuyers, ItemSignal signal)
{
    std::vector<Row> rows = rowsUpTo(events, until, signal);
    sortOnce(rows);
    std::vector<const std::string *> keys;
    for (const ItemRecord &item : items) {
        const auto id = static_cast<std::size_t>(std::max<std::int64_t>(item.id, 0));
        keys.resize(std::max(keys.size(), id + 1), nullptr);
        keys[id] = &item.key;
    }
    const auto keyOf = [&](std::int64_t id) {
        const auto at = static_cast<std::size_t>(id);
        return at < keys.size() && keys[at] != nullptr ? std::string_view(*keys[at])
                                                       : std::string_view();
    };
    return historyOf(std::move(rows), fewestBuyers, [&](std::int64_t a, std::int64_t b) {
        const int order = keyOf(a).compare(keyOf(b));
        return order != 0 ? order < 0 : a < b;
    });
}

ItemHistory historyUpTo(const ItemHistory &history, Day until)
{
    std::vector<Row> rows;
    for (std::size_t k = 0; k < history.users(); ++k) {
        const ItemRows of = rowsOf(history, k);
        for (std::size_t i = 0; i < of.item.size() && of.day[i] <= until; ++i) {
            const std::int64_t id = history.itemId[static_cast<std::size_t>(of.item[i])];
            rows.push_back({static_cast<std::int32_t>(history.user[k]), of.day[i],
                            static_cast<std::int32_t>(id)});
        }
    }
    sortOnce(rows);
    const auto rankOf = [&](std::int64_t id) {
        return history.keyRank[static_cast<std::size_t>(
            history.numberOf[static_cast<std::size_t>(id)])];
    };
    return historyOf(std::move(rows), history.fewestBuyers,
                     [&](std::int64_t a, std::int64_t b) { return rankOf(a) < rankOf(b); });
}

std::vector<ProfileItem> profileOf(const ItemRows &rows)
{
    std::vector<ProfileItem> profile;
    profile.reserve(rows.item.size());
    for (std::size_t i = 0; i < rows.item.size(); ++i) {
        profile.push_back({rows.item[i], rows.day[i]});
    }
    // Days rise within a user: the last of equal items is the latest.
    std::stable_sort(profile.begin(), profile.end(),
                     [](const ProfileItem &a, const ProfileItem &b) { return a.item < b.item; });
    std::size_t kept = 0;
    for (std::size_t i = 0; i < profile.size(); ++i) {
        if (kept > 0 && profile[kept - 1].item == profile[i].item) {
            profile[kept - 1].last = profile[i].last;
        } else {
            profile[kept++] = profile[i];
        }
    }
    profile.resize(kept);
    return profile;
}

std::vector<Basket> basketsOf(const ItemRows &rows)
{
    std::vector<Basket> baskets;
    for (std::size_t i = 0; i < rows.day.size();) {
        std::size_t end = i;
        while (end < rows.day.size() && rows.day[end] == rows.day[i]) {
            ++end;
        }
        baskets.push_back({rows.day[i], rows.item.subspan(i, end - i)});
        i = end;
    }
    return baskets;
}

BuyerLists buyerLists(const ItemHistory &history)
{
    BuyerLists lists;
    lists.offsets.assign(history.items() + 1, 0);
    for (std::size_t i = 0; i < history.items(); ++i) {
        lists.offsets[i + 1] = lists.offsets[i] + static_cast<std::size_t>(history.buyers[i]);
    }
    lists.users.resize(lists.offsets.back());
    std::vector<std::size_t> next(lists.offsets.begin(), lists.offsets.end() - 1);
    for (std::size_t k = 0; k < history.users(); ++k) {
        for (const ProfileItem &p : profileOf(rowsOf(history, k))) {
            lists.users[next[static_cast<std::size_t>(p.item)]++] = static_cast<std::uint32_t>(k);
        }
    }
    return lists;
}

} // namespace perennial
