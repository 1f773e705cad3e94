#pragma once

#include "core/project/import_store.h"
#include "core/project/row_fields.h"

#include <cstdint>
#include <functional>

namespace perennial {

class Database;

/// A rejected row that is kept with its text.
struct RejectedText {
    std::int64_t source = 0, number = 0;
    RejectedRow row;
};

/// Every rejected row of all sources that still has a text, by source and number, with how its file
/// is written. For this room.
void visitRejected(Database &database,
                   const std::function<void(const RejectedText &, const RowMarks &)> &visit);

} // namespace perennial
