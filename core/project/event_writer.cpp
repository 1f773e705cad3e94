#include "core/project/event_writer.h"

#include "core/project/chunk_hash.h"
#include "core/project/database.h"
#include "core/project/dictionaries.h"
#include "core/project/event_batch.h"
#include "core/project/import_store.h"
#include "core/project/key_coder.h"
#include "core/project/schema.h"
#include "core/project/source_rows.h"

#include <algorithm>
#include <array>
#include <future>
#include <vector>

namespace perennial {

namespace {

constexpr auto &kTables = kDictionaryTables;
static_assert(kTables.size() == kDictionaryCount);

// Far from the end of what an id can be, and far past any that events have got to.
constexpr std::int64_t kMostEvents = std::int64_t{1} << 53;

/// Rows handed on at once: as many as a processor's cache holds well.
constexpr std::size_t kBatch = 4096;

/// An event's campaign and coupon.
struct Offer {
    std::int64_t event, campaign, coupon;
};

std::optional<std::string_view> nonEmpty(std::string_view text)
{
    return text.empty() ? std::nullopt : std::optional(text);
}

} // namespace

struct EventWriter::Impl {
    Impl(Project &into, std::int64_t sourceId)
        : project(into), database(into.database()), where(into.path().string()),
          source(sourceId), coders{KeyCoder(database, kTables[0]), KeyCoder(database, kTables[1]),
                                   KeyCoder(database, kTables[2]), KeyCoder(database, kTables[3]),
                                   KeyCoder(database, kTables[4]), KeyCoder(database, kTables[5]),
                                   KeyCoder(database, kTables[6]), KeyCoder(database, kTables[7])},
          batch(database, sourceId),
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
    void handOn();
    void settle();
    void forgetPending() noexcept;
    void sealLoggedChunk();

    Project &project;
    Database &database;
    std::string where;
    std::int64_t source;
    std::array<KeyCoder, kDictionaryCount> coders;
    EventBatch batch;
    Statement addOffer, setUser, setItem;
    std::optional<Transaction> chunk;
    RowHasher rows;                  ///< of the open chunk's events
    std::int64_t before = 0;         ///< last event's id when the chunk was opened
    std::int64_t last = 0;           ///< and now
    std::int64_t loggedBefore = 0;
    std::vector<EventRow> events;    ///< of the open chunk, not handed on yet
    std::vector<Offer> offers, offersWritten;
    /// Of the batch. Until it is waited for, nobody else may use the connection. Shared, so that
    /// what it threw is thrown each time: a chunk without one of its batches must not be committed.
    std::shared_future<void> writing;
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

/// Has what came so far written by another thread, while more rows are coded here; by this one,
/// when it waits, where there is none to be had.
void EventWriter::Impl::handOn()
{
    settle();
    batch.exchange(events, last - std::ssize(events) + 1);
    events.clear();
    offersWritten.swap(offers);
    offers.clear();
    writing = std::async(std::launch::async | std::launch::deferred, [this] {
        batch.write();
        for (const Offer &offer : offersWritten) {
            addOffer.bindAll(offer.event, offer.campaign, offer.coupon);
            addOffer.run();
        }
    });
}

/// Waits for the other thread; throws what it threw.
void EventWriter::Impl::settle()
{
    if (writing.valid()) {
        writing.get();
    }
}

void EventWriter::Impl::forgetPending() noexcept
{
    events.clear();
    offers.clear();
}

void EventWriter::Impl::sealLoggedChunk()
{
    const std::int64_t number = chunksLogged(database, source);
    if (number == loggedBefore) {
        return;
    }
    std::vector<NewEntries> added;
    for (std::size_t k = 0; k < coders.size(); ++k) {
        const KeyIndex &index = coders[k].index();
        const std::size_t known = coders[k].committed();
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
    const Status status = guarded(m_impl->where, [&]() -> Status {
        m_impl->chunk.emplace(m_impl->database);
        m_impl->before = m_impl->last = m_impl->lastEvent();
        m_impl->loggedBefore = chunksLogged(m_impl->database, m_impl->source);
        m_impl->rows = RowHasher();
        return Done{};
    });
    if (!status) {
        static_cast<void>(rollback());
    }
    return status;
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

void EventWriter::expect(Dictionary dictionary, std::string_view key)
{
    m_impl->coders[static_cast<std::size_t>(dictionary)].expect(key);
}

Status EventWriter::describeUser(std::int64_t user, const UserAttributes &attributes)
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->settle();
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
        m_impl->settle();
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
        const std::int64_t id = ++m_impl->last;
        m_impl->events.push_back(event);
        if (event.campaign != 0 || event.coupon != 0) {
            m_impl->offers.push_back({id, event.campaign, event.coupon});
        }
        m_impl->hash(id, event);
        if (m_impl->events.size() >= kBatch) {
            m_impl->handOn();
        }
        return Done{};
    });
}

Status EventWriter::log(const ImportChunk &entry)
{
    return guarded(m_impl->where, [&]() -> Status {
        m_impl->settle();
        return logChunk(m_impl->project, m_impl->source, entry);
    });
}

Status EventWriter::commit()
{
    const Status status = guarded(m_impl->where, [&]() -> Status {
        m_impl->handOn();
        m_impl->settle();
        for (KeyCoder &coder : m_impl->coders) {
            coder.write();
        }
        m_impl->sealLoggedChunk();
        m_impl->chunk->commit();
        m_impl->chunk.reset();
        for (KeyCoder &coder : m_impl->coders) {
            coder.keepChunk();
        }
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
        if (m_impl->writing.valid()) {
            m_impl->writing.wait(); // what became of it no longer counts
            m_impl->writing = {};
        }
        m_impl->forgetPending();
        m_impl->chunk.reset();
        for (KeyCoder &coder : m_impl->coders) {
            coder.forgetChunk();
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
