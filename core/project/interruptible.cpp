#include "core/project/interruptible.h"

#include <sqlite3.h>

namespace perennial {

namespace {

constexpr int kStepsBetweenQuestions = 20'000; // of SQLite's machine: well below a millisecond

int stopWanted(void *task)
{
    return static_cast<const Task *>(task)->cancelled() ? 1 : 0;
}

} // namespace

Interruptible::Interruptible(Database &database, const Task &task)
    : m_database(database), m_task(task)
{
    sqlite3_progress_handler(m_database.handle(), kStepsBetweenQuestions, stopWanted,
                             const_cast<Task *>(&m_task));
}

Interruptible::~Interruptible()
{
    sqlite3_progress_handler(m_database.handle(), 0, nullptr, nullptr);
}

ReadSnapshot::ReadSnapshot(Database &database)
    : m_database(database), m_began(sqlite3_get_autocommit(database.handle()) != 0)
{
    if (m_began) {
        m_database.execute("BEGIN");
    }
}

ReadSnapshot::~ReadSnapshot()
{
    // An interrupted statement may have ended it already.
    if (m_began && sqlite3_get_autocommit(m_database.handle()) == 0) {
        sqlite3_exec(m_database.handle(), "COMMIT", nullptr, nullptr, nullptr);
    }
}

} // namespace perennial
