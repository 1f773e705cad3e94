#pragma once

#include <QLineF>
#include <QPageSize>
#include <QRectF>
#include <QString>

#include <functional>
#include <vector>

class QFont;
class QPainter;

namespace perennial::report {

/// Pages are laid out in tenths of a point: fine enough that font metrics need no fractions, and the
/// resolution the PDF is written at.
inline constexpr double kUnitsPerPoint = 10.0;
inline constexpr double kMarginMillimetres = 18.0;
inline constexpr double kUnitsPerMillimetre = 72.0 / 25.4 * kUnitsPerPoint;

enum class Face { Title, Headline, Lead, Heading, Body, Strong, Caption, Value };
enum class PageInk { Text, Quiet, Line, Raised, Accent, Warn };

/// The font of a face, sized in units.
QFont fontOf(Face face);

/// One line of plain text; never wider than its box.
struct TextRun {
    QRectF box;
    QString text;
    Face face = Face::Body;
    PageInk ink = PageInk::Text;
    Qt::Alignment align = Qt::AlignLeft;
};
struct Rule {
    QLineF line;
    PageInk ink = PageInk::Line;
};
struct Fill {
    QRectF box;
    PageInk ink = PageInk::Raised;
};
/// Something that paints itself: a chart by the screen's paint path. The rectangle is in units.
struct Graphic {
    QRectF box;
    std::function<void(QPainter &, const QRectF &)> paint;
};

/// One page, already laid out: what is painted and where.
struct PageContent {
    QString headline;
    std::vector<Fill> fills;
    std::vector<Rule> rules;
    std::vector<Graphic> graphics;
    std::vector<TextRun> texts;
};

struct PageDocument {
    QPageSize size{QPageSize::A4};
    QString title;
    std::vector<PageContent> pages;
    std::vector<int> partPages; ///< first page of each part, from 0

    QSizeF extent() const; ///< of a page, in units
    QRectF frame() const;  ///< the page inside its margins
};

/// Paints one page in units, in the light theme. The same for the preview, the PDF and tests.
void paintPage(QPainter &painter, const PageDocument &document, int page);

} // namespace perennial::report
