#include "core/project/event_writer.h"

#include "core/project/chunk_hash.h"
#include "core/project/database.h"
#include "core/project/dictionaries.h"
#include "core/project/key_index.h"
#include "core/project/schema.h"
#include "core/project/source_rows.h"
#include "core/project/stored.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

namespace perennial {

namespace {

constexpr auto &kTables = kDictionaryTables;
static_assert(kTables.size() == kDictionaryCount);

// Far from the end of what an id can be, and far past any that events have got to.
constexpr std::int64_t kMostEvents = std::int64_t{1} << 53;

// One dictionary table, loaded once and kept in step with what this writer adds.
struct Coder {
    Coder(Database &database, const std::string &table)
        : insert(database, "INSERT INTO " + table + "(id, key) VALUES (?, ?)")
    {
        Statement all(database, "SELECT id, key FROM " + table + " ORDER BY id");
        while (all.step()) {
            index.insert(all.text(1), storedId(all, 0));
        }
        written = index.size();
    }

    std::int64_t code(std::string_view key)
    {
        if (const std::int64_t known = index.find(key); known != 0) {
            return known;
        }
        const std::int64_t id = index.lastId() + 1;
        if (id > kMaxId) {
            throw SqlFailure(ErrorCode::OutOfMemory, "ids");
        }
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
                 Coder(database, kTables[4]), Coder(database, kTables[5]),
                 Coder(database, kTables[6]), Coder(database, kTables[7])},
          addEvent(database, "INSERT INTO event(id, user_id, at, kind, item_id, quantity, amount, "
                             "order_id, device_id, place_id, channel_id, source_id) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
          addOffer(database, "INSERT INTO event_offer(event_id, campaign_id, coupon_id) "
                             "VALUES (?, ?, ?)"),
          setUser(database, "UPDATE user SET signup_day = coalesce(?2, signup_day), "
                            "channel = coalesce(?3, channel), region = coalesce(?4, region), "
                            "device = coalesce(?5, device) WHERE id = ?1"),
          setItem(database, "UPDATE item SET name = coalesce(?2, name), "
                            "category = coalesce(?3, category), price = coalesce(?4, price) "
                            "WHERE id = ?1")
    {
    }

    std::int64_t lastEvent() const;
    void hash(std::int64_t id, const EventRow &event);
    void sealLoggedChunk();

    Database &database;
    std::string where;
    std::int64_t source;
    std::array<Coder, kDictionaryCount> coders;
    Statement addEvent, addOffer, setUser, setItem;
    std::optional<Transaction> chunk;
    RowHasher rows;                  ///< of the open chunk's events
    std::int64_t before = 0;         ///< last event's id when the chunk was opened
    std::int64_t last = 0;           ///< and now
    std::int64_t loggedBefore = 0;
};

/// Set-aside events keep their ids: a new event must not take one of them.
std::int64_t EventWriter::Impl::lastEvent() const
{
    const std::int64_t id = database.integer("SELECT max(coalesce((SELECT max(id) FROM event), 0), "
                                             "coalesce((SELECT max(id) FROM set_aside_event), 0))");
    if (id > kMostEvents) { // no version has given it out, and there may be none after it
        throw SqlFailure(ErrorCode::Damaged, "event.id " + std::to_string(id));
    }
    return id;
}

/// In the order of chunk_hash's columns.
void EventWriter::Impl::hash(std::int64_t id, const EventRow &event)
{
    for (const std::int64_t value : {id, event.user, event.at,
                                     static_cast<std::int64_t>(event.kind), event.item}) {
        rows.integer(value);
    }
    rows.real(event.quantity);
    for (const std::int64_t value : {event.amount, event.order, event.device, event.place,
                                     event.channel, source}) {
        rows.integer(value);
    }
}

void EventWriter::Impl::sealLoggedChunk()
{
    const std::int64_t number = chunksLogged(database, source);
    if (number == loggedBefore) {
        return;
    }
    std::vector<NewEntries> added;
    for (std::size_t k = 0; k < coders.size(); ++k) {
        const KeyIndex &index = coders[k].index;
        const std::size_t known = coders[k].committed;
        if (index.size() > known) {
            NewEntries &entries = added.emplace_back(NewEntries{kTables[k], index.idAt(known), {}});
            for (std::size_t e = known; e < index.size(); ++e) {
                entries.keys.push_back(index.keyAt(e));
            }
        }
    }
    const std::int64_t first = last > before ? before + 1 : 0;
    sealChunk(database, source, number, first, last > before ? last : 0, std::move(rows), added);
}

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
        for (Coder &coder : m_impl->coders) {
            coder.committed = coder.index.size();
        }
        m_impl->before = m_impl->last = m_impl->lastEvent();
        m_impl->loggedBefore = chunksLogged(m_impl->database, m_impl->source);
        m_impl->rows = RowHasher();
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
        // The chunk's first event gets its id here; from there SQLite counts on, which is quicker.
        const std::int64_t id = ++m_impl->last;
        const bool first = id == m_impl->before + 1;
        m_impl->addEvent.bindAll(first ? std::optional(id) : std::nullopt, event.user, event.at, static_cast<int>(event.kind), event.item,
                                 event.quantity, event.amount, event.order, event.device,
                                 event.place, event.channel, m_impl->source);
        m_impl->addEvent.run();
        if (event.campaign != 0 || event.coupon != 0) {
            m_impl->addOffer.bindAll(id, event.campaign, event.coupon);
            m_impl->addOffer.run();
        }
        m_impl->hash(id, event);
        return Done{};
    });
}

Status EventWriter::commit()
{
    const Status status = guarded(m_impl->where, [&]() -> Status {
        for (Coder &coder : m_impl->coders) {
            coder.write();
        }
        m_impl->sealLoggedChunk();
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
        dropEventIndexes(project.database());
        return Done{};
    });
}

Status buildEventIndexes(Project &project)
{
    return guarded(project.path().string(), [&]() -> Status {
        createEventIndexes(project.database());
        return Done{};
    });
}

} // namespace perennial
