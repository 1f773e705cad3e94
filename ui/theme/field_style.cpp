#include "ui/theme/field_style.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace perennial {

namespace {

constexpr int kDark = 128; ///< lightness below which a ground is dark
constexpr double kCorner = 2.0;

/// On a dark ground only: Fusion's own edge does on a light one.
void drawEdge(const QStyleOption *option, QPainter *painter)
{
    if (option->palette.color(QPalette::Window).lightness() >= kDark) {
        return;
    }
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(option->palette.color(QPalette::PlaceholderText));
    painter->setBrush(Qt::NoBrush);
    painter->drawRoundedRect(QRectF(option->rect).adjusted(0.5, 0.5, -0.5, -0.5), kCorner, kCorner);
    painter->restore();
}

} // namespace

FieldStyle::FieldStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void FieldStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    const bool focused = option->state.testFlag(State_HasFocus); // a field is then framed already
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck ||
        (element == PE_FrameLineEdit && !focused)) {
        drawEdge(option, painter);
    }
}

void FieldStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    const bool field = control == CC_SpinBox || control == CC_ComboBox;
    if (field && !option->state.testFlag(State_HasFocus)) {
        drawEdge(option, painter);
    }
}

} // namespace perennial
