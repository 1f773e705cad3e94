#pragma once

#include "ui/theme/tokens.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <variant>
#include <vector>

namespace perennial {

/// Charts are plain values: a page fills a ChartSpec and hands it to a ChartCard; the same value is
/// painted on screen, to PNG, SVG, PDF and into reports, and is its own data table. Values that are
/// not finite are gaps, never drawn.

struct AxisSpec {
    enum class Scale {
        Linear,
        Log,     ///< positive values; decades as ticks
        Date,    ///< values are Days; ticks "Mar 2010"
        Percent, ///< values are shares in [0, 1]; ticks "25 %"
    };
    QString title; ///< with its unit: "Users", "Predicted value, £"
    Scale scale = Scale::Linear;
    std::optional<double> min, max; ///< forced ends; else from the data, with 0 for bars
    bool whole = false;             ///< counts things: no ticks between whole numbers
    bool bare = false;              ///< without ticks: its values say nothing
};

struct LineSeries {
    QString name;                     ///< its direct label
    QString longName;                 ///< on hover and in the data table; the label where empty
    std::vector<double> x, y;         ///< same size, x ascending
    std::vector<double> lower, upper; ///< interval band: empty, or the size of y
    Ink ink = Ink::Auto;
    bool line = true, points = false;
    bool stepped = false;               ///< flat from each point to the next, as survival curves are
    bool predicted = false;             ///< drawn at 45 %
    std::optional<double> immatureFrom; ///< from this x on dashed, with rings: not complete yet
    std::optional<double> labelAt;      ///< y of the direct label; the last value where absent
    QStringList notes;                  ///< a line more per point on hover; empty = none

    bool isImmature(double at) const noexcept { return immatureFrom && at > *immatureFrom; }
};
/// Lines, bands and points: learning curves, survival, reliability (with `diagonal`).
struct LineChart {
    AxisSpec x, y;
    std::vector<LineSeries> series;
    /// A legend of what solid, dashed and pale lines stand for, where their colour says something
    /// else; an empty text has no entry.
    QString solidMeans, immatureMeans, predictedMeans;
    bool diagonal = false;       ///< y = x as a quiet reference line
    std::optional<double> markX; ///< a quiet vertical line, e.g. the best epoch
    QString markLabel;
    bool yFromZero = false;
};

/// Adjacent bars over edges, e.g. a distribution. With a Log x the edges are positive and the
/// mass at 0 is a bar of its own, left of them.
struct Histogram {
    AxisSpec x, y;
    std::vector<double> edges;       ///< n + 1, ascending
    std::vector<double> counts;      ///< n, >= 0
    std::optional<double> zeroCount; ///< mark index -1
    QString zeroLabel;               ///< "0" where empty
    Ink ink = Ink::Accent;
    bool predicted = false;
    std::optional<double> markX;
    QString markLabel;
};

/// Horizontal bars with value and share at their end, e.g. the stages; in the order given.
struct CategoryBar {
    QString label;
    double value = 0;
    Ink ink = Ink::Accent;
    QString valueText; ///< shown at the bar; the short number where empty
    QString note;      ///< quiet text after it, e.g. the share "12.3 %"
    bool predicted = false;
    double from = 0; ///< where the bar begins; the bars of a waterfall step from one to the next
};
struct CategoryBars {
    AxisSpec value;
    std::vector<CategoryBar> bars;
};

/// Vertical bars per period, stacked; negative values go below zero. `net` is a line over them.
struct StackSeries {
    QString name;
    Ink ink = Ink::Auto;
    std::vector<double> values; ///< one per position
};
struct StackedBars {
    AxisSpec x, y;
    std::vector<double> at;          ///< positions (Days where x is Date), ascending
    QStringList labels;              ///< instead of `at` where x is not a date: one per position
    std::vector<StackSeries> series; ///< legend order
    QString netName;
    std::vector<double> net; ///< empty = none
    int immatureLast = 0;    ///< this many last positions are hatched
};

/// Values with intervals in rows, against a reference: scenarios, parameters.
struct ForestRow {
    QString label;
    double value = 0, lower = 0, upper = 0;
    Ink ink = Ink::Auto;
    QString note; ///< at the right; the interval where empty
};
struct ForestPlot {
    AxisSpec x;
    std::vector<ForestRow> rows;
    std::optional<double> reference = 0.0; ///< a quiet vertical line
};

/// Cells of a table by colour: what is missing, when events happen. A value that is not finite is a
/// hatched cell.
struct HeatMap {
    QStringList rows, columns;
    std::vector<std::vector<double>> values; ///< one vector per row, one value per column, >= 0
    AxisSpec value;                          ///< what a cell counts; `max` = the end of the colours
    QString rowTitle, columnTitle;           ///< what the labels are, with the unit; may be empty
    std::vector<QStringList> notes;          ///< a line more per cell on hover; empty = none
    /// Like `values`: a value that is not complete yet, hatched over its colour; empty = none is.
    std::vector<std::vector<bool>> immature;
    bool rowScale = false; ///< the colours of each row end at its own largest value
};

/// Users who went from one state to another: two columns of blocks, and bands between them whose
/// widths are counts. Marks: a band is (from, to); a block at the left (from, -1), at the right
/// (-1, to).
struct SankeyNode {
    QString label;
    Ink ink = Ink::Auto;
};
struct SankeyChart {
    QString fromTitle, toTitle;   ///< over the columns: "2010-05-31"
    QString unit;                 ///< what is counted: "users"
    std::vector<SankeyNode> from, to;
    std::vector<std::vector<double>> flow; ///< [from][to], >= 0
    std::vector<std::vector<QString>> notes; ///< a line more per band on hover; empty = none
};

using ChartBody = std::variant<std::monostate, LineChart, Histogram, CategoryBars, StackedBars,
                               ForestPlot, HeatMap, SankeyChart>;

struct ChartSpec {
    ChartBody body;
    QString empty;       ///< one sentence shown where there is nothing to draw
    QString description; ///< for screen readers; made from the data where empty
};

/// Is there at least one finite value to draw?
bool hasData(const ChartSpec &spec);

/// The chart's numbers as a table: for "Show data table", CSV and screen readers.
struct ChartTable {
    QStringList header;
    std::vector<QStringList> rows; ///< numbers in C locale, unrounded; empty text where missing
};
ChartTable chartTable(const ChartSpec &spec);
QString chartDescription(const ChartSpec &spec);

} // namespace perennial
