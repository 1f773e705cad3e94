#include "core/project/event_batch.h"

#include "core/project/database.h"

#include <sqlite3.h>

#include <cstdint>
#include <new>
#include <optional>
#include <string>

namespace perennial {

namespace {

// In the order of the table of events.
constexpr const char *kColumns =
    "CREATE TABLE batch(id INTEGER, user_id INTEGER, at INTEGER, kind INTEGER, item_id INTEGER, "
    "quantity REAL, amount INTEGER, order_id INTEGER, device_id INTEGER, place_id INTEGER, "
    "channel_id INTEGER, source_id INTEGER)";
enum Column { Id, User, At, Kind, Item, Quantity, Amount, Order, Device, Place, Channel, Source };

} // namespace

/// The batch as SQLite sees it: a read-only table that exists in this connection alone.
struct EventBatch::Table {
    Table(Database &into, std::int64_t sourceId);
    ~Table();
    void prepare(); ///< after the constructor: where it throws, the table is taken away again

    Database &database;
    std::int64_t source;
    std::int64_t first = 0; ///< id of the first event
    std::vector<EventRow> events;
    std::string name; ///< of its own, so that two writers may share a connection
    std::optional<Statement> insert;

private:
    struct Connected {
        sqlite3_vtab base; ///< SQLite's part, first
        const Table *table;
    };
    struct Cursor {
        sqlite3_vtab_cursor base; ///< SQLite's part, first
        std::size_t row;
    };

    static const Table &tableOf(sqlite3_vtab_cursor *cursor)
    {
        return *reinterpret_cast<Connected *>(cursor->pVtab)->table;
    }
    static std::size_t &rowOf(sqlite3_vtab_cursor *cursor)
    {
        return reinterpret_cast<Cursor *>(cursor)->row;
    }

    static int connect(sqlite3 *database, void *self, int, const char *const *,
                       sqlite3_vtab **table, char **);
    static int disconnect(sqlite3_vtab *table);
    static int plan(sqlite3_vtab *, sqlite3_index_info *) { return SQLITE_OK; }
    static int open(sqlite3_vtab *, sqlite3_vtab_cursor **cursor);
    static int close(sqlite3_vtab_cursor *cursor);
    static int start(sqlite3_vtab_cursor *cursor, int, const char *, int, sqlite3_value **);
    static int next(sqlite3_vtab_cursor *cursor);
    static int atEnd(sqlite3_vtab_cursor *cursor);
    static int value(sqlite3_vtab_cursor *cursor, sqlite3_context *to, int column);
    static int rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *id);
    static const sqlite3_module &module();
};

int EventBatch::Table::connect(sqlite3 *database, void *self, int, const char *const *,
                               sqlite3_vtab **table, char **)
{
    auto *connected = new (std::nothrow) Connected{};
    if (connected == nullptr) {
        return SQLITE_NOMEM;
    }
    connected->table = static_cast<const Table *>(self);
    *table = &connected->base;
    return sqlite3_declare_vtab(database, kColumns);
}

int EventBatch::Table::disconnect(sqlite3_vtab *table)
{
    delete reinterpret_cast<Connected *>(table);
    return SQLITE_OK;
}

int EventBatch::Table::open(sqlite3_vtab *, sqlite3_vtab_cursor **cursor)
{
    auto *opened = new (std::nothrow) Cursor{};
    if (opened == nullptr) {
        return SQLITE_NOMEM;
    }
    *cursor = &opened->base;
    return SQLITE_OK;
}

int EventBatch::Table::close(sqlite3_vtab_cursor *cursor)
{
    delete reinterpret_cast<Cursor *>(cursor);
    return SQLITE_OK;
}

int EventBatch::Table::start(sqlite3_vtab_cursor *cursor, int, const char *, int, sqlite3_value **)
{
    rowOf(cursor) = 0;
    return SQLITE_OK;
}

int EventBatch::Table::next(sqlite3_vtab_cursor *cursor)
{
    ++rowOf(cursor);
    return SQLITE_OK;
}

int EventBatch::Table::atEnd(sqlite3_vtab_cursor *cursor)
{
    return rowOf(cursor) >= tableOf(cursor).events.size() ? 1 : 0;
}

int EventBatch::Table::value(sqlite3_vtab_cursor *cursor, sqlite3_context *to, int column)
{
    const Table &table = tableOf(cursor);
    const EventRow &event = table.events[rowOf(cursor)];
    switch (column) {
    case Id: // the first gets its id here; from there SQLite counts on, which is quicker
        if (rowOf(cursor) == 0) {
            sqlite3_result_int64(to, table.first);
        }
        break;
    case User: sqlite3_result_int64(to, event.user); break;
    case At: sqlite3_result_int64(to, event.at); break;
    case Kind: sqlite3_result_int64(to, static_cast<int>(event.kind)); break;
    case Item: sqlite3_result_int64(to, event.item); break;
    case Quantity: sqlite3_result_double(to, event.quantity); break;
    case Amount: sqlite3_result_int64(to, event.amount); break;
    case Order: sqlite3_result_int64(to, event.order); break;
    case Device: sqlite3_result_int64(to, event.device); break;
    case Place: sqlite3_result_int64(to, event.place); break;
    case Channel: sqlite3_result_int64(to, event.channel); break;
    case Source: sqlite3_result_int64(to, table.source); break;
    default: break;
    }
    return SQLITE_OK;
}

int EventBatch::Table::rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *id)
{
    *id = static_cast<sqlite3_int64>(rowOf(cursor));
    return SQLITE_OK;
}

const sqlite3_module &EventBatch::Table::module()
{
    static const sqlite3_module module = [] {
        sqlite3_module made{};
        made.xConnect = connect; // and no xCreate: the table is there without being created
        made.xDisconnect = made.xDestroy = disconnect;
        made.xBestIndex = plan;
        made.xOpen = open;
        made.xClose = close;
        made.xFilter = start;
        made.xNext = next;
        made.xEof = atEnd;
        made.xColumn = value;
        made.xRowid = rowid;
        return made;
    }();
    return module;
}

EventBatch::Table::Table(Database &into, std::int64_t sourceId)
    : database(into), source(sourceId),
      name("event_batch_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))
{
    const int rc = sqlite3_create_module(database.handle(), name.c_str(), &module(), this);
    if (rc != SQLITE_OK) {
        throw SqlFailure(ErrorCode::Internal, sqlite3_errstr(rc));
    }
}

void EventBatch::Table::prepare()
{
    insert.emplace(database, "INSERT INTO event(id, user_id, at, kind, item_id, quantity, amount, "
                             "order_id, device_id, place_id, channel_id, source_id) "
                             "SELECT * FROM " + name);
}

EventBatch::Table::~Table()
{
    insert.reset();
    sqlite3_create_module(database.handle(), name.c_str(), nullptr, nullptr); // takes it away
}

EventBatch::EventBatch(Database &database, std::int64_t source)
    : m_table(std::make_unique<Table>(database, source))
{
    m_table->prepare();
}

EventBatch::~EventBatch() = default;

void EventBatch::exchange(std::vector<EventRow> &events, std::int64_t first) noexcept
{
    m_table->events.swap(events);
    m_table->first = first;
}

void EventBatch::write()
{
    if (!m_table->events.empty()) {
        m_table->insert->run();
    }
}

} // namespace perennial
