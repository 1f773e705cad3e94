#include "ui/pages/models/table_height.h"

#include <QHeaderView>

#include <algorithm>

namespace perennial {

void fitHeight(TableView &table, int most)
{
    constexpr int kScrollBar = 20;
    const int rows = std::clamp(table.model()->rowCount(), 1, most);
    table.setFixedHeight(table.horizontalHeader()->sizeHint().height() + kScrollBar +
                         rows * table.verticalHeader()->defaultSectionSize());
}

PlainTable plainTable(const TableModel &model)
{
    PlainTable table;
    for (int column = 0; column < model.columnCount(); ++column) {
        table.header.push_back(
            model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().toStdString());
    }
    for (int row = 0; row < model.rowCount(); ++row) {
        TableModel::Row cells;
        for (int column = 0; column < model.columnCount(); ++column) {
            const QVariant &cell = model.cell(row, column);
            const bool marked = cell.canConvert<MarkedCell>();
            cells.push_back(marked ? cell.value<MarkedCell>().value : cell);
        }
        table.rows.push_back(std::move(cells));
    }
    return table;
}

} // namespace perennial
