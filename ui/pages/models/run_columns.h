#pragma once

#include "ui/models/table_model.h"
#include "ui/pages/models/run_figures.h"
#include "ui/pages/table_export.h"

#include <vector>

namespace perennial {

/// Behaviour runs as a table: what they are, their measures (best and last epoch), and only those
/// settings that are not the same in all of them.
struct RunColumns {
    std::vector<TableColumn> columns;
    std::vector<TableModel::Row> rows; ///< one per run
    PlainTable plain;                  ///< the same with stable names and raw values, for CSV
};
RunColumns runColumnsOf(const std::vector<const RunFigures *> &runs);

/// The runs of a list in two tables, each with its rows in the order of the list. Thousands of
/// cells where there are hundreds of runs: made on the worker that has read them.
struct RunTables {
    RunColumns behavior, value;
};
RunTables runTablesOf(const RunList &list);

/// Which rows a filter keeps: words that all must stand somewhere in the row, "-word" that must
/// not, and "column>0.2" (also <, >=, <=, =) by the start of a column's title. Case and the blanks
/// of titles don't matter.
std::vector<std::size_t> filteredRows(const RunColumns &table, const QString &filter);

/// "0.2157 (−0.0048)": of the best epoch, as it was kept, and how far the last epoch is from it on
/// the users asked after each.
MarkedCell bestAndLast(const RunFigures &run, const std::string &name, int decimals);

} // namespace perennial
