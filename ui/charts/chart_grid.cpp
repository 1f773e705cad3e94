#include "ui/charts/chart_grid.h"

#include "ui/charts/chart_card.h"
#include "ui/theme/theme.h"

#include <QGridLayout>

#include <algorithm>

namespace perennial {

ChartGrid::ChartGrid(int height, int leastWidth, QWidget *parent)
    : QWidget(parent), m_height(height), m_leastWidth(leastWidth), m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(kCardGap);
}

ChartCard *ChartGrid::at(qsizetype index)
{
    while (m_cards.size() <= index) {
        auto *card = new ChartCard({}, this);
        card->setFixedHeight(m_height);
        QSizePolicy policy = card->sizePolicy();
        policy.setHorizontalPolicy(QSizePolicy::Ignored); // the grid alone decides
        card->setSizePolicy(policy);
        card->hide();
        m_cards.push_back(card);
    }
    return m_cards[index];
}

void ChartGrid::setUsed(qsizetype cards)
{
    if (m_used != cards) {
        m_used = cards;
        m_columns = 0;
        arrange();
    }
}

void ChartGrid::arrange()
{
    const int fit = std::max(1, (width() + kCardGap) / (m_leastWidth + kCardGap));
    const int columns = std::min(fit, std::max(static_cast<int>(m_used), 1));
    if (columns == m_columns) {
        return;
    }
    for (int c = 0; c < std::max(columns, m_grid->columnCount()); ++c) {
        m_grid->setColumnStretch(c, c < columns ? 1 : 0);
    }
    m_columns = columns;
    for (int i = 0; i < m_cards.size(); ++i) {
        ChartCard *card = m_cards[i];
        m_grid->removeWidget(card);
        card->setVisible(i < m_used);
        if (i < m_used) {
            m_grid->addWidget(card, i / columns, i % columns);
        }
    }
}

void ChartGrid::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

} // namespace perennial
