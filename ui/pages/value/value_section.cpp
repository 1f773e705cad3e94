#include "ui/pages/value/value_section.h"

#include "ui/charts/chart_card.h"
#include "ui/theme/theme.h"

#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kChartHeight = 280;

} // namespace

ValueSection::ValueSection(const PageContext &context, QWidget *parent)
    : QWidget(parent), m_context(context), m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(kCardGap);
}

void ValueSection::refreshIfStale()
{
    if (m_stale) {
        m_stale = false;
        refresh();
    }
}

void ValueSection::clearMarks()
{
    for (ChartCard *card : findChildren<ChartCard *>()) {
        card->view().setSelected(std::nullopt);
    }
}

void ValueSection::addRow(const std::vector<std::pair<QWidget *, int>> &cards)
{
    addCardRow(m_column, cards);
}

ChartCard *ValueSection::makeChart(const QString &title, const QString &definition)
{
    auto *card = new ChartCard(title);
    card->setDefinition(definition);
    card->setMinimumHeight(kChartHeight);
    return card;
}

void ValueSection::chooseByMarks(ChartCard *card, Choice choice)
{
    connect(card, &ChartCard::markClicked, this,
            [this, card, choice = std::move(choice)](int series, int index) {
                const auto mark = std::pair(series, index);
                const auto users = choice(series, index);
                if (!users || card->view().selected() == mark) {
                    clearMarks();
                    Q_EMIT usersReleased();
                    return;
                }
                Q_EMIT usersChosen(*users); // the page clears all marks
                card->view().setSelected(mark);
            });
    connect(card, &ChartCard::selectionCleared, this, [this] {
        clearMarks();
        Q_EMIT usersReleased();
    });
}

ChartSpec sentence(const QString &text)
{
    ChartSpec spec;
    spec.empty = text;
    return spec;
}

} // namespace perennial
