#include "core/recommend/popularity.h"

#include "core/features/event_sequences.h"
#include "core/project/settings.h"

#include <algorithm>
#include <numeric>

namespace perennial {

namespace {

constexpr int kMostItems = 1000;

constexpr std::int64_t kUsersAtOnce = 8192;
constexpr std::int64_t kEventsAtOnce = 2'000'000;

/// Distinct users of each item, by item id; tables come with other users each.
class ItemUsers {
public:
    ItemUsers(std::optional<Day> after, Day until) : m_after(after), m_until(until) {}

    void add(const EventTable &events)
    {
        const auto bought = [](EventKind kind) { return kind == EventKind::Purchase; };
        m_anyBought = m_anyBought || anyItemBought(events);
        count(events, bought, m_buyers);
        if (!m_anyBought) {
            count(events, showsInterest, m_interested);
        }
    }
    std::vector<std::int64_t> take()
    {
        return std::move(m_anyBought ? m_buyers : m_interested);
    }

private:
    bool anyItemBought(const EventTable &events) const
    {
        for (std::size_t i = 0; i < events.size(); ++i) {
            if (events.kind[i] == EventKind::Purchase && events.item[i] > 0 &&
                dayOf(events.at[i]) <= m_until) {
                return true;
            }
        }
        return false;
    }

    template <class Counts>
    void count(const EventTable &events, Counts countsHere, std::vector<std::int64_t> &counts) const
    {
        const auto most = std::max_element(events.item.begin(), events.item.end());
        const std::size_t size =
            most == events.item.end() ? 1 : static_cast<std::size_t>(std::max(*most, 0)) + 1;
        counts.resize(std::max(counts.size(), size), 0);
        std::vector<std::int32_t> lastUser(size, 0); // rows come user by user
        for (std::size_t i = 0; i < events.size(); ++i) {
            const Day day = dayOf(events.at[i]);
            const auto item = static_cast<std::size_t>(std::max(events.item[i], 0));
            if (item == 0 || !countsHere(events.kind[i]) || day > m_until ||
                (m_after && day <= *m_after) || lastUser[item] == events.user[i]) {
                continue;
            }
            lastUser[item] = events.user[i];
            ++counts[item];
        }
    }

    std::optional<Day> m_after;
    Day m_until;
    bool m_anyBought = false;
    std::vector<std::int64_t> m_buyers, m_interested;
};

} // namespace

std::vector<std::int64_t> popularityCounts(const EventTable &events, std::optional<Day> after,
                                           Day until)
{
    ItemUsers users(after, until);
    users.add(events);
    return users.take();
}

Result<std::vector<std::int64_t>> popularityOf(const Project &project, std::optional<Day> after,
                                               Day until, const Task &task)
{
    const auto parts = rangesOfUsers(project, until, kUsersAtOnce, kEventsAtOnce, task);
    if (!parts) {
        return parts.error();
    }
    ItemUsers users(after, until);
    for (const UserRange &part : *parts) {
        const auto events = readEventsOfUsers(project, part, until, task);
        if (!events) {
            return events.error();
        }
        users.add(*events);
    }
    return users.take();
}

Result<std::vector<Recommendation>> popularItems(const Project &project,
                                                 const PopularOptions &options,
                                                 const Task &task)
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
    const auto first = readCounts(project);
    if (!first) {
        return first.error();
    }
    if (!first->firstDay || *first->firstDay > *until) {
        return fail(ErrorCode::NoEvents, formatDate(*until), project.path().string());
    }
    const auto items = readItems(project);
    if (!items) {
        return items.error();
    }
    const auto after =
        options.days > 0 ? std::optional<Day>(*until - options.days) : std::nullopt;
    const auto counts = popularityOf(project, after, *until, task);
    return counts ? Result(popularFrom(*counts, *items, options.top)) : counts.error();
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
