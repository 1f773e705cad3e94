#pragma once

#include "core/base/task.h"
#include "core/project/database.h"

namespace perennial {

/// While it lives, a statement of this connection that runs when the task is cancelled stops within
/// some milliseconds: it throws SqlFailure(Cancelled), and its transaction is rolled back.
class Interruptible {
public:
    Interruptible(Database &database, const Task &task);
    ~Interruptible();
    Interruptible(const Interruptible &) = delete;
    Interruptible &operator=(const Interruptible &) = delete;

private:
    Database &m_database;
    const Task &m_task;
};

/// One state of the file for several statements that only read it (temporary tables may be
/// written), where no transaction is open yet.
class ReadSnapshot {
public:
    explicit ReadSnapshot(Database &database);
    ~ReadSnapshot();
    ReadSnapshot(const ReadSnapshot &) = delete;
    ReadSnapshot &operator=(const ReadSnapshot &) = delete;

private:
    Database &m_database;
    bool m_began;
};

} // namespace perennial
