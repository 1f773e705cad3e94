#pragma once

#include "core/project/event_selection.h"
#include "ui/models/paged_model.h"

#include <memory>

namespace perennial {

/// The events of a selection.
class EventRowsModel : public PagedModel<SelectedEvent> {
    Q_OBJECT

public:
    enum Column { At, Kind, User, Item, Order, Quantity, Amount, State, ColumnCount };

    explicit EventRowsModel(std::shared_ptr<EventSelection> events, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    Result<std::vector<SelectedEvent>> readPage(std::int64_t offset,
                                                std::int64_t limit) const override;

private:
    std::shared_ptr<EventSelection> m_events;
};

} // namespace perennial
