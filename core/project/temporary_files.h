#pragma once

// Private to core/project.

#include "core/project/database.h"

#include <cstdint>

namespace perennial {

/// Has a connection sort and copy in files for a while instead of in memory, and by several
/// threads: large indexes are built sooner so, and what is as large as the project never is in
/// memory. Within a transaction, where SQLite does not allow the change, all stays as it is.
class TemporaryFiles {
public:
    explicit TemporaryFiles(Database &database);
    ~TemporaryFiles();
    TemporaryFiles(const TemporaryFiles &) = delete;
    TemporaryFiles &operator=(const TemporaryFiles &) = delete;

private:
    Database &m_database;
    bool m_allowed;
    std::int64_t m_cacheSize;
};

} // namespace perennial
