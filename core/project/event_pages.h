#pragma once

#include "core/base/dates.h"
#include "core/base/money.h"
#include "core/base/words.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

/// An event with keys in place of ids, as a file had it; empty where it has none.
struct NamedEvent {
    std::int64_t id = 0;
    UtcSecond at = 0;
    EventKind kind = EventKind::View;
    std::string user, item, order, device, place, channel;
    double quantity = 0;
    Money amount = 0;
    std::int64_t source = 0;
};

/// The next events after an id, in order of arrival, at most `limit`: a whole project in pages.
/// @return empty at the end.
Result<std::vector<NamedEvent>> readEventPage(const Project &project, std::int64_t afterId,
                                              std::int64_t limit);

} // namespace perennial
