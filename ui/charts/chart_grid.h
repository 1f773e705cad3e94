#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;

namespace perennial {

class ChartCard;

/// Chart cards of one height, as many side by side as fit. They are made as they are needed and
/// stay: a chart gets new values, not a new widget.
class ChartGrid : public QWidget {
    Q_OBJECT

public:
    /// @param leastWidth a card gets, in pixels, where it does not stand alone.
    ChartGrid(int height, int leastWidth, QWidget *parent = nullptr);

    /// The card of this number, made where there are fewer.
    ChartCard *at(qsizetype index);
    /// Only the first so many are shown.
    void setUsed(qsizetype cards);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void arrange();

    int m_height, m_leastWidth;
    QGridLayout *m_grid;
    QList<ChartCard *> m_cards;
    qsizetype m_used = 0;
    int m_columns = 0; ///< 0 = to be arranged anew
};

} // namespace perennial
