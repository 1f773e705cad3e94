#include "core/project/named_event.h"

#include "core/project/stored.h"

namespace perennial {

std::string namedEventColumns()
{
    return "x.id, x.at, x.kind, coalesce(u.key, ''), coalesce(i.key, ''), coalesce(o.key, ''), "
           "coalesce(d.key, ''), coalesce(p.key, ''), coalesce(c.key, ''), x.quantity, x.amount, "
           "x.source_id";
}

std::string namedEventJoins()
{
    return " LEFT JOIN user u ON u.id = x.user_id LEFT JOIN item i ON i.id = x.item_id "
           "LEFT JOIN order_key o ON o.id = x.order_id LEFT JOIN device d ON d.id = x.device_id "
           "LEFT JOIN place p ON p.id = x.place_id LEFT JOIN channel c ON c.id = x.channel_id ";
}

NamedEvent namedEvent(const Statement &query)
{
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
    return event;
}

} // namespace perennial
