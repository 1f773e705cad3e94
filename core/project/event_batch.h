#pragma once

// Private to core/project.

#include "core/project/event_writer.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace perennial {

/// Events on their way into the project. SQLite reads them as a table, so that one statement
/// inserts them all: half the time of binding and stepping each.
class EventBatch {
public:
    /// @param source of every event.
    EventBatch(Database &database, std::int64_t source);
    ~EventBatch();
    EventBatch(const EventBatch &) = delete;
    EventBatch &operator=(const EventBatch &) = delete;

    /// Changes the last batch, written or not, for another one.
    /// @param first id of the first event; the others' ids follow.
    void exchange(std::vector<EventRow> &events, std::int64_t first) noexcept;
    /// Inserts all of them, within the open transaction.
    void write();

private:
    struct Table;
    std::unique_ptr<Table> m_table;
};

} // namespace perennial
