#include "ui/wording/counts.h"

#include "ui/wording/format.h"

#include <QCoreApplication>

namespace perennial {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Counts)
};

} // namespace

QString counted(qint64 n, const QString &one, const QString &many)
{
    return n == 1 ? one : many.arg(countText(n));
}

QString usersText(qint64 users)
{
    return counted(users, Words::tr("1 user"), Words::tr("%1 users"));
}

QString customersText(qint64 customers)
{
    return counted(customers, Words::tr("1 customer"), Words::tr("%1 customers"));
}

QString ordersText(qint64 orders)
{
    return counted(orders, Words::tr("1 order"), Words::tr("%1 orders"));
}

QString itemsText(qint64 items)
{
    return counted(items, Words::tr("1 item"), Words::tr("%1 items"));
}

QString eventsText(qint64 events)
{
    return counted(events, Words::tr("1 event"), Words::tr("%1 events"));
}

QString rowsText(qint64 rows)
{
    return counted(rows, Words::tr("1 row"), Words::tr("%1 rows"));
}

QString daysText(qint64 days)
{
    return counted(days, Words::tr("1 day"), Words::tr("%1 days"));
}

QString groupsText(qint64 groups)
{
    return counted(groups, Words::tr("1 group"), Words::tr("%1 groups"));
}

} // namespace perennial
