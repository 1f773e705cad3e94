#pragma once

#include <QString>

namespace perennial {

/// Counts with the noun they count, right for one too: "1 user", "31,204 users". A sentence takes them
/// whole, so that it needs no plural of its own.
QString usersText(qint64 users);
QString customersText(qint64 customers);
QString ordersText(qint64 orders);
QString itemsText(qint64 items);
QString eventsText(qint64 events);
QString rowsText(qint64 rows);
QString daysText(qint64 days);
QString groupsText(qint64 groups);
/// The sentence for one, or that for another number, which has it as its %1.
QString counted(qint64 n, const QString &one, const QString &many);

} // namespace perennial
