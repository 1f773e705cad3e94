#include "core/project/selected_event.h"

#include "core/project/database.h"

namespace perennial {

std::string selectedEventSql(const std::string &numbered)
{
    return "SELECT x.id, x.at, x.kind, coalesce(u.key, ''), coalesce(i.key, ''), "
           "coalesce(o.key, ''), coalesce(d.key, ''), coalesce(p.key, ''), coalesce(c.key, ''), "
           "x.quantity, x.amount, x.source_id, x.amount_now FROM (SELECT n.number, n.event_id AS "
           "id, coalesce(s.at, e.at) AS at, coalesce(s.kind, e.kind) AS kind, "
           "coalesce(s.user_id, e.user_id) AS user_id, coalesce(s.item_id, e.item_id) AS item_id, "
           "coalesce(s.order_id, e.order_id) AS order_id, "
           "coalesce(s.device_id, e.device_id) AS device_id, "
           "coalesce(s.place_id, e.place_id) AS place_id, "
           "coalesce(s.channel_id, e.channel_id) AS channel_id, "
           "coalesce(s.quantity, e.quantity) AS quantity, coalesce(s.amount, e.amount) AS amount, "
           "coalesce(s.source_id, e.source_id) AS source_id, e.amount AS amount_now FROM " +
           numbered +
           " n LEFT JOIN event e ON e.id = n.event_id "
           "LEFT JOIN set_aside_event s ON s.id = n.event_id "
           "WHERE n.number > ?1 ORDER BY n.number LIMIT ?2) x "
           "LEFT JOIN user u ON u.id = x.user_id LEFT JOIN item i ON i.id = x.item_id "
           "LEFT JOIN order_key o ON o.id = x.order_id LEFT JOIN device d ON d.id = x.device_id "
           "LEFT JOIN place p ON p.id = x.place_id LEFT JOIN channel c ON c.id = x.channel_id "
           "ORDER BY x.number";
}

SelectedEvent selectedEventRow(const Statement &query)
{
    SelectedEvent row;
    NamedEvent &event = row.event;
    event.id = query.integer(0);
    event.at = query.integer(1);
    event.kind = static_cast<EventKind>(query.integer(2));
    event.user = query.text(3);
    event.item = query.text(4);
    event.order = query.text(5);
    event.device = query.text(6);
    event.place = query.text(7);
    event.channel = query.text(8);
    event.quantity = query.real(9);
    event.amount = query.integer(10);
    event.source = query.integer(11);
    row.kept = !query.isNull(12);
    row.amountNow = query.integer(12);
    return row;
}

} // namespace perennial
