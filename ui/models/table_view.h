#pragma once

#include "ui/models/table_model.h"

#include <QTableView>

namespace perennial {

/// A table in the looks of look.md: 24-px rows, whole rows selected, copy as TSV (Ctrl+C), header
/// sorts. With `setRows` it is all a page needs for a small table; any other model works too.
class TableView : public QTableView {
    Q_OBJECT

public:
    explicit TableView(const QString &accessibleName, QWidget *parent = nullptr);
    TableView(const QString &accessibleName, std::vector<TableColumn> columns,
              QWidget *parent = nullptr);

    TableModel *tableModel() const noexcept { return m_table; } ///< null with another model
    /// One sentence on what will stand here, shown while nothing does.
    void setEmptyText(const QString &text);
    /// Keeps the selected row where its first cell is still there.
    void setRows(std::vector<TableModel::Row> rows);
    /// As high as its rows from now on: the page scrolls, the table in it need not.
    /// @param most rows; more scroll.
    void fitHeight(int most = 40);
    /// Index into the rows given to setRows, -1 without a selection.
    int selectedRow() const;
    void selectRow(int sourceRow);
    /// Selected cells, or everything without a selection, tab-separated with the header.
    QString selectionAsTsv() const;
    void setModel(QAbstractItemModel *model) override;

Q_SIGNALS:
    void rowSelected(int sourceRow);  ///< by mouse or keyboard; -1 when nothing is
    void rowActivated(int sourceRow); ///< double click or Enter

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    /// A cell that is cut off says all of it.
    bool viewportEvent(QEvent *event) override;

private:
    void setUp(const QString &accessibleName);
    void copySelection();
    void shareRoom();
    void cutForFewPixels(std::vector<int> &widths, int over) const;
    void applyHeight();

    TableModel *m_table = nullptr;
    std::vector<int> m_natural; ///< width that each column gets at least
    std::vector<int> m_cut;     ///< columns whose content asks for more
    int m_mostRows = 0; ///< of fitHeight; 0 = not fitted
    QString m_emptyText;
};

} // namespace perennial
