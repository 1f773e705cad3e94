#pragma once

#include "ui/charts/chart_paint.h"

#include <QPixmap>
#include <QWidget>

#include <optional>
#include <utility>
#include <vector>

namespace perennial {

/// A mark by its series and index.
using MarkId = std::pair<int, int>;

/// A chart on screen: hover shows exact values, click or Enter picks a mark, arrow keys walk the
/// marks, Esc clears. Where it is brushable, dragging over marks picks them together; so do Shift and
/// the arrow keys, then Enter.
class ChartView : public QWidget {
    Q_OBJECT

public:
    explicit ChartView(QWidget *parent = nullptr);

    void setSpec(ChartSpec spec);
    const ChartSpec &spec() const noexcept { return m_spec; }
    /// Outlines a mark as selected, without a signal.
    void setSelected(std::optional<MarkId> mark);
    void setSelected(std::vector<MarkId> marks) { m_selected = std::move(marks), update(); }
    std::optional<MarkId> selected() const; ///< none where there are several, or none
    void setBrushable(bool brushable) { m_brushable = brushable; }
    /// Dimmed while new content is computed.
    void setBusy(bool busy);
    const ChartMarks &marks() const noexcept { return m_marks; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void markClicked(int series, int index);
    /// Each once, in the order in which they are painted. @param at where a menu on them belongs
    void marksBrushed(const std::vector<std::pair<int, int>> &marks, const QPoint &at);
    void selectionCleared();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void invalidate();
    void render();
    int markAt(const QPointF &at) const;
    void setCurrent(int mark, bool showTip);
    void clickAt(const QPointF &at);
    /// The marks that the brush touches, or that the keys have gone over.
    std::vector<MarkId> brushed() const;
    void finishBrush(const QPoint &at);
    void stopBrush();
    void walk(int by, bool extend);
    void pickCurrent();
    void paintOverlay(QPainter &painter) const;

    ChartSpec m_spec;
    ChartMarks m_marks;
    QPixmap m_picture;
    int m_current = -1; ///< hovered or walked to, index into m_marks.marks
    std::vector<MarkId> m_selected;
    bool m_brushable = false;
    std::optional<QPointF> m_pressed; ///< by the left button, which is still down
    QRectF m_brush;                   ///< empty = nothing is being dragged over
    int m_anchor = -1;                ///< where Shift began to walk, index into m_marks.marks
    bool m_busy = false;
};

} // namespace perennial
