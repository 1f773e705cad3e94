#pragma once

#include "core/project/event_store.h"

namespace perennial {

class Database;

/// The counts are kept with the project, so that opening it does not walk all events. They are
/// stored when a load ends; what it has loaded by then is not seen (visible.h), so that they hold
/// until it does.
void storeCounts(Database &database);
ProjectCounts countEvents(Database &database);

} // namespace perennial
