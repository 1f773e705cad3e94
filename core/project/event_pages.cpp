#include "core/project/event_pages.h"

#include "core/project/named_event.h"
#include "core/project/visible.h"

namespace perennial {

Result<std::vector<NamedEvent>> readEventPage(const Project &project, std::int64_t afterId,
                                              std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<NamedEvent>> {
        Statement query(project.database(), "SELECT " + namedEventColumns() + " FROM event x" +
                                                namedEventJoins() + "WHERE x.id > ? AND " +
                                                visibleRows(project.database()).events +
                                                " ORDER BY x.id LIMIT ?");
        query.bindAll(afterId, limit);
        std::vector<NamedEvent> events;
        while (query.step()) {
            events.push_back(namedEvent(query));
        }
        return events;
    });
}

} // namespace perennial
