#pragma once

#include "core/project/import_store.h"

#include <QAbstractTableModel>

#include <functional>
#include <optional>

namespace perennial {

/// Rows that did not come in, read page by page as the view scrolls.
class RejectedRowsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Line, Reason, Where, Raw, ColumnCount };
    /// @return at most `limit` rows from `offset` on; an error ends the list and is kept.
    using ReadPage =
        std::function<Result<std::vector<RejectedRow>>(std::int64_t offset, std::int64_t limit)>;

    RejectedRowsModel(ReadPage read, std::int64_t total, QObject *parent = nullptr);

    /// What kept the rest from being read.
    const std::optional<Error> &error() const { return m_error; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

private:
    ReadPage m_read;
    std::int64_t m_total;
    bool m_atEnd = false;
    std::vector<RejectedRow> m_rows;
    std::optional<Error> m_error;
};

} // namespace perennial
