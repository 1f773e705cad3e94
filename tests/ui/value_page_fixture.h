#pragma once

#include "scored_fixture.h"

#include "ui/charts/chart_card.h"
#include "ui/models/user_table_view.h"
#include "ui/pages/value/value_page.h"

namespace perennial {

/// Sections of the page Value, in order.
enum ValueSections { kDistribution, kMatrix, kCohorts, kGroups, kModel, kCheck, kWhatIf };

/// The visible chart whose title begins so; null where there is none.
inline ChartCard *findChart(const QWidget &page, const QString &title)
{
    for (ChartCard *card : page.findChildren<ChartCard *>()) {
        if (card->isVisible() && card->title().startsWith(title)) {
            return card;
        }
    }
    return nullptr;
}

/// Users in the page's table once a mark of a chart was clicked.
inline qint64 usersAfterClick(PageFixture &f, ValuePage &page, ChartCard &card, int series,
                              int index)
{
    Q_EMIT card.markClicked(series, index);
    f.settle();
    return page.findChild<UserTableView *>()->model().totals().users;
}

} // namespace perennial
