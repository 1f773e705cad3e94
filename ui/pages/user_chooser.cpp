#include "ui/pages/user_chooser.h"

#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/scored_page.h"

#include <QSignalBlocker>

namespace perennial {

UserChooser::UserChooser(const PageContext &context, QObject *parent)
    : QObject(parent), m_context(context),
      m_group(QStringLiteral("users-behind-%1").arg(reinterpret_cast<quintptr>(this)))
{
}

void UserChooser::byMarks(ChartCard *card, MarkChoice choice)
{
    m_cards.push_back(card);
    connect(card, &ChartCard::markClicked, this,
            [this, card, choice = std::move(choice)](int series, int index) {
                const auto mark = std::pair(series, index);
                if (card->view().selected() == mark) {
                    release();
                } else {
                    choose(choice(series, index), [card, mark] { card->view().setSelected(mark); });
                }
            });
    connect(card, &ChartCard::selectionCleared, this, &UserChooser::release);
}

void UserChooser::byRows(TableView *table, RowChoice choice)
{
    m_tables.push_back(table);
    const auto take = [this, table, choice = std::move(choice)](int row) {
        if (row >= 0) {
            chooseRow(table, row, choice);
        } else {
            release();
        }
    };
    connect(table, &TableView::rowSelected, this, take);
    connect(table, &TableView::rowActivated, this, take);
}

void UserChooser::chooseRow(TableView *table, int row, const RowChoice &choice)
{
    if (table->selectionModel()->selectedRows().size() > 1) {
        return;
    }
    const QPersistentModelIndex at = table->currentIndex();
    choose(choice(row, std::max(0, at.column())), [table, at] {
        const QSignalBlocker quiet(table);
        table->selectionModel()->select(at, QItemSelectionModel::ClearAndSelect |
                                                QItemSelectionModel::Rows);
    });
}

void UserChooser::choose(const UsersBehind &users, std::function<void()> outline)
{
    m_context.jobs.cancelGroup(m_group);
    if (users.known()) {
        Q_EMIT chosen(*users.known());
        outline();
    } else if (users.find()) {
        readScored<UserIds>(
            m_context, this, users.text(), m_group, users.find(),
            [this, text = users.text(), outline = std::move(outline)](Result<UserIds> ids) {
                if (ids) { // else cancelled, or gone: nobody is chosen
                    Q_EMIT chosen({text, {}, *std::move(ids)});
                    outline();
                }
            });
    } else {
        release();
    }
}

void UserChooser::release()
{
    m_context.jobs.cancelGroup(m_group);
    clearMarks();
    Q_EMIT released();
}

void UserChooser::clearMarks()
{
    for (ChartCard *card : m_cards) {
        card->view().setSelected(std::nullopt);
    }
    for (TableView *table : m_tables) {
        const QSignalBlocker quiet(table);
        table->clearSelection();
    }
}

} // namespace perennial
