#pragma once

#include "ui/models/table_view.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <string>
#include <vector>

namespace perennial {

/// A table as a file has it: stable column names, raw cells (QString, qint64, double; an invalid
/// QVariant is an empty cell).
struct PlainTable {
    std::vector<std::string> header;
    std::vector<TableModel::Row> rows;
};

/// A table as it is shown: its titles, the values behind its cells.
PlainTable plainTable(const TableModel &model);
/// @error as CsvWriter.
Status writeCsv(const PlainTable &table, const QString &path);
/// "Copy table" and "Save as CSV…" in the card's menu. @param file the name offered.
void addTableMenu(Card &card, TableView &view, const PageContext &context, const QString &file,
                  std::function<PlainTable()> table);

} // namespace perennial
