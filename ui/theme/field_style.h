#pragma once

#include <QProxyStyle>

namespace perennial {

/// Fusion with an edge around fields and check boxes that can be seen on a dark ground too: Fusion
/// takes it from the window's colour, darker.
class FieldStyle : public QProxyStyle {
    Q_OBJECT

public:
    FieldStyle();
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option,
                            QPainter *painter, const QWidget *widget) const override;
};

} // namespace perennial
