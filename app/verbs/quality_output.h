#pragma once

#include "core/tuning/run_quality.h"

#include <QString>
#include <QStringList>

namespace perennial {

/// Each head's figures with their intervals.
QStringList figureLines(const std::vector<HeadQuality> &heads, const QString &indent);
/// The same, with reliability tables and deciles.
QStringList qualityLines(const RunQuality &quality);

} // namespace perennial
