#include "ui/report/chart_figure.h"

#include "ui/charts/chart_paint.h"
#include "ui/report/page_document.h"

#include <QPaintDevice>
#include <QPainter>

#include <memory>

namespace perennial::report {
namespace {

constexpr double kUnitsPerPixel = 72.0 / 96.0 * kUnitsPerPoint;

} // namespace

Figure chartFigure(const QString &title, double heightPoints, ChartSpec spec, const QString &caption)
{
    const auto shared = std::make_shared<const ChartSpec>(std::move(spec));
    const auto paint = [shared](QPainter &painter, const QRectF &box) {
        // A chart sizes its type by the device's resolution; a page is in units whatever the device.
        const double own = std::max(0.1, painter.device()->logicalDpiX() / 96.0);
        const double scale = kUnitsPerPixel / own;
        painter.translate(box.topLeft());
        painter.scale(scale, scale);
        paintChart(painter, QRectF(0, 0, box.width() / scale, box.height() / scale), *shared,
                   lightTokens());
    };
    return {title, heightPoints, paint, caption};
}

} // namespace perennial::report
