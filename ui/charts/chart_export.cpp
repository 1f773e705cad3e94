#include "ui/charts/chart_export.h"

#include "ui/charts/chart_canvas.h"
#include "ui/charts/chart_paint.h"

#include <QBuffer>
#include <QFileInfo>
#include <QFontMetricsF>
#include <QPainter>
#include <QPdfWriter>
#include <QSaveFile>
#include <QSvgGenerator>

#include <cmath>

namespace perennial {

namespace {

constexpr double kEdge = 16;

/// Title, chart and caption into (0, 0, size), in px at 96 dpi.
void paintPicture(QPainter &painter, const ChartPicture &picture)
{
    const Tokens &tokens = lightTokens();
    const QSizeF size = picture.size;
    painter.fillRect(QRectF(QPointF(), size), tokens.surface);
    QFont font = chartFont(16);
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(tokens.text);
    const double titleHeight = picture.title.isEmpty() ? 0 : QFontMetricsF(font).height() + 8;
    painter.drawText(QRectF(kEdge, kEdge, size.width() - 2 * kEdge, titleHeight),
                     Qt::AlignLeft | Qt::AlignTop, picture.title);
    painter.setFont(chartFont(12));
    const double captionHeight =
        picture.caption.isEmpty() ? 0 : QFontMetricsF(chartFont(12)).height() * 2;
    const QRectF chart(kEdge, kEdge + titleHeight, size.width() - 2 * kEdge,
                       size.height() - 2 * kEdge - titleHeight - captionHeight);
    paintChart(painter, chart, picture.spec, tokens);
    painter.setFont(chartFont(12));
    painter.setPen(tokens.quiet);
    painter.drawText(QRectF(kEdge, chart.bottom(), chart.width(), captionHeight),
                     Qt::AlignLeft | Qt::AlignBottom | Qt::TextWordWrap, picture.caption);
}

QByteArray svgOf(const ChartPicture &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QSvgGenerator generator;
    generator.setOutputDevice(&buffer);
    generator.setResolution(96);
    generator.setSize(picture.size.toSize());
    generator.setViewBox(QRectF(QPointF(), picture.size));
    generator.setTitle(picture.title);
    QPainter painter(&generator);
    paintPicture(painter, picture);
    painter.end();
    return bytes;
}

QByteArray pdfOf(const ChartPicture &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(96);
    writer.setTitle(picture.title);
    writer.setPageSize(
        QPageSize(picture.size * 72.0 / 96.0, QPageSize::Point, QString(), QPageSize::ExactMatch));
    writer.setPageMargins({});
    QPainter painter(&writer);
    paintPicture(painter, picture);
    painter.end();
    return bytes;
}

QByteArray pngOf(const ChartPicture &picture)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    chartImage(picture).save(&buffer, "PNG");
    return bytes;
}

QByteArray csvCell(const QString &text)
{
    bool isNumber = false;
    text.toDouble(&isNumber);
    QString cell = text;
    if (!isNumber && !cell.isEmpty() && QStringLiteral("=+-@\t\r").contains(cell.front())) {
        cell.prepend(QLatin1Char('\''));
    }
    if (cell.contains(QLatin1Char('"')) || cell.contains(QLatin1Char(',')) ||
        cell.contains(QLatin1Char('\n')) || cell.contains(QLatin1Char('\r'))) {
        cell.replace(QLatin1String("\""), QLatin1String("\"\""));
        cell = QLatin1Char('"') + cell + QLatin1Char('"');
    }
    return cell.toUtf8();
}

QByteArray csvLine(const QStringList &cells)
{
    QByteArray line;
    for (const QString &cell : cells) {
        if (&cell != &cells.front()) {
            line += ',';
        }
        line += csvCell(cell);
    }
    return line + "\r\n";
}

} // namespace

QImage chartImage(const ChartPicture &picture, double scale)
{
    QImage image((picture.size * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    paintPicture(painter, picture);
    painter.end();
    image.setDevicePixelRatio(1);
    return image;
}

QByteArray chartCsv(const ChartSpec &spec)
{
    const ChartTable table = chartTable(spec);
    QByteArray csv = csvLine(table.header);
    for (const QStringList &row : table.rows) {
        csv += csvLine(row);
    }
    return csv;
}

Status exportChart(const ChartPicture &picture, const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    QByteArray bytes;
    if (ending == QLatin1String("png")) {
        bytes = pngOf(picture);
    } else if (ending == QLatin1String("svg")) {
        bytes = svgOf(picture);
    } else if (ending == QLatin1String("pdf")) {
        bytes = pdfOf(picture);
    } else if (ending == QLatin1String("csv")) {
        bytes = chartCsv(picture.spec);
    } else {
        return fail(ErrorCode::InvalidArgument, ending.toStdString(), path.toStdString());
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return fail(ErrorCode::NotWritable, file.errorString().toStdString(), path.toStdString());
    }
    if (file.write(bytes) != bytes.size() || !file.commit()) {
        return fail(ErrorCode::IoFailed, file.errorString().toStdString(), path.toStdString());
    }
    return Done{};
}

} // namespace perennial
