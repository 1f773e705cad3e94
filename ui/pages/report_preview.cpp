#include "ui/pages/report_preview.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QScrollBar>

namespace perennial {

namespace {

constexpr int kPageGap = 16;
constexpr double kDimmed = 0.45;

} // namespace

ReportPreview::ReportPreview(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Preview of the report's pages"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn); // a bar that comes and goes would relayout
    m_timer.setSingleShot(true);
    m_timer.setInterval(0);
    connect(&m_timer, &QTimer::timeout, this, &ReportPreview::paintNext);
}

void ReportPreview::setDocument(report::PageDocument document)
{
    m_document = std::move(document);
    m_busy = false;
    rebuild();
}

void ReportPreview::setBusy(bool busy)
{
    m_busy = busy;
    viewport()->update();
}

void ReportPreview::setColumns(int columns)
{
    m_columns = std::max(1, columns);
    rebuild();
}

QSize ReportPreview::pageSize() const
{
    const int width = (viewport()->width() - kPageGap * (m_columns + 1)) / m_columns;
    const QSizeF extent = m_document.extent();
    const double ratio = extent.isEmpty() ? 1.414 : extent.height() / extent.width();
    const int usable = std::clamp(width, 60, 1100);
    return {usable, static_cast<int>(usable * ratio)};
}

QRect ReportPreview::pageRect(int page) const
{
    const QSize size = pageSize();
    const int row = page / m_columns;
    const int column = page % m_columns;
    const int width = m_columns * (size.width() + kPageGap) - kPageGap;
    const int left = std::max(kPageGap, (viewport()->width() - width) / 2);
    return {QPoint(left + column * (size.width() + kPageGap),
                   kPageGap + row * (size.height() + kPageGap) - verticalScrollBar()->value()),
            size};
}

void ReportPreview::rebuild()
{
    m_pixmaps.assign(m_document.pages.size(), {});
    m_next = 0;
    const int rows = (pages() + m_columns - 1) / m_columns;
    const int height = rows * (pageSize().height() + kPageGap) + kPageGap;
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(48);
    m_timer.start();
    viewport()->update();
}

void ReportPreview::paintNext()
{
    if (isComplete()) {
        return;
    }
    const QSize size = pageSize();
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(size * ratio);
    pixmap.fill(Qt::white);
    QPainter painter(&pixmap);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    const double scale = pixmap.width() / m_document.extent().width();
    painter.scale(scale, scale);
    report::paintPage(painter, m_document, m_next);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    m_pixmaps[static_cast<std::size_t>(m_next)] = std::move(pixmap);
    ++m_next;
    viewport()->update();
    if (isComplete()) {
        Q_EMIT completed();
    } else {
        m_timer.start();
    }
}

void ReportPreview::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    rebuild();
}

void ReportPreview::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const Tokens &tokens = tokensFor(palette());
    painter.fillRect(viewport()->rect(), tokens.ground);
    painter.setOpacity(m_busy ? kDimmed : 1.0);
    for (int page = 0; page < pages(); ++page) {
        const QRect rect = pageRect(page);
        if (!rect.intersects(viewport()->rect())) {
            continue;
        }
        painter.fillRect(rect, Qt::white);
        const QPixmap &pixmap = m_pixmaps[static_cast<std::size_t>(page)];
        if (!pixmap.isNull()) {
            painter.drawPixmap(rect.topLeft(), pixmap);
        }
        painter.setPen(tokens.line);
        painter.drawRect(rect.adjusted(-1, -1, 0, 0));
    }
}

} // namespace perennial
