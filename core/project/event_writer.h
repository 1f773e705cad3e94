#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/words.h"
#include "core/project/project.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace perennial {

/// Dictionaries that code an event's text as integers. 0 stands for "none" everywhere.
enum class Dictionary { User, Item, Order, Device, Place, Channel, Campaign, Coupon };
inline constexpr int kDictionaryCount = 8;

/// One event, dictionary-coded; 0 = none for every id.
struct EventRow {
    std::int64_t user = 0; ///< required
    std::int64_t item = 0;
    std::int64_t order = 0; ///< invoice or basket
    std::int64_t device = 0;
    std::int64_t place = 0;
    std::int64_t channel = 0;
    std::int64_t campaign = 0;
    std::int64_t coupon = 0;
    EventKind kind = EventKind::Purchase;
    UtcSecond at = 0;
    double quantity = 1.0; ///< a rating's stars for EventKind::Rating
    Money amount = 0;      ///< signed; refunds are negative
};

struct ImportChunk;

/// What is known of a user or an item beside its key; empty fields are not written.
struct UserAttributes {
    std::optional<Day> signup;
    std::string_view channel, region, device;
};
struct ItemAttributes {
    std::string_view name, category;
    std::optional<Money> price;
};

/// Writes events of one source in committed chunks. Between `begin` and `commit` everything is one
/// transaction, and the project's connection belongs to the writer, which inserts on a thread of
/// its own; destroying the writer rolls an open chunk back. Ids of rolled-back dictionary entries
/// are forgotten.
class EventWriter {
public:
    /// @param source the id of an import or of a generator run (import_store.h). Keys that somebody
    /// else adds while this writer is there are not known to it: its chunks then fail.
    static Result<EventWriter> open(Project &project, std::int64_t source);
    ~EventWriter();
    EventWriter(EventWriter &&) noexcept;
    EventWriter &operator=(EventWriter &&) noexcept;

    Status begin();
    /// The id of a key, added when it is new. Only between begin and commit. 0 for an empty key.
    Result<std::int64_t> code(Dictionary dictionary, std::string_view key);
    /// `code` will be asked for this key some ten calls later: a hint that halves the time of
    /// coding among many keys, nothing else.
    void expect(Dictionary dictionary, std::string_view key);
    Status describeUser(std::int64_t user, const UserAttributes &attributes);
    Status describeItem(std::int64_t item, const ItemAttributes &attributes);
    /// May be written later than this returns; a failure is then given by one of the next calls and
    /// those after it, by `commit` at the latest.
    Status add(const EventRow &event);
    /// As logChunk, for this chunk.
    Status log(const ImportChunk &entry);
    /// Rolls back where it fails.
    Status commit();
    Status rollback();

private:
    struct Impl;
    explicit EventWriter(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> m_impl;
};

/// Drops the secondary indexes on events before a large load, and builds them again after it.
/// `buildEventIndexes` is idempotent and is called by whoever finishes a load.
Status dropEventIndexes(Project &project);
Status buildEventIndexes(Project &project);

} // namespace perennial
