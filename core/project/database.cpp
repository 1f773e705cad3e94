#include "core/project/database.h"

#include <sqlite3.h>

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
    throw SqlFailure(noRoom ? ErrorCode::DiskFull : codeOf(rc),
                     database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(rc));
}

} // namespace

void Statement::Finalize::operator()(sqlite3_stmt *statement) const noexcept
{
    sqlite3_finalize(statement);
}

Statement::Statement(Database &database, std::string_view sql) : m_database(database.handle())
{
    sqlite3_stmt *raw = nullptr;
    const int rc = sqlite3_prepare_v3(m_database, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
    m_statement.reset(raw);
    check(rc);
}

void Statement::check(int rc) const
{
    if (rc != SQLITE_OK) {
        throwFailure(m_database, rc);
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

bool Statement::step()
{
    const int rc = sqlite3_step(m_statement.get());
    if (rc == SQLITE_ROW) {
        return true;
    }
    if (rc == SQLITE_DONE) {
        return false;
    }
    throwFailure(m_database, rc);
}

void Statement::run()
{
    while (step()) {
    }
    reset();
}

void Statement::reset()
{
    sqlite3_reset(m_statement.get());
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

std::string Statement::text(int column) const
{
    const auto *data = sqlite3_column_text(m_statement.get(), column);
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column));
    return data == nullptr ? std::string()
                           : std::string(reinterpret_cast<const char *>(data), size);
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

void Database::execute(const std::string &sql)
{
    const int rc = sqlite3_exec(m_handle.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (rc != SQLITE_OK) {
        throwFailure(m_handle.get(), rc);
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
    : m_database(database), m_nested(sqlite3_get_autocommit(database.handle()) == 0)
{
    m_database.execute(m_nested ? "SAVEPOINT inner" : "BEGIN IMMEDIATE");
}

Transaction::~Transaction()
{
    if (!m_open) {
        return;
    }
    // Some failures (a full disk) have rolled back already; then there is nothing left to undo.
    if (sqlite3_get_autocommit(m_database.handle()) == 0) {
        sqlite3_exec(m_database.handle(),
                     m_nested ? "ROLLBACK TO inner; RELEASE inner" : "ROLLBACK", nullptr, nullptr,
                     nullptr);
    }
}

void Transaction::commit()
{
    m_database.execute(m_nested ? "RELEASE inner" : "COMMIT");
    m_open = false;
}

} // namespace perennial
