#include "core/quality/data_profile.h"

#include "core/base/robust.h"
#include "core/quality/unit_prices.h"

#include <algorithm>
#include <utility>

namespace perennial {

namespace {

constexpr Day kFirstMonday = 4; // 1970-01-05
constexpr std::size_t kMostMonths = 1200;

std::size_t indexOf(EventField field)
{
    return static_cast<std::size_t>(field);
}

bool isMissing(EventField field, const ScannedEvent &event)
{
    switch (field) {
    case EventField::Item:
        return event.item == 0;
    case EventField::Order:
        return event.order == 0;
    case EventField::Amount:
        return event.amount == 0;
    case EventField::Device:
        return event.device == 0;
    case EventField::Place:
        return event.place == 0;
    case EventField::Channel:
        return event.channel == 0;
    }
    return false;
}

void countMissing(MissingByField &counts, const ScannedEvent &event)
{
    for (const EventField field : kEventFields) {
        if (fieldApplies(field, event.kind)) {
            MissingCount &count = counts[indexOf(field)];
            ++count.events;
            count.missing += isMissing(field, event) ? 1 : 0;
        }
    }
}

int monthNumber(Day day)
{
    const CivilDate date = civilFromDay(day);
    return date.year * 12 + date.month - 1;
}

/// What is counted while the events pass by.
class Walk {
public:
    void add(const ScannedEvent &event)
    {
        ++m_profile.events;
        const Day day = dayOf(event.at);
        addDay(day, event.kind);
        const std::int64_t second = event.at - startOf(day);
        const int weekday = ((day - kFirstMonday) % 7 + 7) % 7;
        ++m_profile.weekHours[static_cast<std::size_t>(weekday)]
                             [static_cast<std::size_t>(second / 3600)];
        countMissing(m_profile.missingByKind[event.kind], event);
        addMonth(day, event);
        addUser(event.user);
        addItem(event);
    }

    DataProfile take();
    /// Whether all money together is more than Money holds: no version writes such a file.
    bool tooMuchMoney() const noexcept { return m_tooMuchMoney; }
    const UnitPrices &prices() const noexcept { return m_prices; }

private:
    void addDay(Day day, EventKind kind)
    {
        if (!m_day || day != m_dayOfCounts) { // events of a day mostly come together
            m_dayOfCounts = day;
            m_day = &m_days[day];
        }
        ++m_day->events;
        m_day->purchases += kind == EventKind::Purchase ? 1 : 0;
    }

    void addMonth(Day day, const ScannedEvent &event)
    {
        if (day != m_monthDay) {
            m_monthDay = day;
            m_month = &m_months[monthNumber(day)];
        }
        ++m_month->counts.events;
        countMissing(m_month->counts.missing, event);
        const auto user = static_cast<std::size_t>(event.user);
        if (user >= m_month->seen.size()) {
            m_month->seen.resize(std::max(user + 1, m_month->seen.size() * 2), false);
        }
        if (!m_month->seen[user]) {
            m_month->seen[user] = true;
            ++m_month->counts.activeUsers;
        }
    }

    void addUser(std::int64_t user)
    {
        const auto index = static_cast<std::size_t>(user);
        if (index >= m_eventsOfUser.size()) {
            m_eventsOfUser.resize(std::max(index + 1, m_eventsOfUser.size() * 2), 0);
        }
        ++m_eventsOfUser[index];
    }

    void addMoney(Money &sum, Money amount)
    {
        m_tooMuchMoney = __builtin_add_overflow(sum, amount, &sum) || m_tooMuchMoney;
    }

