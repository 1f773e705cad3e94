#pragma once

#include "core/ingest/recipe.h"
#include "core/project/import_store.h"

#include <QString>

namespace perennial {

/// A reason code of a rejected or excluded row as a sentence without full stop; a code that is not
/// known (a project from another version) as it stands.
QString rejectReasonText(const std::string &reason);

/// "User", "Date and time", …: what a column means, as the mapping offers it.
QString roleText(Role role);
/// One sentence on what the role is for.
QString roleHelp(Role role);

QString delimiterText(Delimiter delimiter);
QString contentsText(Contents contents); ///< "events", "users", …
/// What a role's values are: "text", "date and time", "number", "money", …
QString roleTypeText(Role role);
QString attributeTypeText(AttributeType type);
QString dedupeText(Dedupe dedupe);

/// "12 000 rows read = 11 990 stored + 4 duplicate + 5 rejected + 1 excluded": the promise that no
/// row is lost, with its figures.
QString controlTotalText(const ImportTotals &totals);
/// The same for money; empty where the file has none.
QString controlAmountText(const ImportTotals &totals, const QString &currency);

} // namespace perennial
