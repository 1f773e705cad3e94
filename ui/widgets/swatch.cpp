#include "ui/widgets/swatch.h"

#include <QPainter>
#include <QPixmap>

namespace perennial {

QIcon swatchIcon(Ink ink)
{
    QPixmap swatch(24, 24);
    swatch.fill(Qt::transparent);
    QPainter painter(&swatch);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(lightTokens().color(ink));
    painter.drawEllipse(3, 3, 18, 18);
    return QIcon(swatch);
}

} // namespace perennial
