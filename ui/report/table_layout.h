#pragma once

#include "ui/report/blocks.h"

#include <QStringList>

#include <vector>

namespace perennial::report {

/// A table measured for a width: columns, and every row's lines and height. All in units.
struct TableLayout {
    struct Cell {
        QStringList lines;
    };
    struct Row {
        std::vector<Cell> cells;
        double height = 0;
        bool total = false;
    };
    std::vector<double> lefts, widths; ///< per column, from the table's left edge, padding outside
    Row header;
    std::vector<Row> rows;
};

/// Numbers and labels keep their full text; text columns share what is left, in proportion to what they want,
/// and are elided or (Wrapped) broken into at most 8 lines.
TableLayout measureTable(const Table &table, double width);

inline constexpr double kCellPadding = 40;  ///< left and right of a cell
inline constexpr double kRowPadding = 25;   ///< above and below a row's text

} // namespace perennial::report
