#include "core/project/cleaning_find.h"

#include "core/base/hash.h"
#include "core/base/robust.h"
#include "core/base/text.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <unordered_set>
#include <utility>
#include <vector>

namespace perennial {

namespace {

constexpr std::int64_t kRowsBetweenChecks = 65536;

void checkCancelled(const Task &task)
{
    if (task.cancelled()) {
        throw SqlFailure(ErrorCode::Cancelled, "cleaning");
    }
}

/// Whether a key is on a list, with its letters folded once.
class KeyMatcher {
public:
    explicit KeyMatcher(const KeyList &list) : m_ignoreCase(list.ignoreCase)
    {
        for (const std::string &key : list.keys) {
            m_keys.insert(folded(key));
        }
        for (const std::string &prefix : list.prefixes) {
            m_prefixes.push_back(folded(prefix));
        }
        for (const std::string &pattern : list.patterns) {
            m_patterns.push_back(folded(pattern));
        }
    }

    bool matches(const std::string &key) const
    {
        const std::string text = folded(key);
        return m_keys.contains(text) ||
               std::ranges::any_of(m_prefixes,
                                   [&](const auto &prefix) { return text.starts_with(prefix); }) ||
               std::ranges::any_of(
                   m_patterns, [&](const auto &pattern) { return matchesWildcard(text, pattern); });
    }

private:
    std::string folded(const std::string &text) const
    {
        return m_ignoreCase ? toUpperAscii(text) : text;
    }

    bool m_ignoreCase;
    std::unordered_set<std::string> m_keys;
    std::vector<std::string> m_prefixes, m_patterns;
};

} // namespace

/// Finds the events of one kind of rule. What a rule compares is bound or comes from a table of
/// ids: no text of a definition is ever part of a statement.
class EventFinder::Impl {
public:
    Impl(Database &database, const Task &task)
        : m_database(database), m_task(task), m_events(importedEvents(database))
    {
        m_database.execute("CREATE TEMP TABLE IF NOT EXISTS found_event(id INTEGER PRIMARY KEY);"
                           "CREATE TEMP TABLE IF NOT EXISTS candidate(id INTEGER PRIMARY KEY);"
                           "CREATE TEMP TABLE IF NOT EXISTS similar_event(id INTEGER PRIMARY KEY);"
                           "DELETE FROM similar_event");
    }

    AmountBounds find(const CleaningRule &rule)
    {
        m_database.execute("DELETE FROM found_event; DELETE FROM candidate");
        m_addCandidate.reset();
        return std::visit(*this, rule);
    }

    AmountBounds operator()(const DuplicateRule &rule);
    AmountBounds operator()(const MissingItemRule &rule)
    {
        return where("item_id = 0 AND kind IN (" + kindList(rule.kinds) + ")");
    }
    AmountBounds operator()(const MissingOrderRule &rule)
    {
        return where("order_id = 0 AND kind IN (" + kindList(rule.kinds) + ")");
    }
    AmountBounds operator()(const AmountOutlierRule &rule);
    AmountBounds operator()(const AmountQuantileRule &rule);
    AmountBounds operator()(const FutureTimeRule &rule)
    {
        return rule.after ? where("at > ?", *rule.after)
                          : where("at > (SELECT started_at FROM source WHERE id = source_id)");
    }
    AmountBounds operator()(const BeforeTimeRule &rule) { return where("at < ?", rule.before); }
    AmountBounds operator()(const NegativePriceRule &) { return where("kind = 4 AND amount < 0"); }
    AmountBounds operator()(const ZeroPriceRule &) { return where("kind = 4 AND amount = 0"); }
    AmountBounds operator()(const ItemCodesRule &rule)
    {
        return matchKeys("SELECT id, key FROM item", rule.list, "item_id");
    }
    AmountBounds operator()(const TestUsersRule &rule)
    {
        return matchKeys("SELECT id, key FROM user", rule.list, "user_id");
    }
    AmountBounds operator()(const FrequentUsersRule &rule);

private:
    static std::string kindList(const std::vector<EventKind> &kinds)
    {
        std::string list;
        for (const EventKind kind : kinds) {
            list += (list.empty() ? "" : ", ") + std::to_string(static_cast<int>(kind));
        }
        return list;
    }

    template <class... Values>
    AmountBounds where(const std::string &condition, const Values &...values)
    {
        Statement find(m_database, "INSERT INTO found_event SELECT id FROM " + m_events +
                                       " WHERE " + condition);
        find.bindAll(values...);
        find.run();
        return {};
    }

