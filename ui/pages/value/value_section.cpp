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
    m_chooser = new UserChooser(context, this);
    connect(m_chooser, &UserChooser::chosen, this, &ValueSection::usersChosen);
    connect(m_chooser, &UserChooser::released, this, &ValueSection::usersReleased);
}

void ValueSection::refreshIfStale()
{
    if (m_stale) {
        m_stale = false;
        refresh();
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

ChartSpec sentence(const QString &text)
{
    ChartSpec spec;
    spec.empty = text;
    return spec;
}

} // namespace perennial
