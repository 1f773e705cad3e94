#include "ui/report/table_layout.h"

#include "ui/report/page_flow.h"
#include "ui/report/text_measure.h"

#include <algorithm>
#include <numeric>

namespace perennial::report {
namespace {

constexpr int kMaxCellLines = 8;
constexpr double kNarrowestText = 300;
/// Rows looked at to find a column's natural width: enough, and bounded for long tables.
constexpr std::size_t kRowsMeasured = 400;

QString cellText(const Table &table, const QStringList &row, std::size_t column)
{
    const auto index = static_cast<qsizetype>(column);
    const QString text = index < row.size() ? onOneLine(row.at(index)) : QString();
    return text.isEmpty() && !(table.totalRow && &row == &table.rows.back())
               ? QStringLiteral("–")
               : text;
}

bool givesWay(Column::Kind kind)
{
    return kind == Column::Kind::Text || kind == Column::Kind::Wrapped;
}

/// @param headerLines 1 or 2: in how many lines a column's title may stand.
std::vector<double> naturalWidths(const Table &table, int headerLines)
{
    std::vector<double> widths;
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        // A pixel more than measured: rounding must not break or elide what fits.
        const QString title = onOneLine(table.columns[c].title);
        double widest = 2 + (headerLines == 1 ? textWidth(title, Face::Strong)
                                              : twoLineWidth(title, Face::Strong));
        std::size_t seen = 0;
        for (const QStringList &row : table.rows) {
            const bool total = table.totalRow && &row == &table.rows.back();
            if (++seen <= kRowsMeasured || total || !givesWay(table.columns[c].kind)) {
                widest = std::max(widest, textWidth(cellText(table, row, c),
                                                    total ? Face::Strong : Face::Body) +
                                              2);
            }
        }
        widths.push_back(widest + 2 * kCellPadding);
    }
    return widths;
}

/// Takes what is too much from the text columns, the widest first, so that short ones stay whole.
void shrinkText(const Table &table, std::vector<double> &widths, double excess)
{
    while (excess > 0.5) {
        std::size_t widest = widths.size();
        double second = kNarrowestText;
        for (std::size_t c = 0; c < widths.size(); ++c) {
            if (!givesWay(table.columns[c].kind) || widths[c] <= kNarrowestText) {
                continue;
            }
            if (widest == widths.size() || widths[c] > widths[widest]) {
                second = widest == widths.size() ? second : std::max(second, widths[widest]);
                widest = c;
            } else {
                second = std::max(second, widths[c]);
            }
        }
        if (widest == widths.size()) {
            return;
        }
        const double step = std::min(excess, std::max(widths[widest] - second, 10.0));
        widths[widest] -= step;
        excess -= step;
    }
}

std::vector<double> fitWidths(const Table &table, double width)
{
    std::vector<double> widths = naturalWidths(table, 1);
    double wanted = std::accumulate(widths.begin(), widths.end(), 0.0);
    if (wanted > width) {
        widths = naturalWidths(table, 2);
        wanted = std::accumulate(widths.begin(), widths.end(), 0.0);
    }
    if (wanted > width) {
        shrinkText(table, widths, wanted - width);
        const double now = std::accumulate(widths.begin(), widths.end(), 0.0);
        for (double &w : widths) {
            w *= std::min(1.0, width / now); // more number columns than the page holds
        }
        return widths;
    }
    const auto texts = std::count_if(table.columns.begin(), table.columns.end(), [](const Column &c) {
        return c.kind != Column::Kind::Number;
    });
    for (std::size_t c = 0; c < widths.size(); ++c) {
        if (texts == 0) {
            widths[c] += (width - wanted) / static_cast<double>(widths.size());
        } else if (table.columns[c].kind != Column::Kind::Number) {
            widths[c] += (width - wanted) / static_cast<double>(texts);
        }
    }
    return widths;
}

} // namespace

TableLayout measureTable(const Table &table, double width)
{
    TableLayout layout;
    layout.widths = fitWidths(table, width);
    double left = 0;
    for (const double w : layout.widths) {
        layout.lefts.push_back(left);
        left += w;
    }
    const auto cell = [&](const QString &text, std::size_t column, Face face) {
        const double room = layout.widths[column] - 2 * kCellPadding;
        if (table.columns[column].kind == Column::Kind::Wrapped) {
            return TableLayout::Cell{wrapped(text, face, room, kMaxCellLines)};
        }
        return TableLayout::Cell{{elided(text, face, room)}};
    };
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const double room = layout.widths[c] - 2 * kCellPadding;
        layout.header.cells.push_back({wrapped(onOneLine(table.columns[c].title), Face::Strong, room, 2)});
    }
    for (const QStringList &row : table.rows) {
        TableLayout::Row placed;
        placed.total = table.totalRow && &row == &table.rows.back();
        for (std::size_t c = 0; c < table.columns.size(); ++c) {
            placed.cells.push_back(
                cell(cellText(table, row, c), c, placed.total ? Face::Strong : Face::Body));
        }
        layout.rows.push_back(std::move(placed));
    }
    const auto close = [](TableLayout::Row &row, Face face) {
        qsizetype lines = 1;
        for (const TableLayout::Cell &c : row.cells) {
            lines = std::max(lines, c.lines.size());
        }
        row.height = static_cast<double>(lines) * lineHeight(face) + 2 * kRowPadding;
    };
    close(layout.header, Face::Strong);
    for (TableLayout::Row &row : layout.rows) {
        close(row, row.total ? Face::Strong : Face::Body);
    }
    return layout;
}

} // namespace perennial::report
