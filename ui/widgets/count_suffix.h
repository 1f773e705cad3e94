#pragma once

#include <QString>

class QSpinBox;

namespace perennial {

/// The unit behind a number that may be one: " day", " days".
void setCountSuffix(QSpinBox &box, const QString &one, const QString &many);

} // namespace perennial