    void addItem(const ScannedEvent &event)
    {
        if (event.kind == EventKind::Purchase) {
            ++m_profile.purchases;
            m_profile.positivePurchases += event.amount > 0 ? 1 : 0;
            addMoney(m_profile.cold.allMoney, event.amount);
        }
        if (event.item == 0) {
            return;
        }
        ++m_profile.eventsWithItem;
        const auto item = static_cast<std::size_t>(event.item);
        if (item >= m_items.size()) {
            m_items.resize(std::max(item + 1, m_items.size() * 2));
        }
        ++m_items[item].events;
        const auto pair =
            static_cast<std::uint64_t>(event.item) << 32 | static_cast<std::uint32_t>(event.user);
        if (event.kind == EventKind::Purchase) {
            addMoney(m_items[item].money, event.amount);
            m_prices.add(event);
        }
        if (event.kind != EventKind::Refund) {
            // The lowest bit tells purchases, which then come after other events of the same pair.
            m_pairs.push_back(pair << 1 | (event.kind == EventKind::Purchase ? 1 : 0));
            if (m_pairs.size() > m_pairsLimit) {
                compactPairs();
            }
        }
    }

    // Many events name few pairs: what is there twice need not be kept.
    void compactPairs()
    {
        std::ranges::sort(m_pairs);
        m_pairs.erase(std::unique(m_pairs.begin(), m_pairs.end()), m_pairs.end());
        m_pairsLimit = std::max(kFirstPairsLimit, m_pairs.size() * 2);
    }

    void fillDays();
    void fillMonths();
    void fillUsers();
    void fillPairs();

    struct Month {
        MonthProfile counts;
        std::vector<bool> seen;
    };
    struct Item {
        std::int64_t events = 0, users = 0, buyers = 0;
        Money money = 0;
    };
    static constexpr std::size_t kFirstPairsLimit = 1 << 21;

