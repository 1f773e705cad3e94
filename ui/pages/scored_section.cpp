#include "ui/pages/scored_section.h"

#include "ui/charts/chart_card.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kChartHeight = 280;

} // namespace

ScoredSection::ScoredSection(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(kCardGap);
    m_chooser = new UserChooser(context, this);
    connect(m_chooser, &UserChooser::chosen, this, &ScoredSection::usersChosen);
    connect(m_chooser, &UserChooser::released, this, &ScoredSection::usersReleased);
}

void ScoredSection::refreshIfStale()
{
    if (m_stale) {
        m_stale = false;
        refresh();
    }
}

void ScoredSection::setBusy(const std::vector<Card *> &cards, bool busy)
{
    for (Card *card : cards) {
        card->setBusy(busy);
    }
}

void ScoredSection::addRow(const std::vector<std::pair<QWidget *, int>> &cards)
{
    addCardRow(m_column, cards);
}

ChartCard *ScoredSection::makeChart(const QString &title, const QString &definition)
{
    auto *card = new ChartCard(title);
    card->setDefinition(definition);
    card->setMinimumHeight(kChartHeight);
    return card;
}

ChartSpec sentence(const QString &text)
{
    ChartSpec spec;
    spec.empty = text;
    return spec;
}

} // namespace perennial
