#pragma once

#include "core/ingest/import.h"
#include "core/ingest/preview.h"
#include "ui/models/table_model.h"

#include <QString>
namespace perennial {

/// `recipe` with a column given a meaning; the column loses the one it had, and the role the column
/// or constant it had. @param role empty = the column is not used.
ImportRecipe withRole(const ImportPreview &preview, ImportRecipe recipe, std::size_t column,
                      std::optional<Role> role);

/// What a recipe reads from where, one line a role: "User: column “Customer ID”".
QString recipeText(const ImportRecipe &recipe);
/// What came in, in words: users, items, orders, money, time.
QString reportText(const ImportReport &report, const QString &currency);
/// Rejected and excluded rows by reason, most frequent first: reason, rows.
std::vector<TableModel::Row> reasonRows(const ImportReport &report);

} // namespace perennial
