#pragma once

#include "core/ingest/import.h"
#include "core/ingest/preview.h"
#include "ui/models/table_model.h"

#include <QString>

namespace perennial {

/// What came in, in words: users, items, orders, money, time.
QString reportText(const ImportReport &report, const QString &currency);
/// What became attributes: name, type, values.
std::vector<TableModel::Row> attributeRows(const ImportReport &report);
/// What keeps a file from being imported, and where in the window it is mended.
QString importProblemText(const Error &problem);
/// Rejected and excluded rows by reason, most frequent first: reason, rows,
/// share of all rows.
std::vector<TableModel::Row> reasonRows(const ImportReport &report);

} // namespace perennial
