#pragma once

#include "ui/charts/chart_paint.h"

#include <QPixmap>
#include <QWidget>

#include <optional>

namespace perennial {

/// A chart on screen: hover shows exact values, click or Enter picks a mark, arrow keys walk the
/// marks, Esc clears.
class ChartView : public QWidget {
    Q_OBJECT

public:
    explicit ChartView(QWidget *parent = nullptr);

    void setSpec(ChartSpec spec);
    const ChartSpec &spec() const noexcept { return m_spec; }
    /// Outlines a mark as selected, without a signal.
    void setSelected(std::optional<std::pair<int, int>> seriesAndIndex);
    const std::optional<std::pair<int, int>> &selected() const noexcept { return m_selected; }
    /// Dimmed while new content is computed.
    void setBusy(bool busy);
    const ChartMarks &marks() const noexcept { return m_marks; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void markClicked(int series, int index);
    void selectionCleared();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    void invalidate();
    void render();
    int markAt(const QPointF &at) const;
    void setCurrent(int mark, bool showTip);
    void paintOverlay(QPainter &painter) const;

    ChartSpec m_spec;
    ChartMarks m_marks;
    QPixmap m_picture;
    int m_current = -1; ///< hovered or walked to, index into m_marks.marks
    std::optional<std::pair<int, int>> m_selected;
    bool m_busy = false;
};

} // namespace perennial
