#pragma once

#include <QRectF>
#include <QString>
#include <QStringList>

#include <functional>
#include <variant>
#include <vector>

class QPainter;

namespace perennial::report {

/// What a section says, in the order it says it; the flow decides where it stands. All text is
/// plain: nothing in it is ever read as markup.
struct Paragraph {
    enum class Tone { Body, Note, Warning };
    QString text;
    Tone tone = Tone::Body;
};

struct KeyFigure {
    QString label, value, note;
};
struct KeyFigures {
    std::vector<KeyFigure> items;
};

struct Column {
    enum class Kind {
        Text,    ///< one line, gives way and is elided where the table is too wide
        Label,   ///< one line of known, short words: a date, a stage; never elided
        Number,  ///< right-aligned, never elided
        Wrapped, ///< as many lines as it takes, at most 8
    };
    QString title;
    Kind kind = Kind::Text;
};
/// Rows may be shorter than `columns`; missing cells are drawn as "–".
struct Table {
    QString title;
    std::vector<Column> columns;
    std::vector<QStringList> rows;
    QString whenEmpty; ///< said instead of the table where there is no row
    QString note;
    bool totalRow = false; ///< the last row is the sum of the others
};

/// A chart, painted as vectors by whoever supplies it. Height in points.
struct Figure {
    QString title;
    double height = 180;
    std::function<void(QPainter &, const QRectF &)> paint;
    QString caption;
};
/// Figures side by side, the same height.
struct FigureRow {
    std::vector<Figure> figures;
};

using Block = std::variant<Paragraph, KeyFigures, Table, FigureRow>;

/// A message and what supports it; begins a page, whose headline it is.
struct Part {
    QString headline;
    QString lead;
    std::vector<Block> blocks;
};

} // namespace perennial::report
