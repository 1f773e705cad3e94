#pragma once

#include "core/project/event_store.h"

namespace perennial {

class Database;

/// The counts are kept with the project, so that opening it does not walk all events. They are
/// forgotten when a load begins and stored when it ends; a load that was killed in between is
/// counted afresh on every read.
void storeCounts(Database &database);
void forgetCounts(Database &database);
ProjectCounts countEvents(Database &database);

} // namespace perennial
