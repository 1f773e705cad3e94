#pragma once

#include "ui/pages/models/curve_charts.h"

#include <QWidget>

#include <vector>

class QGridLayout;

namespace perennial {

class ChartCard;

/// The learning curves of one run, or of several over each other: as many charts side by side as
/// fit. Charts stay and get new values while a training goes on.
class CurveGrid : public QWidget {
    Q_OBJECT

public:
    explicit CurveGrid(QWidget *parent = nullptr);

    /// @param empty the sentence where there is nothing to draw.
    void setRuns(const std::vector<CurveRun> &runs, const QString &empty);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    ChartCard *cardAt(std::size_t index);
    void arrange();

    QGridLayout *m_grid;
    std::vector<ChartCard *> m_cards;
    std::size_t m_used = 0;
    int m_columns = 0;
};

} // namespace perennial
