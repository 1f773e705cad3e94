#pragma once

#include "core/base/result.h"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace perennial {

class Database;
class ProjectLock;

/// "3.40.1": the SQLite this program runs with.
std::string sqliteVersion();

/// An open project: one connection to one `NAME.perennial` file, and while it may write, the lock
/// that keeps other writers out. Moves between threads, is used by one at a time; a worker calls
/// `connect` for its own.
class Project {
public:
    enum class Access { ReadWrite, ReadOnly };

    /// A new, empty project of the current schema version.
    /// @error AlreadyExists, NotWritable, IsDirectory, DiskFull.
    static Result<Project> create(const std::filesystem::path &path);

    /// Opens and, when it may write, migrates (after a copy NAME.perennial.vN.backup).
    /// @error FileMissing, IsDirectory, NotAProject, NewerVersion, Damaged, Locked (detail: the
    /// holder, where known), NotWritable.
    static Result<Project> open(const std::filesystem::path &path, Access access);

    /// Another connection to the same file for another thread; shares the lock.
    Result<Project> connect() const;

    ~Project();
    Project(Project &&) noexcept;
    Project &operator=(Project &&) noexcept;

    const std::filesystem::path &path() const noexcept { return m_path; }
    std::string name() const; ///< file name without ".perennial"
    bool readOnly() const noexcept { return m_lock == nullptr; }

    /// For core/project and nothing else: SQL lives in that room.
    Database &database() const noexcept { return *m_database; }

private:
    Project(std::filesystem::path path, std::unique_ptr<Database> database,
            std::shared_ptr<ProjectLock> lock);

    std::filesystem::path m_path;
    std::unique_ptr<Database> m_database;
    std::shared_ptr<ProjectLock> m_lock;
};

} // namespace perennial
