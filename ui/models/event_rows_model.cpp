#include "ui/models/event_rows_model.h"

#include "ui/wording/format.h"
#include "ui/wording/words.h"

namespace perennial {

namespace {

QString keyText(const std::string &key)
{
    return key.empty() ? kMissing : QString::fromStdString(key);
}

QString stateText(const SelectedEvent &row)
{
    if (!row.kept) {
        return EventRowsModel::tr("set aside");
    }
    return row.amountNow == row.event.amount
               ? EventRowsModel::tr("in the figures")
               : EventRowsModel::tr("capped to %1").arg(fullText(toUnits(row.amountNow)));
}

QString cellText(const SelectedEvent &row, int column)
{
    const NamedEvent &event = row.event;
    switch (column) {
    case EventRowsModel::At:
        return timeText(event.at);
    case EventRowsModel::Kind:
        return eventKindText(event.kind);
    case EventRowsModel::User:
        return keyText(event.user);
    case EventRowsModel::Item:
        return keyText(event.item);
    case EventRowsModel::Order:
        return keyText(event.order);
    case EventRowsModel::Quantity:
        return shortText(event.quantity);
    case EventRowsModel::Amount:
        return fullText(toUnits(event.amount));
    case EventRowsModel::State:
        return stateText(row);
    }
    return {};
}

} // namespace

EventRowsModel::EventRowsModel(std::shared_ptr<EventSelection> events, QObject *parent)
    : PagedModel(events->count(), parent), m_events(std::move(events))
{
    fetchMore({});
}

int EventRowsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventRowsModel::data(const QModelIndex &index, int role) const
{
    if (role == Qt::TextAlignmentRole && (index.column() == Quantity || index.column() == Amount)) {
        return QVariant(Qt::AlignRight | Qt::AlignVCenter);
    }
    return role == Qt::DisplayRole ? QVariant(cellText(row(index), index.column())) : QVariant();
}

QVariant EventRowsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (section) {
    case At:
        return tr("Time (UTC)");
    case Kind:
        return tr("Kind");
    case User:
        return tr("User");
    case Item:
        return tr("Item");
    case Order:
        return tr("Order");
    case Quantity:
        return tr("Quantity");
    case Amount:
        return tr("Amount as imported");
    case State:
        return tr("State");
    }
    return {};
}

Result<std::vector<SelectedEvent>> EventRowsModel::readPage(std::int64_t offset,
                                                            std::int64_t limit) const
{
    return m_events->rows(offset, limit);
}

} // namespace perennial
