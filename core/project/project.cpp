#include "core/project/project.h"

#include "core/project/database.h"
#include "core/project/event_writer.h"
#include "core/project/lock.h"
#include "core/project/run_store.h"
#include "core/project/schema.h"
#include "core/project/seals.h"

#include <sqlite3.h>
#include <unistd.h>

#include <fstream>

namespace perennial {

namespace fs = std::filesystem;

namespace {

// The first 16 bytes of every SQLite 3 file; checked before SQLite sees the file.
bool looksLikeSqlite(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::string magic(16, '\0');
    file.read(magic.data(), 16);
    return file.gcount() == 16 && magic == std::string("SQLite format 3\0", 16);
}

Status checkFile(const fs::path &path)
{
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (!fs::exists(status)) {
        return fail(ErrorCode::FileMissing, {}, path.string());
    }
    if (fs::is_directory(status)) {
        return fail(ErrorCode::IsDirectory, {}, path.string());
    }
    if (!fs::is_regular_file(status)) {
        return fail(ErrorCode::NotAProject, {}, path.string());
    }
    if (access(path.c_str(), R_OK) != 0) {
        return fail(ErrorCode::NotReadable, {}, path.string());
    }
    if (!looksLikeSqlite(path)) {
        return fail(ErrorCode::NotAProject, {}, path.string());
    }
    return Done{};
}

// Version of a project's schema. @error NotAProject, NewerVersion, Damaged.
Result<int> checkVersion(Database &database, const fs::path &path)
{
    if (database.integer("PRAGMA application_id") != kApplicationId) {
        return fail(ErrorCode::NotAProject, {}, path.string());
    }
    const auto version = static_cast<int>(database.integer("PRAGMA user_version"));
    if (version > kSchemaVersion) {
        return fail(ErrorCode::NewerVersion,
                    std::to_string(version) + "/" + std::to_string(kSchemaVersion), path.string());
    }
    if (version < 1) {
        return fail(ErrorCode::Damaged, "schema version " + std::to_string(version),
                    path.string());
    }
    return version;
}

void setUpConnection(Database &database, bool writes)
{
    if (writes) {
        database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    }
    database.execute("PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON;"
                     "PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;"
                     "PRAGMA journal_size_limit = 67108864;");
}

bool hasWriteAheadLog(const fs::path &path)
{
    std::error_code error;
    const auto size = fs::file_size(path.string() + "-wal", error);
    return !error && size > 0;
}

// Where the folder can't be written, SQLite can't make the files that reading a WAL project needs;
// a project that was closed properly has no log and can be read as a plain file.
Database::Mode readingMode(const fs::path &path)
{
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    const bool folderWritable = access(folder.c_str(), W_OK) == 0;
    return folderWritable || hasWriteAheadLog(path) ? Database::Mode::ReadOnly
                                                    : Database::Mode::Immutable;
}

} // namespace

Project::Project(fs::path path, std::unique_ptr<Database> database,
                 std::shared_ptr<ProjectLock> lock)
    : m_path(std::move(path)), m_database(std::move(database)), m_lock(std::move(lock))
{
}

Project::~Project() = default;
Project::Project(Project &&) noexcept = default;
Project &Project::operator=(Project &&) noexcept = default;

std::string Project::name() const
{
    return m_path.stem().string();
}

std::string sqliteVersion()
{
    return sqlite3_libversion();
}

Result<Project> Project::create(const fs::path &path)
{
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return fail(ErrorCode::IsDirectory, {}, path.string());
    }
    if (fs::exists(fs::symlink_status(path, error))) {
        return fail(ErrorCode::AlreadyExists, {}, path.string());
    }
    auto lock = ProjectLock::acquire(path);
    if (!lock) {
        return lock.error();
    }
    auto created = guarded(path.string(), [&]() -> Result<Project> {
        auto database = std::make_unique<Database>(path, Database::Mode::ReadWriteCreate);
        setUpConnection(*database, true);
        migrate(*database, 0);
        keepSeals(*database);
        return Project(path, std::move(database), std::move(*lock));
    });
    if (!created) {
        for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
            fs::remove(path.string() + suffix, error);
        }
    }
    return created;
}

Result<Project> Project::open(const fs::path &path, Access access)
{
    if (const auto status = checkFile(path); !status) {
        return status.error();
    }
    std::shared_ptr<ProjectLock> lock;
    if (access == Access::ReadWrite) {
        if (::access(path.c_str(), W_OK) != 0) {
            return fail(ErrorCode::NotWritable, {}, path.string());
        }
        auto acquired = ProjectLock::acquire(path);
        if (!acquired) {
            return acquired.error();
        }
        lock = std::move(*acquired);
    }
    auto opened = guarded(path.string(), [&]() -> Result<Project> {
        const auto mode = lock ? Database::Mode::ReadWrite : readingMode(path);
        auto database = std::make_unique<Database>(path, mode);
        const auto version = checkVersion(*database, path);
        if (!version) {
            return version.error();
        }
        setUpConnection(*database, lock != nullptr);
        if (*version < kSchemaVersion) {
            if (!lock) {
                return fail(ErrorCode::ReadOnly, "schema version " + std::to_string(*version),
                            path.string());
            }
            Statement copy(*database, "VACUUM INTO ?");
            copy.bindAll(path.string() + ".v" + std::to_string(*version) + ".backup");
            copy.run();
            migrate(*database, *version);
        }
        if (lock) {
            keepSeals(*database);
        }
        return Project(path, std::move(database), std::move(lock));
    });
    if (opened && !opened->readOnly()) {
        // Nobody else holds the lock: what still says it is running was killed. So was a large load
        // that dropped the indexes on events; without room for them the project is slow but whole.
        static_cast<void>(buildEventIndexes(*opened));
        if (const auto closed = closeAbandonedRuns(*opened); !closed) {
            return closed.error();
        }
    }
    return opened;
}

Result<Project> Project::connect() const
{
    return guarded(m_path.string(), [&]() -> Result<Project> {
        const auto mode = m_lock ? Database::Mode::ReadWrite : readingMode(m_path);
        auto database = std::make_unique<Database>(m_path, mode);
        setUpConnection(*database, m_lock != nullptr);
        if (m_lock) {
            keepSeals(*database);
        }
        return Project(m_path, std::move(database), m_lock);
    });
}

} // namespace perennial
