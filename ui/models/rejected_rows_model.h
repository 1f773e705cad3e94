#pragma once

#include "core/project/import_store.h"
#include "ui/models/paged_model.h"

#include <functional>

namespace perennial {

/// Rows that did not come in.
class RejectedRowsModel : public PagedModel<RejectedRow> {
    Q_OBJECT

public:
    enum Column { Line, Reason, Where, Raw, ColumnCount };
    /// @return at most `limit` rows from `offset` on; an error ends the list and is kept.
    using ReadPage =
        std::function<Result<std::vector<RejectedRow>>(std::int64_t offset, std::int64_t limit)>;

    RejectedRowsModel(ReadPage read, std::int64_t total, QObject *parent = nullptr);

    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

protected:
    Result<std::vector<RejectedRow>> readPage(std::int64_t offset,
                                              std::int64_t limit) const override;

private:
    ReadPage m_read;
};

} // namespace perennial
