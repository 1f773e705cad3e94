#include "ui/widgets/count_suffix.h"

#include <QSpinBox>

namespace perennial {

void setCountSuffix(QSpinBox &box, const QString &one, const QString &many)
{
    const auto show = [&box, one, many](int value) { box.setSuffix(value == 1 ? one : many); };
    QObject::connect(&box, &QSpinBox::valueChanged, &box, show);
    show(box.value());
}

} // namespace perennial
