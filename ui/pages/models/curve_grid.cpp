#include "ui/pages/models/curve_grid.h"

#include "ui/charts/chart_card.h"
#include "ui/theme/theme.h"

#include <QGridLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kChartHeight = 210;
constexpr int kLeastWidth = 300;

} // namespace

CurveGrid::CurveGrid(QWidget *parent) : QWidget(parent), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(kCardGap);
}

ChartCard *CurveGrid::cardAt(std::size_t index)
{
    while (m_cards.size() <= index) {
        auto *card = new ChartCard({}, this);
        card->setFixedHeight(kChartHeight);
        QSizePolicy policy = card->sizePolicy();
        policy.setHorizontalPolicy(QSizePolicy::Ignored);
        card->setSizePolicy(policy);
        m_cards.push_back(card);
    }
    return m_cards[index];
}

void CurveGrid::setRuns(const std::vector<CurveRun> &runs, const QString &empty)
{
    std::vector<CurveChart> charts = curveCharts(runs);
    if (charts.empty()) {
        charts.push_back({tr("Learning curves"), {}, {LineChart{}, empty, {}}});
    }
    for (std::size_t i = 0; i < charts.size(); ++i) {
        ChartCard *card = cardAt(i);
        card->setTitle(charts[i].title);
        card->setDefinition(charts[i].definition);
        card->setSpec(charts[i].spec);
    }
    if (m_used != charts.size()) {
        m_used = charts.size();
        m_columns = 0;
        arrange();
    }
}

void CurveGrid::arrange()
{
    const int fit = std::max(1, (width() + kCardGap) / (kLeastWidth + kCardGap));
    const int columns = std::min(fit, std::max(static_cast<int>(m_used), 1));
    if (columns == m_columns) {
        return;
    }
    for (int c = 0; c < std::max(columns, m_grid->columnCount()); ++c) {
        m_grid->setColumnStretch(c, c < columns ? 1 : 0);
    }
    m_columns = columns;
    for (std::size_t i = 0; i < m_cards.size(); ++i) {
        m_grid->removeWidget(m_cards[i]);
        m_cards[i]->setVisible(i < m_used);
        if (i < m_used) {
            m_grid->addWidget(m_cards[i], static_cast<int>(i) / columns,
                              static_cast<int>(i) % columns);
        }
    }
}

void CurveGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace perennial
