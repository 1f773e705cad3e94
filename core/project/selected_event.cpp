#include "core/project/selected_event.h"

#include "core/project/named_event.h"

namespace perennial {

std::string selectedEventSql(const std::string &numbered)
{
    return "SELECT " + namedEventColumns() +
           ", x.amount_now FROM (SELECT n.number, n.event_id AS "
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
           "WHERE n.number > ?1 ORDER BY n.number LIMIT ?2) x" +
           namedEventJoins() + "ORDER BY x.number";
}

SelectedEvent selectedEventRow(const Statement &query)
{
    SelectedEvent row;
    row.event = namedEvent(query);
    row.kept = !query.isNull(kNamedEventColumns);
    row.amountNow = query.integer(kNamedEventColumns);
    return row;
}

} // namespace perennial
