#include "ui/theme/field_style.h"

#include <QPainter>
#include <QStyleFactory>
#include <QStyleOption>

namespace perennial {

namespace {

constexpr int kDark = 128; ///< lightness below which a ground is dark
constexpr double kCorner = 2.0;

void drawEdge(const QStyleOption *option, QPainter *painter)
{
    const bool dark = option->palette.color(QPalette::Window).lightness() < kDark;
    if (!dark || option->state.testFlag(QStyle::State_HasFocus)) {
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

FieldStyle::FieldStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
{
}

void FieldStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option,
                               QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (element == PE_IndicatorCheckBox || element == PE_IndicatorItemViewItemCheck ||
        element == PE_FrameLineEdit) {
        drawEdge(option, painter);
    }
}

void FieldStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                                    QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawComplexControl(control, option, painter, widget);
    if (control == CC_SpinBox || control == CC_ComboBox) {
        drawEdge(option, painter);
    }
}

} // namespace perennial
