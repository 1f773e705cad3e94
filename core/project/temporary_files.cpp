#include "core/project/temporary_files.h"

#include <sqlite3.h>

namespace perennial {

TemporaryFiles::TemporaryFiles(Database &database)
    : m_database(database), m_allowed(sqlite3_get_autocommit(database.handle()) != 0)
{
    if (m_allowed) {
        m_database.execute("PRAGMA threads = 2; PRAGMA temp_store = FILE");
    }
}

TemporaryFiles::~TemporaryFiles()
{
    try {
        if (m_allowed) {
            m_database.execute("PRAGMA temp_store = MEMORY; PRAGMA threads = 0");
        }
    } catch (const SqlFailure &) {
        // The connection goes on with files: slower, nothing else.
    }
}

} // namespace perennial
