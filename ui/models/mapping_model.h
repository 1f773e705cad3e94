#pragma once

#include "core/ingest/preview.h"

#include <QAbstractTableModel>

namespace perennial {

/// One row per column of the file: its name, what it means, an example as it stands and as it is
/// read. Choosing a meaning emits `roleChosen`; the new preview then comes in by `setPreview`.
class MappingModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Meaning, Type, Example, ReadAs, Problems, ColumnCount };
    static constexpr int kNoRole = -1;
    enum { ContentsRole = Qt::UserRole + 40 }; ///< of the file, as int

    using QAbstractTableModel::QAbstractTableModel;

    void setPreview(const ImportPreview &preview);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Qt::EditRole of Meaning: the Role as int, kNoRole for "not used".
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void roleChosen(int column, int role);

private:
    struct Line {
        QString name, type, example, readAs, problems;
        int role = kNoRole;
    };
    static Line lineOf(const ImportPreview &preview, std::size_t index);

    QVector<Line> m_lines;
    Contents m_contents = Contents::Events;
};

} // namespace perennial