    void addCandidate(std::int64_t id)
    {
        if (!m_addCandidate) {
            m_addCandidate.emplace(m_database, "INSERT OR IGNORE INTO candidate VALUES (?)");
        }
        m_addCandidate->bindAll(id);
        m_addCandidate->run();
    }

    AmountBounds matchKeys(const char *dictionary, const KeyList &list, const char *column)
    {
        const KeyMatcher matcher(list);
        Statement keys(m_database, dictionary);
        while (keys.step()) {
            if (matcher.matches(keys.text(1))) {
                addCandidate(keys.integer(0));
            }
        }
        return amongCandidates(column);
    }

    AmountBounds amongCandidates(const std::string &column)
    {
        // Without any, which is the usual case, no event need be looked at.
        return m_addCandidate ? where(column + " IN (SELECT id FROM candidate)") : AmountBounds{};
    }

    std::vector<double> sizesOf(EventKind kind);
    AmountBounds outside(EventKind kind, std::optional<double> low, std::optional<double> high,
                         const char *more);
    void findSimilar(bool withItem);
    void keepSimilar(std::vector<std::pair<std::uint64_t, std::int64_t>> &events);

    Database &m_database;
    const Task &m_task;
    std::string m_events;
    std::optional<Statement> m_addCandidate;
    std::optional<bool> m_similarWithItem; ///< what similar_event holds: with an item only, or all
    std::int64_t m_similar = 0;            ///< how many it holds
};

namespace {

const char *equalColumns(DuplicateRule::Same same)
{
    switch (same) {
    case DuplicateRule::Same::UserTimeItem:
        return "user_id, at, kind, item_id";
    case DuplicateRule::Same::Amount:
        return "user_id, at, kind, item_id, amount";
    case DuplicateRule::Same::Row:
        return "user_id, at, kind, item_id, amount, quantity, order_id, device_id, place_id, "
               "channel_id";
    }
    return "";
}

} // namespace

/// Events that may be equal to another one: 16 bytes an event find them, by a hash of the columns
/// that every kind of equality needs, and only those are compared exactly.
void EventFinder::Impl::findSimilar(bool withItem)
{
    Statement all(m_database, "SELECT id, user_id, at, kind, item_id FROM " + m_events +
                                  (withItem ? " WHERE item_id <> 0" : ""));
    std::vector<std::pair<std::uint64_t, std::int64_t>> events;
    while (all.step()) {
        std::uint64_t hash = 0;
        for (int column = 1; column <= 4; ++column) {
            hash = mix64(hash + 0x9e3779b97f4a7c15ULL +
                         std::bit_cast<std::uint64_t>(all.integer(column)));
        }
        events.emplace_back(hash, all.integer(0));
        if (events.size() % kRowsBetweenChecks == 0) {
            checkCancelled(m_task);
        }
    }
    keepSimilar(events);
    m_similarWithItem = withItem;
}

void EventFinder::Impl::keepSimilar(std::vector<std::pair<std::uint64_t, std::int64_t>> &events)
{
    m_database.execute("DELETE FROM similar_event");
    Statement add(m_database, "INSERT OR IGNORE INTO similar_event VALUES (?)");
    std::ranges::sort(events);
    for (std::size_t k = 1; k < events.size(); ++k) {
        if (events[k].first == events[k - 1].first) {
            for (const std::int64_t id : {events[k - 1].second, events[k].second}) {
                add.bindAll(id);
                add.run();
            }
        }
    }
    m_similar = m_database.integer("SELECT count(*) FROM similar_event");
}

AmountBounds EventFinder::Impl::operator()(const DuplicateRule &rule)
{
    const bool withItem = rule.same != DuplicateRule::Same::Row;
    if (!m_similarWithItem || (*m_similarWithItem && !withItem)) {
        findSimilar(withItem);
    }
    if (m_similar == 0) {
        return {};
    }
    m_database.execute(std::string("INSERT INTO found_event SELECT id FROM (SELECT id, "
                                   "row_number() OVER (PARTITION BY ") +
                       equalColumns(rule.same) + " ORDER BY id) AS number FROM " + m_events +
                       " WHERE id IN (SELECT id FROM similar_event)" +
                       (withItem ? " AND item_id <> 0" : "") + ") WHERE number > 1");
    return {};
}

/// The sizes (amounts without a refund's sign) of one kind, in 1/10 000.
std::vector<double> EventFinder::Impl::sizesOf(EventKind kind)
{
    Statement query(m_database, "SELECT amount FROM " + m_events + " WHERE kind = ?");
    query.bindAll(static_cast<int>(kind));
    const double sign = kind == EventKind::Refund ? -1.0 : 1.0;
    std::vector<double> sizes;
    while (query.step()) {
        sizes.push_back(sign * static_cast<double>(query.integer(0)));
    }
    checkCancelled(m_task);
    return sizes;
}

/// Events of a kind whose size is outside [low, high], bounds rounded so that a size on a bound is
/// inside.
AmountBounds EventFinder::Impl::outside(EventKind kind, std::optional<double> low,
                                        std::optional<double> high, const char *more)
{
    constexpr double kLargest = 9.0e18;
    const bool negative = kind == EventKind::Refund;
    const auto money = [&](double size) {
        return static_cast<Money>(std::clamp(negative ? -size : size, -kLargest, kLargest));
    };
    AmountBounds bounds;
    if (low) {
        (negative ? bounds.high : bounds.low) = money(std::ceil(*low));
    }
    if (high) {
        (negative ? bounds.low : bounds.high) = money(std::floor(*high));
    }
    where(std::string("kind = ? AND (amount < ? OR amount > ?)") + more, static_cast<int>(kind),
          bounds.low.value_or(INT64_MIN), bounds.high.value_or(INT64_MAX));
    return bounds;
}

AmountBounds EventFinder::Impl::operator()(const AmountOutlierRule &rule)
{
    std::vector<double> sizes = sizesOf(rule.of);
    std::erase_if(sizes, [](double size) { return size <= 0.0; });
    if (rule.logScale) {
        std::ranges::transform(sizes, sizes.begin(), [](double size) { return std::log(size); });
    }
    const auto scale = robustScale(std::move(sizes));
    if (!scale) {
        return {};
    }
    const auto bound = [&](double z) {
        const double x = scale->median + z * scale->spread;
        return rule.logScale ? std::exp(x) : x;
    };
    using Side = AmountOutlierRule::Side;
    const auto high = rule.side != Side::Low ? std::optional(bound(rule.cutoff)) : std::nullopt;
    const auto low = rule.side != Side::High ? std::optional(bound(-rule.cutoff)) : std::nullopt;
    return outside(rule.of, low, high,
                   rule.of == EventKind::Refund ? " AND amount < 0" : " AND amount > 0");
}

AmountBounds EventFinder::Impl::operator()(const AmountQuantileRule &rule)
{
    std::vector<double> sizes = sizesOf(rule.of);
    if (sizes.empty()) {
        return {};
    }
    std::optional<double> low, high;
    if (rule.lower > 0.0) {
        low = quantileOf(sizes, rule.lower);
    }
    if (rule.upper < 1.0) {
        high = quantileOf(sizes, rule.upper);
    }
    return outside(rule.of, low, high, "");
}

AmountBounds EventFinder::Impl::operator()(const FrequentUsersRule &rule)
{
    Statement query(m_database, "SELECT user_id, at FROM " + m_events + " ORDER BY user_id, at");
    std::int64_t user = 0, events = 0;
    Day day = 0;
    while (query.step()) {
        const Day today = dayOf(storedTime(query, 1));
        if (query.integer(0) != user || today != day) {
            user = query.integer(0);
            day = today;
            events = 0;
        }
        if (++events == rule.perDay + 1) {
            addCandidate(user);
        }
    }
    return amongCandidates("user_id");
}

std::string importedEvents(Database &database)
{
    const std::string visible = visibleRows(database).events;
    const std::string columns = kCleaningColumns;
    const std::string events = "SELECT " + columns + ", 1 AS kept FROM event WHERE " + visible;
    if (database.integer("SELECT EXISTS (SELECT 1 FROM set_aside_event)") == 0) {
        return "(" + events + ")";
    }
    return "(" + events +
           " AND id NOT IN (SELECT id FROM set_aside_event WHERE rules & 1) "
           "UNION ALL SELECT " +
           columns + ", rules & 1 FROM set_aside_event WHERE " + visible + ")";
}

EventFinder::EventFinder(Database &database, const Task &task)
    : m_impl(std::make_unique<Impl>(database, task))
{
}

EventFinder::~EventFinder() = default;

AmountBounds EventFinder::find(const CleaningRule &rule)
{
    return m_impl->find(rule);
}

AmountBounds findEvents(Database &database, const CleaningRule &rule, const Task &task)
{
    return EventFinder(database, task).find(rule);
}

} // namespace perennial
