#pragma once

#include <QAbstractTableModel>
#include <QString>
#include <QVariant>

#include <functional>
#include <vector>

namespace perennial {

/// A column of a small table; how its values are shown.
struct TableColumn {
    enum class Kind { Text, Count, Number, Percent, Date, Time };
    QString title; ///< with the unit once: "Predicted value, £"
    Kind kind = Kind::Text;
    int decimals = 2; ///< of Number
};

/// A cell that shows a text of its own and sorts by a value: a figure with its interval, a name that
/// stands back.
struct MarkedCell {
    enum class Tone { Plain, Strong, Quiet };
    QString text;
    QVariant value; ///< invalid = missing, last in any order
    Tone tone = Tone::Plain;
    QString tip; ///< plain text
    bool operator==(const MarkedCell &) const = default;
};

/// A table that fits in memory (runs, sources, recommendations; not users: UserTableModel). Cells
/// are raw values: QString, qint64 (Count, Date as Day, Time as UtcSecond) or double, or a
/// MarkedCell; an invalid QVariant shows "–". Sorts by the raw values, missing last.
class TableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using Row = std::vector<QVariant>;

    explicit TableModel(std::vector<TableColumn> columns, QObject *parent = nullptr);

    void setColumns(std::vector<TableColumn> columns);
    void setRows(std::vector<Row> rows);
    /// The index a row had in `setRows`, whatever the sorting.
    int sourceRow(int row) const;
    const QVariant &cell(int sourceRow, int column) const;
    bool isText(int column) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

private:
    std::vector<TableColumn> m_columns;
    std::vector<Row> m_rows;
    std::vector<int> m_order; ///< row shown → row given
};

} // namespace perennial

Q_DECLARE_METATYPE(perennial::MarkedCell)
