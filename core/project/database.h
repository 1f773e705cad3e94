#pragma once

#include "core/base/result.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace perennial {

/// Thrown inside core/project only, so that its code reads straight; `guarded` turns it into an
/// Error at the room's edge.
class SqlFailure : public std::runtime_error {
public:
    SqlFailure(ErrorCode code, const std::string &what) : std::runtime_error(what), m_code(code) {}
    ErrorCode code() const noexcept { return m_code; }

private:
    ErrorCode m_code;
};

class Database;

/// A prepared statement. Positions count from 1 when binding and from 0 when reading, as in SQLite.
class Statement {
public:
    Statement(Database &database, std::string_view sql);

    template <class... Values>
    Statement &bindAll(const Values &...values)
    {
        reset();
        int position = 0;
        (bind(++position, values), ...);
        return *this;
    }
    void bind(int position, std::int64_t value);
    void bind(int position, int value) { bind(position, std::int64_t{value}); }
    void bind(int position, double value);
    void bind(int position, std::string_view value);
    void bind(int position, const std::string &value) { bind(position, std::string_view(value)); }
    void bind(int position, const char *value) { bind(position, std::string_view(value)); }
    void bind(int position, std::span<const std::byte> value);
    void bind(int position, std::nullptr_t);
    template <class T>
    void bind(int position, const std::optional<T> &value)
    {
        if (value) {
            bind(position, *value);
        } else {
            bind(position, nullptr);
        }
    }

    /// True while there is a row.
    bool step();
    /// Runs a statement without rows and resets it.
    void run();
    void reset();

    enum class Type { Integer, Real, Text, Blob, Null };
    int columns() const;
    Type type(int column) const;
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    std::string_view textView(int column) const;         ///< valid until the next step
    std::span<const std::byte> blob(int column) const; ///< valid until the next step

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const noexcept;
    };
    void check(int rc) const;
    bool advance();

    Database *m_database = nullptr;
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
    std::set<std::string> m_writes; ///< watched tables that it may change
};

/// One SQLite connection. Not shared between threads: each worker opens its own.
class Database {
public:
    enum class Mode { ReadWriteCreate, ReadWrite, ReadOnly, Immutable };

    Database(const std::filesystem::path &path, Mode mode);
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    /// Runs in every transaction that writes a table of `tables`, right before it commits, with the
    /// tables written. Statements prepared before the call are not watched.
    using BeforeCommit = std::function<void(Database &, const std::set<std::string> &written)>;
    void watch(std::set<std::string> tables, BeforeCommit beforeCommit);

    void execute(const std::string &sql);
    std::int64_t integer(std::string_view sql); ///< first column of the first row, 0 where none
    std::int64_t lastInsertId() const;
    std::int64_t changes() const;
    sqlite3 *handle() const noexcept { return m_handle.get(); }
    bool inTransaction() const noexcept;

private:
    friend class Statement;
    friend class Transaction;
    struct Close {
        void operator()(sqlite3 *handle) const noexcept;
    };
    static int noteTable(void *database, int action, const char *table, const char *, const char *,
                         const char *);
    void finishWrites();

    std::set<std::string> m_watched, m_written;
    std::set<std::string> *m_noting = nullptr; ///< where the statement being prepared is noted
    BeforeCommit m_beforeCommit;
    std::unique_ptr<sqlite3, Close> m_handle;
};

/// Rolls back unless committed. Nests as a savepoint.
class Transaction {
public:
    explicit Transaction(Database &database);
    ~Transaction();
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    void commit();

private:
    Database &m_database;
    bool m_nested;
    bool m_open = true;
};

/// Runs `work` (which returns Result<T>) and turns what SQLite or the allocator throws into an
/// Error. @param where the place to name, usually the project's path.
template <class Work>
auto guarded(const std::string &where, Work &&work) -> decltype(work())
{
    try {
        return work();
    } catch (const SqlFailure &failure) {
        return fail(failure.code(), failure.what(), where);
    } catch (const std::bad_alloc &) {
        return fail(ErrorCode::OutOfMemory, {}, where);
    } catch (const std::exception &failure) {
        return fail(ErrorCode::Internal, failure.what(), where); // rather than the program's end
    }
}

} // namespace perennial
