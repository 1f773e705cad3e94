#include "core/project/event_writer.h"

#include "core/project/database.h"
#include "core/project/key_index.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace perennial {

namespace {

constexpr std::array<const char *, kDictionaryCount> kTables{"user",   "item",  "order_key",
                                                             "device", "place", "channel"};

// One dictionary table, loaded once and kept in step with what this writer adds.
struct Coder {
    Coder(Database &database, const std::string &table)
        : insert(database, "INSERT INTO " + table + "(id, key) VALUES (?, ?)")
    {
        Statement all(database, "SELECT id, key FROM " + table + " ORDER BY id");
        while (all.step()) {
            index.insert(all.text(1), all.integer(0));
        }
        written = index.size();
    }

    std::int64_t code(std::string_view key)
    {
        if (const std::int64_t known = index.find(key); known != 0) {
            return known;
        }
        const std::int64_t id = index.lastId() + 1;
        index.insert(key, id);
        return id;
    }

    // Writes new entries in order of their keys: into an index of a million keys that costs a
    // third of writing them as they come.
    void write()
    {
        std::vector<std::size_t> fresh(index.size() - written);
        std::iota(fresh.begin(), fresh.end(), written);
        std::ranges::sort(fresh, {}, [this](std::size_t k) { return index.keyAt(k); });
        for (const std::size_t k : fresh) {
            insert.bindAll(index.idAt(k), index.keyAt(k));
            insert.run();
        }
        written = index.size();
    }

    void forget()
    {
        index.truncate(committed);
        written = committed;
    }

    KeyIndex index;
    Statement insert;
    std::size_t committed = 0; ///< entries known before the open chunk
    std::size_t written = 0;   ///< entries that are in the table; the rest is written with the chunk
};

std::optional<std::string_view> nonEmpty(std::string_view text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

struct EventWriter::Impl {
    Impl(Project &project, std::int64_t sourceId)
        : database(project.database()), where(project.path().string()), source(sourceId),
          coders{Coder(database, kTables[0]), Coder(database, kTables[1]),
                 Coder(database, kTables[2]), Coder(database, kTables[3]),
                 Coder(database, kTables[4]), Coder(database, kTables[5])},
          addEvent(database, "INSERT INTO event(id, user_id, at, kind, item_id, quantity, amount, "
                             "order_id, device_id, place_id, channel_id, source_id) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
          setUser(database, "UPDATE user SET signup_day = coalesce(?2, signup_day), "
                            "channel = coalesce(?3, channel), region = coalesce(?4, region), "
                            "device = coalesce(?5, device) WHERE id = ?1"),
          setItem(database, "UPDATE item SET name = coalesce(?2, name), "
                            "category = coalesce(?3, category), price = coalesce(?4, price) "
                            "WHERE id = ?1")
    {
    }

    Database &database;
    std::string where;
    std::int64_t source;
    std::array<Coder, kDictionaryCount> coders;
    Statement addEvent, setUser, setItem;
    std::optional<std::int64_t> nextId; ///< of the chunk's first event; SQLite counts on from there
    std::optional<Transaction> chunk;
};

EventWriter::EventWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
EventWriter::~EventWriter() = default;
EventWriter::EventWriter(EventWriter &&) noexcept = default;
EventWriter &EventWriter::operator=(EventWriter &&) noexcept = default;

Result<EventWriter> EventWriter::open(Project &project, std::int64_t source)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Result<EventWriter> {
        return EventWriter(std::make_unique<Impl>(project, source));
    });
}

Status EventWriter::begin()
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->chunk.emplace(m_impl->database);
        // An id that a set-aside event holds must stay free for its return.
        m_impl->nextId = m_impl->database.integer(
            "SELECT 1 + max(coalesce((SELECT max(id) FROM event), 0), "
            "coalesce((SELECT max(id) FROM set_aside_event), 0))");
        for (Coder &coder : m_impl->coders) {
            coder.committed = coder.index.size();
        }
        return Done{};
    });
}

Result<std::int64_t> EventWriter::code(Dictionary dictionary, std::string_view key)
{
    if (key.empty()) {
        return std::int64_t{0};
    }
    return guarded(m_impl->where, [&]() -> Result<std::int64_t> {
        return m_impl->coders[static_cast<std::size_t>(dictionary)].code(key);
    });
}

Status EventWriter::describeUser(std::int64_t user, const UserAttributes &attributes)
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->coders[static_cast<std::size_t>(Dictionary::User)].write();
        m_impl->setUser.bindAll(user, attributes.signup, nonEmpty(attributes.channel),
                                nonEmpty(attributes.region), nonEmpty(attributes.device));
        m_impl->setUser.run();
        return Done{};
    });
}

Status EventWriter::describeItem(std::int64_t item, const ItemAttributes &attributes)
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->coders[static_cast<std::size_t>(Dictionary::Item)].write();
        m_impl->setItem.bindAll(item, nonEmpty(attributes.name), nonEmpty(attributes.category),
                                attributes.price);
        m_impl->setItem.run();
        return Done{};
    });
}

Status EventWriter::add(const EventRow &event)
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->addEvent.bindAll(m_impl->nextId, event.user, event.at,
                                 static_cast<int>(event.kind), event.item, event.quantity,
                                 event.amount, event.order, event.device, event.place,
                                 event.channel, m_impl->source);
        m_impl->addEvent.run();
        m_impl->nextId.reset();
        return Done{};
    });
}

Status EventWriter::commit()
{
    const Status status = guarded(m_impl->where, [&]() -> Status {
        for (Coder &coder : m_impl->coders) {
            coder.write();
        }
        m_impl->chunk->commit();
        m_impl->chunk.reset();
        return Done{};
    });
    if (!status) {
        static_cast<void>(rollback());
    }
    return status;
}

Status EventWriter::rollback()
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->chunk.reset();
        for (Coder &coder : m_impl->coders) {
            coder.forget();
        }
        return Done{};
    });
}

Status dropEventIndexes(Project &project)
{
    return guarded(project.path().string(), [&]() -> Status {
        project.database().execute("DROP INDEX IF EXISTS event_money;"
                                   "DROP INDEX IF EXISTS event_user;");
        return Done{};
    });
}

Status buildEventIndexes(Project &project)
{
    return guarded(project.path().string(), [&]() -> Status {
        // The first answers recency, frequency and money without touching the table; the second a
        // user's history and the days of activity. Kinds 4 and 5 are purchase and refund.
        project.database().execute(
            "CREATE INDEX IF NOT EXISTS event_money ON event(user_id, at, kind, amount, order_id) "
            "WHERE kind IN (4, 5);"
            "CREATE INDEX IF NOT EXISTS event_user ON event(user_id, at, kind);");
        return Done{};
    });
}

} // namespace perennial
