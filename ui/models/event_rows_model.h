#pragma once

#include "core/project/event_selection.h"

#include <QAbstractTableModel>

#include <memory>
#include <optional>

namespace perennial {

/// The events of a selection, read page by page as the view scrolls.
class EventRowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { At, Kind, User, Item, Order, Quantity, Amount, State, ColumnCount };

    explicit EventRowsModel(std::shared_ptr<EventSelection> events, QObject *parent = nullptr);

    /// What kept the rest from being read.
    const std::optional<Error> &error() const { return m_error; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

private:
    std::shared_ptr<EventSelection> m_events;
    bool m_atEnd = false;
    std::vector<SelectedEvent> m_rows;
    std::optional<Error> m_error;
};

} // namespace perennial
