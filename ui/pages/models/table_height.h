#pragma once

#include "ui/models/table_view.h"
#include "ui/pages/trust/trust_export.h"

namespace perennial {

/// As high as its rows: the page scrolls, the table in it need not. @param most rows; more scroll.
void fitHeight(TableView &table, int most = 40);
/// A table as it is shown, for a file: its titles, the values behind its cells.
PlainTable plainTable(const TableModel &model);

} // namespace perennial
