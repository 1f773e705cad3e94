#include "ui/charts/chart_view.h"

#include "ui/widgets/labels.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
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
    stopBrush(); // its marks are gone
    setAccessibleDescription(chartDescription(m_spec));
    invalidate();
}

void ChartView::setSelected(std::optional<MarkId> mark)
{
    setSelected(mark ? std::vector<MarkId>{*mark} : std::vector<MarkId>());
}

std::optional<MarkId> ChartView::selected() const
{
    return m_selected.size() == 1 ? std::optional(m_selected.front()) : std::nullopt;
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
    const std::vector<MarkId> touched = brushed();
    const auto isIn = [](const std::vector<MarkId> &marks, const ChartMark &mark) {
        return std::ranges::find(marks, MarkId(mark.series, mark.index)) != marks.end();
    };
    for (std::size_t i = 0; i < m_marks.marks.size(); ++i) {
        const ChartMark &mark = m_marks.marks[i];
        const bool selected = isIn(m_selected, mark) || isIn(touched, mark);
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
    if (!m_brush.isEmpty()) {
        QColor wash = tokens.accent;
        wash.setAlphaF(0.15F);
        painter.setPen(QPen(tokens.accent, 1));
        painter.setBrush(wash);
        painter.drawRect(m_brush);
        painter.setBrush(Qt::NoBrush);
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
    if (m_brushable && m_pressed) {
        const QPointF way = event->position() - *m_pressed;
        if (!m_brush.isEmpty() || way.manhattanLength() >= QApplication::startDragDistance()) {
            // At least a pixel each way: along a row of bars nobody moves up or down.
            m_brush = QRectF(*m_pressed, event->position()).normalized().adjusted(-0.5, -0.5, 0.5, 0.5);
            setCurrent(-1, false);
            update();
            return;
        }
    }
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
    m_anchor = -1;
    m_pressed = event->position();
}

void ChartView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !m_pressed) { // Esc has let go of it
        QWidget::mouseReleaseEvent(event);
        return;
    }
    if (m_brush.isEmpty()) {
        const QPointF at = *m_pressed;
        m_pressed.reset();
        clickAt(at);
    } else {
        finishBrush(event->globalPosition().toPoint());
    }
}

void ChartView::clickAt(const QPointF &at)
{
    const int mark = markAt(at);
    if (mark >= 0) {
        const ChartMark meant = m_marks.marks[static_cast<std::size_t>(mark)];
        Q_EMIT markClicked(meant.series, meant.index);
    } else {
        Q_EMIT selectionCleared();
    }
}

std::vector<MarkId> ChartView::brushed() const
{
    std::vector<MarkId> touched;
    const int from = std::min(m_anchor, m_current), to = std::max(m_anchor, m_current);
    for (int i = 0; i < static_cast<int>(m_marks.marks.size()); ++i) {
        const ChartMark &mark = m_marks.marks[static_cast<std::size_t>(i)];
        const bool walked = m_anchor >= 0 && i >= from && i <= to;
        const MarkId id(mark.series, mark.index);
        const bool isUnder = !m_brush.isEmpty() && (mark.shape.isEmpty()
                                                        ? m_brush.intersects(mark.area)
                                                        : mark.shape.intersects(m_brush));
        if ((walked || isUnder) &&
            std::ranges::find(touched, id) == touched.end()) {
            touched.push_back(id);
        }
    }
    return touched;
}

void ChartView::finishBrush(const QPoint &at)
{
    const std::vector<MarkId> touched = brushed();
    stopBrush();
    if (touched.empty()) {
        Q_EMIT selectionCleared();
    } else {
        Q_EMIT marksBrushed(touched, at);
    }
}

void ChartView::stopBrush()
{
    m_pressed.reset();
    m_brush = QRectF();
    m_anchor = -1;
    update();
}

/// @param extend from the mark where this began to the one walked to.
void ChartView::walk(int by, bool extend)
{
    const int count = static_cast<int>(m_marks.marks.size());
    if (count == 0) {
        return;
    }
    if (!extend || !m_brushable) {
        m_anchor = -1;
    } else if (m_anchor < 0) {
        m_anchor = std::max(m_current, 0);
    }
    const int from = by > 0 || m_current >= 0 ? m_current : 0;
    setCurrent(extend && m_anchor >= 0 ? std::clamp(from + by, 0, count - 1)
                                       : (from + by + count) % count,
               true);
    update();
}

void ChartView::leaveEvent(QEvent *)
{
    m_anchor = -1;
    setCurrent(-1, false);
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    const bool extend = event->modifiers().testFlag(Qt::ShiftModifier);
    switch (event->key()) {
    case Qt::Key_Right:
    case Qt::Key_Down:
        walk(1, extend);
        return;
    case Qt::Key_Left:
    case Qt::Key_Up:
        walk(-1, extend);
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        pickCurrent();
        return;
    case Qt::Key_Escape:
        stopBrush();
        setCurrent(-1, false);
        Q_EMIT selectionCleared();
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

void ChartView::pickCurrent()
{
    if (m_current < 0 || m_current >= static_cast<int>(m_marks.marks.size())) {
        return;
    }
    const ChartMark at = m_marks.marks[static_cast<std::size_t>(m_current)];
    if (m_anchor >= 0) {
        finishBrush(mapToGlobal(at.area.center().toPoint()));
    } else {
        Q_EMIT markClicked(at.series, at.index);
    }
}

void ChartView::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    update();
}

void ChartView::focusOutEvent(QFocusEvent *event)
{
    m_anchor = -1;
    setCurrent(-1, false);
    QWidget::focusOutEvent(event);
    update();
}

} // namespace perennial
