#include "core/project/database.h"

#include <sqlite3.h>

#include <utility>

namespace perennial {

namespace {

ErrorCode codeOf(int rc) noexcept
{
    switch (rc & 0xFF) {
    case SQLITE_FULL: return ErrorCode::DiskFull;
    case SQLITE_NOTADB: return ErrorCode::NotAProject;
    case SQLITE_CORRUPT: return ErrorCode::Damaged;
    case SQLITE_READONLY: return ErrorCode::ReadOnly;
    case SQLITE_CANTOPEN: return ErrorCode::NotReadable;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return ErrorCode::Locked;
    case SQLITE_NOMEM: return ErrorCode::OutOfMemory;
    case SQLITE_IOERR: return ErrorCode::IoFailed;
    case SQLITE_INTERRUPT: return ErrorCode::Cancelled;
    default: return ErrorCode::Internal;
    }
}

[[noreturn]] void throwFailure(sqlite3 *database, int rc)
{
    // A disk without room shows as FULL, or as a failed write of the log.
    const int extended = database != nullptr ? sqlite3_extended_errcode(database) : rc;
    const bool noRoom = extended == SQLITE_IOERR_WRITE || extended == SQLITE_IOERR_SHMSIZE;
    const std::string message = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(rc);
    const bool nonsense = message == "integer overflow"; // sums of what only other hands write
    throw SqlFailure(noRoom ? ErrorCode::DiskFull : nonsense ? ErrorCode::Damaged : codeOf(rc),
                     message);
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt *statement) const noexcept
{
    sqlite3_finalize(statement);
}

Statement::Statement(Database &database, std::string_view sql) : m_database(&database)
{
    sqlite3_stmt *raw = nullptr;
    database.m_noting = &m_writes;
    const int rc = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    database.m_noting = nullptr;
    m_statement.reset(raw);
    check(rc);
}

void Statement::check(int rc) const
{
    if (rc != SQLITE_OK) {
        throwFailure(m_database->handle(), rc);
    }
}

void Statement::bind(int position, std::int64_t value)
{
    check(sqlite3_bind_int64(m_statement.get(), position, value));
}

void Statement::bind(int position, double value)
{
    check(sqlite3_bind_double(m_statement.get(), position, value));
}

void Statement::bind(int position, std::string_view value)
{
    // A null pointer would bind NULL; an empty text is a text.
    const char *data = value.data() != nullptr ? value.data() : "";
    check(sqlite3_bind_text64(m_statement.get(), position, data, value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
}

void Statement::bind(int position, std::span<const std::byte> value)
{
    const void *data = value.empty() ? static_cast<const void *>("") : value.data();
    check(sqlite3_bind_blob64(m_statement.get(), position, data, value.size(), SQLITE_TRANSIENT));
}

void Statement::bind(int position, std::nullptr_t)
{
    check(sqlite3_bind_null(m_statement.get(), position));
}

bool Statement::advance()
{
    const int rc = sqlite3_step(m_statement.get());
    if (rc == SQLITE_ROW) {
        return true;
    }
    if (rc == SQLITE_DONE) {
        return false;
    }
    throwFailure(m_database->handle(), rc);
}

bool Statement::step()
{
    if (!m_writes.empty()) {
        m_database->m_written.insert(m_writes.begin(), m_writes.end());
    }
    return advance();
}

void Statement::run()
{
    std::optional<Transaction> own;
    if (!m_writes.empty() && !m_database->inTransaction()) {
        own.emplace(*m_database);
    }
    while (step()) {
    }
    reset();
    if (own) {
        own->commit();
    }
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
}

int Statement::columns() const
{
    return sqlite3_column_count(m_statement.get());
}

Statement::Type Statement::type(int column) const
{
    switch (sqlite3_column_type(m_statement.get(), column)) {
    case SQLITE_INTEGER: return Type::Integer;
    case SQLITE_FLOAT: return Type::Real;
    case SQLITE_TEXT: return Type::Text;
    case SQLITE_BLOB: return Type::Blob;
    default: return Type::Null;
    }
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement.get(), column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement.get(), column);
}

std::string_view Statement::textView(int column) const
{
    const auto *data = sqlite3_column_text(m_statement.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return data == nullptr ? std::string_view()
                           : std::string_view(reinterpret_cast<const char *>(data), size);
}

std::string Statement::text(int column) const
{
    return std::string(textView(column));
}

std::span<const std::byte> Statement::blob(int column) const
{
    const void *data = sqlite3_column_blob(m_statement.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return {static_cast<const std::byte *>(data), data == nullptr ? 0 : size};
}

void Database::Close::operator()(sqlite3 *handle) const noexcept
{
    sqlite3_close_v2(handle);
}

Database::Database(const std::filesystem::path &path, Mode mode)
{
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    std::string name = path.string();
    switch (mode) {
    case Mode::ReadWriteCreate: flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE; break;
    case Mode::ReadWrite: flags |= SQLITE_OPEN_READWRITE; break;
    case Mode::ReadOnly: flags |= SQLITE_OPEN_READONLY; break;
    case Mode::Immutable: {
        // For a folder that can't be written: SQLite could not make the log's index there.
        flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
        std::string escaped;
        for (const char c : std::filesystem::absolute(path).string()) {
            static constexpr char kHex[] = "0123456789ABCDEF";
            if (c == '%' || c == '?' || c == '#') {
                const auto byte = static_cast<unsigned char>(c);
                escaped += {'%', kHex[byte >> 4], kHex[byte & 15]};
            } else {
                escaped += c;
            }
        }
        name = "file:" + escaped + "?immutable=1";
        break;
    }
    }
    sqlite3 *raw = nullptr;
    const int rc = sqlite3_open_v2(name.c_str(), &raw, flags, nullptr);
    m_handle.reset(raw);
    if (rc != SQLITE_OK) {
        throwFailure(raw, rc);
    }
    sqlite3_busy_timeout(raw, 5000);
    // A hostile file must not run anything: no triggers' or views' side effects, no odd schema.
    sqlite3_db_config(raw, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(raw, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
}

int Database::noteTable(void *database, int action, const char *table, const char *, const char *,
                        const char *)
{
    auto &self = *static_cast<Database *>(database);
    const bool writes =
        action == SQLITE_INSERT || action == SQLITE_UPDATE || action == SQLITE_DELETE;
    if (writes && self.m_noting != nullptr && table != nullptr && self.m_watched.contains(table)) {
        self.m_noting->insert(table);
    }
    return SQLITE_OK;
}

void Database::watch(std::set<std::string> tables, BeforeCommit beforeCommit)
{
    m_watched = std::move(tables);
    m_beforeCommit = std::move(beforeCommit);
    sqlite3_set_authorizer(m_handle.get(), &Database::noteTable, this);
}

/// Inside the outermost transaction, before it commits.
void Database::finishWrites()
{
    // What the hook writes itself is not watched, so that it is asked once.
    if (const auto written = std::exchange(m_written, {}); !written.empty()) {
        m_beforeCommit(*this, written);
    }
}

bool Database::inTransaction() const noexcept
{
    return sqlite3_get_autocommit(m_handle.get()) == 0;
}

void Database::execute(const std::string &sql)
{
    m_noting = &m_written;
    const int rc = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr);
    m_noting = nullptr;
    if (rc != SQLITE_OK) {
        throwFailure(m_handle.get(), rc);
    }
    if (!m_written.empty() && !inTransaction()) {
        Transaction late(*this);
        late.commit();
    }
}

std::int64_t Database::integer(std::string_view sql)
{
    Statement statement(*this, sql);
    return statement.step() ? statement.integer(0) : 0;
}

std::int64_t Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle.get());
}

std::int64_t Database::changes() const
{
    return sqlite3_changes64(m_handle.get());
}

Transaction::Transaction(Database &database)
    : m_database(database), m_nested(database.inTransaction())
{
    m_database.execute(m_nested ? "SAVEPOINT inner" : "BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (!m_open) {
        return;
    }
    if (!m_nested) {
        m_database.m_written.clear();
    }
    // Some failures (a full disk) have rolled back already; then there is nothing left to undo.
    if (m_database.inTransaction()) {
        sqlite3_exec(m_database.handle(),
                     m_nested ? "ROLLBACK TO inner; RELEASE inner" : "ROLLBACK", nullptr, nullptr,
                     nullptr);
    }
}

void Transaction::commit()
{
    if (!m_nested) {
        m_database.finishWrites();
    }
    m_database.execute(m_nested ? "RELEASE inner" : "COMMIT");
    m_open = false;
}

} // namespace perennial
