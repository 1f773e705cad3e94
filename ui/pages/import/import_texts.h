#pragma once

#include "core/ingest/import.h"
#include "core/ingest/preview.h"
#include "ui/models/table_model.h"

#include <QString>

namespace perennial {

/// What came in, in words: users, items, orders, money, time.
QString reportText(const ImportReport &report, const QString &currency);
/// Rejected and excluded rows by reason, most frequent first: reason, rows.
std::vector<TableModel::Row> reasonRows(const ImportReport &report);

} // namespace perennial
