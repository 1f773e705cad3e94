#include "ui/report/page_document.h"

#include "ui/theme/tokens.h"

#include <QFont>
#include <QPainter>

namespace perennial::report {
namespace {

struct FaceStyle {
    double points;
    QFont::Weight weight;
};

FaceStyle styleOf(Face face)
{
    switch (face) {
    case Face::Title:
        return {9.0, QFont::DemiBold};
    case Face::Headline:
        return {16.0, QFont::DemiBold};
    case Face::Lead:
        return {10.0, QFont::Normal};
    case Face::Heading:
        return {10.0, QFont::DemiBold};
    case Face::Strong:
        return {8.5, QFont::DemiBold};
    case Face::Caption:
        return {7.5, QFont::Normal};
    case Face::Value:
        return {15.0, QFont::DemiBold};
    case Face::Body:
        break;
    }
    return {8.5, QFont::Normal};
}

QColor colourOf(PageInk ink, const Tokens &tokens)
{
    switch (ink) {
    case PageInk::Quiet:
        return tokens.quiet;
    case PageInk::Line:
        return tokens.line;
    case PageInk::Raised:
        return tokens.raised;
    case PageInk::Accent:
        return tokens.accent;
    case PageInk::Warn:
        return tokens.warn;
    case PageInk::Text:
        break;
    }
    return tokens.text;
}

} // namespace

QFont fontOf(Face face)
{
    const FaceStyle style = styleOf(face);
    QFont font;
    font.setPixelSize(qRound(style.points * kUnitsPerPoint));
    font.setWeight(style.weight);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

QSizeF PageDocument::extent() const { return size.size(QPageSize::Point) * kUnitsPerPoint; }

QRectF PageDocument::frame() const
{
    const double margin = kMarginMillimetres * kUnitsPerMillimetre;
    return QRectF(QPointF(0, 0), extent()).adjusted(margin, margin, -margin, -margin);
}

void paintPage(QPainter &painter, const PageDocument &document, int page)
{
    const Tokens &tokens = lightTokens();
    const PageContent &content = document.pages.at(static_cast<std::size_t>(page));
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Fill &fill : content.fills) {
        painter.fillRect(fill.box, colourOf(fill.ink, tokens));
    }
    for (const Rule &rule : content.rules) {
        painter.setPen(QPen(colourOf(rule.ink, tokens), 0.5 * kUnitsPerPoint));
        painter.drawLine(rule.line);
    }
    for (const Graphic &graphic : content.graphics) {
        painter.save();
        graphic.paint(painter, graphic.box);
        painter.restore();
    }
    for (const TextRun &run : content.texts) {
        painter.setFont(fontOf(run.face));
        painter.setPen(colourOf(run.ink, tokens));
        painter.drawText(run.box, static_cast<int>(run.align | Qt::AlignVCenter) |
                             Qt::TextSingleLine | Qt::TextDontClip,
                         run.text);
    }
}

} // namespace perennial::report
