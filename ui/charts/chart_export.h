#pragma once

#include "core/base/result.h"
#include "ui/charts/chart_spec.h"

#include <QImage>
#include <QSizeF>

namespace perennial {

/// Exports are in the light theme with the title above and the caption below.
struct ChartPicture {
    QString title, caption;
    ChartSpec spec;
    QSizeF size{960, 540}; ///< px at 96 dpi
};

QImage chartImage(const ChartPicture &picture, double scale = 2.0);
/// By the ending of the name: png, svg, pdf or csv. @error InvalidArgument (another ending),
/// NotWritable, IoFailed.
Status exportChart(const ChartPicture &picture, const QString &path);
/// The data table as RFC 4180 text; text cells that a spreadsheet would run as formulas get a
/// leading apostrophe.
QByteArray chartCsv(const ChartSpec &spec);

} // namespace perennial
