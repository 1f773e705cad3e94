#include "core/project/temporary_files.h"

#include <sqlite3.h>

#include <string>

namespace perennial {

TemporaryFiles::TemporaryFiles(Database &database)
    : m_database(database), m_allowed(sqlite3_get_autocommit(database.handle()) != 0),
      m_cacheSize(database.integer("PRAGMA cache_size"))
{
    if (m_allowed) {
        // A sort's pieces are as large as the page cache: those that a processor's cache holds are
        // sorted in half the time.
        m_database.execute("PRAGMA threads = 2; PRAGMA temp_store = FILE; "
                           "PRAGMA cache_size = -4096");
    }
}

TemporaryFiles::~TemporaryFiles()
{
    try {
        if (m_allowed) {
            m_database.execute("PRAGMA temp_store = MEMORY; PRAGMA threads = 0; "
                               "PRAGMA cache_size = " + std::to_string(m_cacheSize));
        }
    } catch (const SqlFailure &) {
        // The connection goes on with files: slower, nothing else.
    }
}

} // namespace perennial
