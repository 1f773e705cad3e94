#pragma once

#include "core/ingest/import.h"
#include "core/ingest/preview.h"
#include "ui/models/table_model.h"

namespace perennial {

/// What becomes of each column of a file, as a table: name, meaning, type, an example as it stands
/// and as it is read, and how many rows stay out because of it: of those looked at, and of all.
struct ColumnTable {
    std::vector<TableColumn> columns;
    std::vector<int> stretched; ///< columns of texts of any length, to share what room there is
    std::vector<TableModel::Row> rows; ///< what is used first, then constants, then the rest
};
/// @param report of a check of all rows; null = not known yet.
ColumnTable columnTable(const ImportPreview &preview, const ImportReport *report);

} // namespace perennial
