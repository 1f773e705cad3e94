#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace perennial {

/// How the rows of a file are written, as far as a project needs to find a key in one that was
/// rejected; reading files is core/ingest's.
struct RowMarks {
    char delimiter = 0; ///< ' ' = runs of blanks and tabs; 0 = not known: a comma, ;, tab or |
    char quote = '"';   ///< 0 = quotes are text
    char escape = 0;    ///< 0 = none: a quote inside quotes is doubled
    int userColumn = 0; ///< the users' column from 1; 0 = not known
};

/// Of a source, by its recipe's JSON (source.mapping); what that does not say stays the usual.
RowMarks rowMarks(const std::string &mapping);

/// The fields of a row as they were meant: without quotes, escapes and blanks around them. Behind
/// a quote that is wrong or never closed nothing is a field.
std::vector<std::string> fieldsOf(std::string_view row, const RowMarks &marks);

/// The row with doubled quotes made one and escapes taken off, so that a text within quotes stands
/// in it as it was meant. Half of either at the row's end goes: the row may be cut there.
std::string withoutMarks(std::string_view row, const RowMarks &marks);

} // namespace perennial
