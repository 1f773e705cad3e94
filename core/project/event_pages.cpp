#include "core/project/event_pages.h"

#include "core/project/database.h"
#include "core/project/stored.h"
#include "core/project/visible.h"

namespace perennial {

Result<std::vector<NamedEvent>> readEventPage(const Project &project, std::int64_t afterId,
                                              std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<NamedEvent>> {
        Statement query(project.database(),
                        "SELECT e.id, e.at, e.kind, coalesce(u.key, ''), coalesce(i.key, ''), "
                        "coalesce(o.key, ''), coalesce(d.key, ''), coalesce(p.key, ''), "
                        "coalesce(c.key, ''), e.quantity, e.amount, e.source_id FROM event e "
                        "LEFT JOIN user u ON u.id = e.user_id "
                        "LEFT JOIN item i ON i.id = e.item_id "
                        "LEFT JOIN order_key o ON o.id = e.order_id "
                        "LEFT JOIN device d ON d.id = e.device_id "
                        "LEFT JOIN place p ON p.id = e.place_id "
                        "LEFT JOIN channel c ON c.id = e.channel_id "
                        "WHERE e.id > ? AND " +
                            visibleRows(project.database()).events + " ORDER BY e.id LIMIT ?");
        query.bindAll(afterId, limit);
        std::vector<NamedEvent> events;
        while (query.step()) {
            NamedEvent event;
            event.id = query.integer(0);
            event.at = storedTime(query, 1);
            event.kind = storedKind(query, 2);
            event.user = query.text(3);
            event.item = query.text(4);
            event.order = query.text(5);
            event.device = query.text(6);
            event.place = query.text(7);
            event.channel = query.text(8);
            event.quantity = query.real(9);
            event.amount = storedAmount(query, 10);
            event.source = query.integer(11);
            events.push_back(std::move(event));
        }
        return events;
    });
}

} // namespace perennial
