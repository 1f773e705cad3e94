#pragma once

#include "core/project/user_table.h"

#include <QString>

#include <optional>

namespace perennial {

/// What may be typed to filter a column of users: "100", "> 100", "<= 5", "10..20" (both ends in),
/// dates as "2024-03-31" or "2024-03" or "2024", shares in percent: "> 50". A bare number is what
/// the table shows as it. Spaces don't matter, nor does a percent sign.
/// @return none for anything else, and for columns of text.
std::optional<ColumnRange> columnFilter(UserColumn column, const QString &text);
/// Whether a column can be filtered so: all but key and stage.
bool hasColumnFilter(UserColumn column);

} // namespace perennial
