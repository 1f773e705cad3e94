#pragma once

#include "core/ingest/preview.h"

#include <QAbstractTableModel>

namespace perennial {

/// The first row that has a value in this column; null where none has.
const PreviewRow *exampleRow(const ImportPreview &preview, std::size_t column);
/// Its text; what it is read as, empty where it can't be, and not known where it is not used or the
/// mapping does not hold yet.
struct ColumnExample {
    QString raw;
    std::optional<QString> readAs;
};
ColumnExample exampleOf(const ImportPreview &preview, std::size_t column);

/// One row per column of the file: its name, what it means, how it is kept, an example as it stands
/// and as it is read. A choice emits `roleChosen` or `ruleChosen`; the new preview then comes in by
/// `setPreview`.
class MappingModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Meaning, KeptAs, Personal, Type, Example, ReadAs, Problems, ColumnCount };
    static constexpr int kNoRole = -1;
    enum {
        ContentsRole = Qt::UserRole + 40, ///< of the file, as int
        FoundRole, ///< AttributeType as int, 0 = not known yet, kNoRole = has a role
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setPreview(const ImportPreview &preview);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// Qt::EditRole of Meaning: the Role as int, kNoRole for "not used"; of KeptAs: a choice of
    /// kept_as.h. Qt::CheckStateRole of Personal.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void roleChosen(int column, int role);
    void ruleChosen(int column, const perennial::AttributeRule &rule);
    /// Bands of a width that is to be asked for.
    void widthWanted(int column);

private:
    struct Line {
        QString name, type, problems;
        ColumnExample example;
        int role = kNoRole;
        AttributeRule rule;
        std::optional<AttributeType> found;
        bool ruled = false; ///< a rule can be made for it
    };
    static Line lineOf(const ImportPreview &preview, std::size_t index);
    QString text(const Line &line, int column) const;
    QVariant editValue(const Line &line, int column) const;
    QString tip(const Line &line, int column) const;
    bool chooseRole(const QModelIndex &index, int role);
    bool chooseKept(const QModelIndex &index, const QString &choice);

    QVector<Line> m_lines;
    Contents m_contents = Contents::Events;
};

/// What it is read as, in words.
QString readAsText(const ColumnExample &example);
/// "text", "date and time", …: of its role, or of the attribute it becomes; empty of neither.
QString columnType(const PreviewColumn &column);
/// Rows shown that would stay out because of each column; the last is of rows that are wrong as
/// such.
std::vector<int> rowsOut(const ImportPreview &preview);

} // namespace perennial
