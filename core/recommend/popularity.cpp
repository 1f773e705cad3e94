#include "core/recommend/popularity.h"

#include "core/features/event_sequences.h"
#include "core/project/settings.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

constexpr int kMostItems = 1000;

bool anyItemBought(const EventTable &events)
{
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (events.kind[i] == EventKind::Purchase && events.item[i] > 0) {
            return true;
        }
    }
    return false;
}

} // namespace

std::vector<std::int64_t> popularityCounts(const EventTable &events, std::optional<Day> after,
                                           Day until)
{
    const auto most = std::max_element(events.item.begin(), events.item.end());
    const std::size_t size =
        most == events.item.end() ? 1 : static_cast<std::size_t>(std::max(*most, 0)) + 1;
    std::vector<std::int64_t> counts(size, 0);
    std::vector<std::int32_t> lastUser(size, 0); // rows come user by user
    const bool bought = anyItemBought(events);
    for (std::size_t i = 0; i < events.size(); ++i) {
        const Day day = dayOf(events.at[i]);
        const auto item = static_cast<std::size_t>(std::max(events.item[i], 0));
        const bool countsHere = bought ? events.kind[i] == EventKind::Purchase
                                    : showsInterest(events.kind[i]);
        if (item == 0 || !countsHere || day > until || (after && day <= *after) ||
            lastUser[item] == events.user[i]) {
            continue;
        }
        lastUser[item] = events.user[i];
        ++counts[item];
    }
    return counts;
}

Result<std::vector<Recommendation>> popularItems(const Project &project,
                                                 const PopularOptions &options)
{
    if (options.top < 1 || options.top > kMostItems) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.top), "top");
    }
    if (options.days < 0) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.days), "days");
    }
    const auto settings = readSettings(project);
    if (!settings) {
        return settings.error();
    }
    const auto until =
        options.until ? Result<Day>(*options.until) : snapshotDay(project, *settings);
    if (!until) {
        return until.error();
    }
    const auto events = readEvents(project, *until, {});
    if (!events) {
        return events.error();
    }
    if (events->size() == 0) {
        return fail(ErrorCode::NoEvents, formatDate(*until), project.path().string());
    }
    const auto items = readItems(project);
    if (!items) {
        return items.error();
    }
    const auto after =
        options.days > 0 ? std::optional<Day>(*until - options.days) : std::nullopt;
    return popularFrom(popularityCounts(*events, after, *until), *items, options.top);
}

std::vector<Recommendation> popularFrom(const std::vector<std::int64_t> &counts,
                                        const std::vector<ItemRecord> &items, int top)
{
    const auto countOf = [&](const ItemRecord &item) {
        return item.id > 0 && static_cast<std::size_t>(item.id) < counts.size()
                   ? counts[static_cast<std::size_t>(item.id)]
                   : 0;
    };
    const double total = static_cast<double>(
        std::max<std::int64_t>(std::accumulate(counts.begin(), counts.end(), std::int64_t{0}), 1));
    std::vector<Recommendation> popular;
    for (const ItemRecord &item : items) {
        if (countOf(item) > 0) {
            Recommendation one;
            one.itemId = item.id;
            one.key = item.key;
            one.name = item.name;
            one.category = item.category;
            one.price = item.price;
            one.score = static_cast<double>(countOf(item)) / total;
            popular.push_back(std::move(one));
        }
    }
    const auto better = [](const Recommendation &a, const Recommendation &b) {
        return a.score != b.score ? a.score > b.score : a.itemId < b.itemId;
    };
    const auto kept = std::min(popular.size(), static_cast<std::size_t>(top));
    std::partial_sort(popular.begin(), popular.begin() + static_cast<std::ptrdiff_t>(kept),
                      popular.end(), better);
    popular.resize(kept);
    return popular;
}

} // namespace perennial
