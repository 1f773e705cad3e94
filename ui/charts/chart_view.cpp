#include "ui/charts/chart_view.h"

#include "ui/widgets/labels.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>
#include <limits>

namespace perennial {

namespace {

constexpr double kReach = 24; ///< px from the pointer within which a point counts as meant

double distance(const QRectF &area, const QPointF &at)
{
    const QPointF d = area.center() - at;
    return std::hypot(d.x(), d.y());
}

} // namespace

ChartView::ChartView(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Chart"));
}

void ChartView::setSpec(ChartSpec spec)
{
    m_spec = std::move(spec);
    m_current = -1;
    setAccessibleDescription(chartDescription(m_spec));
    invalidate();
}

void ChartView::setSelected(std::optional<std::pair<int, int>> seriesAndIndex)
{
    m_selected = seriesAndIndex;
    update();
}

void ChartView::setBusy(bool busy)
{
    m_busy = busy;
    update();
}

QSize ChartView::sizeHint() const
{
    return {480, 260};
}
QSize ChartView::minimumSizeHint() const
{
    return {200, 140};
}

void ChartView::invalidate()
{
    m_picture = QPixmap();
    update();
}

void ChartView::render()
{
    m_picture = QPixmap(size() * devicePixelRatioF());
    m_picture.setDevicePixelRatio(devicePixelRatioF());
    m_picture.fill(Qt::transparent);
    QPainter painter(&m_picture);
    painter.setRenderHint(QPainter::Antialiasing);
    m_marks = paintChart(painter, QRectF(rect()), m_spec, tokensFor(palette()));
}

void ChartView::paintEvent(QPaintEvent *)
{
    if (m_picture.isNull() || m_picture.devicePixelRatio() != devicePixelRatioF()) {
        render();
    }
    QPainter painter(this);
    painter.setOpacity(m_busy ? 0.45 : 1.0);
    painter.drawPixmap(0, 0, m_picture);
    paintOverlay(painter);
}

void ChartView::paintOverlay(QPainter &painter) const
{
    const Tokens &tokens = tokensFor(palette());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    for (std::size_t i = 0; i < m_marks.marks.size(); ++i) {
        const ChartMark &mark = m_marks.marks[i];
        const bool selected =
            m_selected && m_selected->first == mark.series && m_selected->second == mark.index;
        const bool current = static_cast<int>(i) == m_current;
        if (selected || current) {
            painter.setPen(QPen(selected ? tokens.accent : tokens.quiet, selected ? 2 : 1));
            if (mark.shape.isEmpty()) {
                painter.drawRoundedRect(mark.area.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2);
            } else {
                painter.drawPath(mark.shape);
            }
        }
    }
    if (hasFocus()) {
        painter.setPen(QPen(tokens.accent, 1));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
    }
}

void ChartView::resizeEvent(QResizeEvent *)
{
    invalidate();
}

void ChartView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange ||
        event->type() == QEvent::StyleChange) {
        invalidate();
    }
    QWidget::changeEvent(event);
}

int ChartView::markAt(const QPointF &at) const
{
    int best = -1;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < m_marks.marks.size(); ++i) {
        const ChartMark &mark = m_marks.marks[i];
        if (!mark.shape.isEmpty()) {
            if (mark.shape.contains(at)) {
                return static_cast<int>(i);
            }
            continue;
        }
        const QRectF &area = mark.area;
        const double d = distance(area, at);
        const bool inside = area.contains(at);
        const double reach = inside ? d : d + kReach; // what is under the pointer comes first
        if ((inside || d < kReach) && reach < least) {
            least = reach;
            best = static_cast<int>(i);
        }
    }
    return best;
}

void ChartView::setCurrent(int mark, bool showTip)
{
    if (mark != m_current) {
        m_current = mark;
        update();
    }
    if (mark < 0) {
        QToolTip::hideText();
        return;
    }
    const ChartMark &at = m_marks.marks[static_cast<std::size_t>(mark)];
    if (showTip) {
        const QPointF tip(at.area.center().x(), std::max(0.0, at.area.top()));
        QToolTip::showText(mapToGlobal(tip.toPoint()), plainToolTip(at.text), this);
        setAccessibleDescription(at.text);
    }
}

void ChartView::mouseMoveEvent(QMouseEvent *event)
{
    const int mark = markAt(event->position());
    setCurrent(mark, false);
    if (mark >= 0) {
        QToolTip::showText(event->globalPosition().toPoint(),
                           plainToolTip(m_marks.marks[static_cast<std::size_t>(mark)].text), this);
    }
}

void ChartView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton) {
        QWidget::mousePressEvent(event);
        return;
    }
    setFocus(Qt::MouseFocusReason);
    const int mark = markAt(event->position());
    if (mark >= 0) {
        const ChartMark at = m_marks.marks[static_cast<std::size_t>(mark)];
        Q_EMIT markClicked(at.series, at.index);
    } else {
        Q_EMIT selectionCleared();
    }
}

void ChartView::leaveEvent(QEvent *)
{
    setCurrent(-1, false);
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    const int count = static_cast<int>(m_marks.marks.size());
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        if (count > 0) {
            setCurrent((m_current + 1) % count, true);
        }
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        if (count > 0) {
            setCurrent((std::max(m_current, 0) + count - 1) % count, true);
        }
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0 && m_current < count) {
            const ChartMark at = m_marks.marks[static_cast<std::size_t>(m_current)];
            Q_EMIT markClicked(at.series, at.index);
        }
        return;
    case Qt::Key_Escape:
        setCurrent(-1, false);
        Q_EMIT selectionCleared();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ChartView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void ChartView::focusOutEvent(QFocusEvent *event)
{
    setCurrent(-1, false);
    QWidget::focusOutEvent(event);
    update();
}

} // namespace perennial