    DataProfile m_profile;
    std::map<Day, DayProfile> m_days;
    Day m_dayOfCounts = 0;
    DayProfile *m_day = nullptr;
    std::map<int, Month> m_months;
    Day m_monthDay = INT32_MIN;
    Month *m_month = nullptr;
    std::vector<std::int64_t> m_eventsOfUser;
    std::vector<Item> m_items;
    std::vector<std::uint64_t> m_pairs;
    std::size_t m_pairsLimit = kFirstPairsLimit;
    bool m_tooMuchMoney = false;
    UnitPrices m_prices;
};

void Walk::fillDays()
{
    if (m_days.empty()) {
        return;
    }
    std::vector<std::pair<Day, std::int64_t>> events;
    for (const auto &[day, counts] : m_days) {
        events.emplace_back(day, counts.events);
    }
    const TimeSpan span = mainTimeSpan(events).value_or(TimeSpan{});
    m_profile.span = span;
    m_profile.firstEvent = events.front().first;
    m_profile.lastEvent = events.back().first;
    m_profile.days.resize(static_cast<std::size_t>(span.last - span.first) + 1);
    for (const auto &[day, counts] : m_days) {
        if (day >= span.first && day <= span.last) {
            m_profile.days[static_cast<std::size_t>(day - span.first)] = counts;
        }
    }
}

void Walk::fillMonths()
{
    if (m_months.empty()) {
        return;
    }
    const int last = monthNumber(m_profile.span.last);
    const int first =
        std::max(monthNumber(m_profile.span.first), last - static_cast<int>(kMostMonths) + 1);
    for (int number = first; number <= last; ++number) {
        const auto found = m_months.find(number);
        MonthProfile month = found == m_months.end() ? MonthProfile{} : found->second.counts;
        month.start = dayFromCivil({number / 12, number % 12 + 1, 1});
        m_profile.months.push_back(month);
    }
}

void Walk::fillUsers()
{
    for (const std::int64_t events : m_eventsOfUser) {
        m_profile.users += events > 0 ? 1 : 0;
        m_profile.usersFrom3Events += events >= 3 ? 1 : 0;
        m_profile.cold.usersWithOneEvent += events == 1 ? 1 : 0;
    }
}

void Walk::fillPairs()
{
    compactPairs();
    std::vector<std::int64_t> itemsOfUser(m_eventsOfUser.size(), 0);
    std::uint64_t previous = 0;
    for (const std::uint64_t entry : m_pairs) {
        const std::uint64_t pair = entry >> 1;
        Item &item = m_items[static_cast<std::size_t>(pair >> 32)];
        if (pair != previous) {
            ++item.users;
            ++itemsOfUser[static_cast<std::size_t>(pair & 0xFFFFFFFF)];
            ++m_profile.sparsity.pairs;
        }
        item.buyers += static_cast<std::int64_t>(entry & 1);
        previous = pair;
    }
    std::vector<double> perUser, perItem;
    for (const std::int64_t items : itemsOfUser) {
        if (items > 0) {
            perUser.push_back(static_cast<double>(items));
        }
    }
    for (const Item &item : m_items) {
        if (item.users > 0) {
            perItem.push_back(static_cast<double>(item.users));
        }
        if (item.events > 0 && item.buyers < kFewestBuyers) {
            ++m_profile.cold.items;
            m_profile.cold.events += item.events;
            addMoney(m_profile.cold.money, item.money);
        } else if (item.events > 0) {
            ++m_profile.cold.warmItems;
        }
    }
    Sparsity &sparsity = m_profile.sparsity;
    sparsity.users = static_cast<std::int64_t>(perUser.size());
    sparsity.items = static_cast<std::int64_t>(perItem.size());
    if (perUser.empty()) {
        return;
    }
    const auto below5 = [](const std::vector<double> &values) {
        return static_cast<double>(std::ranges::count_if(values, [](double v) { return v < 5; })) /
               static_cast<double>(values.size());
    };
    sparsity.density = static_cast<double>(sparsity.pairs) /
                       (static_cast<double>(sparsity.users) * static_cast<double>(sparsity.items));
    sparsity.usersBelow5 = below5(perUser);
    sparsity.itemsBelow5 = below5(perItem);
    sparsity.usersFrom5 = std::ranges::count_if(perUser, [](double v) { return v >= 5; });
    sparsity.medianItemsPerUser = medianOf(perUser);
    sparsity.medianUsersPerItem = medianOf(perItem);
}

DataProfile Walk::take()
{
    fillDays();
    fillMonths(); // of the span that the days have
    fillUsers();
    fillPairs();
    return std::move(m_profile);
}

} // namespace

std::string_view eventFieldName(EventField field) noexcept
{
    constexpr std::array<std::string_view, kEventFields.size()> names{"item",   "order", "amount",
                                                                      "device", "place", "channel"};
    return names[static_cast<std::size_t>(field)];
}

bool fieldApplies(EventField field, EventKind kind) noexcept
{
    const bool money = kind == EventKind::Purchase || kind == EventKind::Refund;
    switch (field) {
    case EventField::Item:
        return kind != EventKind::Search && kind != EventKind::Coupon;
    case EventField::Order:
    case EventField::Amount:
        return money;
    case EventField::Device:
    case EventField::Place:
    case EventField::Channel:
        return true;
    }
    return true;
}

std::optional<double> MissingCount::share() const noexcept
{
    return events > 0 ? std::optional(static_cast<double>(missing) / static_cast<double>(events))
                      : std::nullopt;
}

Result<DataProfile> profileData(const Project &project, const Task &task)
{
    Walk walk;
    const auto scanned = scanEvents(
        project, [&](const ScannedEvent &event) { walk.add(event); }, task.part(0.0, 0.7));
    if (!scanned) {
        return scanned.error();
    }
    DataProfile profile = walk.take();
    if (walk.tooMuchMoney()) {
        return fail(ErrorCode::Damaged, "amount", project.path().string());
    }
    const UnitPrices prices = walk.prices();
    if (prices.look() == UnitPrices::Look::Mixed) {
        const auto again = scanEvents(
            project,
            [&](const ScannedEvent &event) {
                if (prices.inOtherUnit(event)) {
                    profile.otherUnits.push_back(event.id);
                }
            },
            task.part(0.7, 1.0));
        if (!again) {
            return again.error();
        }
    }
    return profile;
}

} // namespace perennial
