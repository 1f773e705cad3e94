#include "ui/pages/user_chooser.h"

#include "core/segment/segment_users.h"
#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/scored_page.h"
#include "ui/pages/selection_actions.h"
#include "ui/wording/format.h"

#include <QMenu>
#include <QSignalBlocker>

#include <algorithm>

namespace perennial {

namespace {

/// The words of the first two, and how many more there are.
QString wordsOf(const std::vector<UsersBehind> &users)
{
    QStringList words;
    for (const UsersBehind &one : users) {
        const QString text = one.known() ? one.known()->text : one.text();
        if (!words.contains(text)) {
            words << text;
        }
    }
    constexpr qsizetype kMost = 2;
    const qsizetype more = words.size() - kMost;
    const QString first = words.mid(0, kMost).join(UserChooser::tr(" or "));
    return more > 0 ? UserChooser::tr("%1 or %2 more").arg(first, countText(more)) : first;
}

Result<UserIds> idsOf(Project &project, const UsersBehind &one, const Task &task)
{
    return one.find() ? one.find()(project, task) : Result<UserIds>(one.known()->only);
}

/// The users of any of some marks. Where each has a rule, theirs is told by it.
/// @param everybody a segment that knows where all users stand.
Result<UserSelection> usersOfAny(Project &project, const std::vector<UsersBehind> &users, Day snapshot,
                                 const SegmentChoice &everybody, const Task &task)
{
    std::vector<SegmentRule> rules;
    std::vector<std::int64_t> ids;
    bool told = true;
    for (const UsersBehind &one : users) {
        const auto rule = one.known() ? ruleOfSelection(*one.known(), snapshot) : std::nullopt;
        if (rule) {
            rules.push_back(*rule);
            continue;
        }
        told = false;
        const auto found = idsOf(project, one, task);
        if (!found) {
            return found.error();
        }
        if (*found) {
            ids.insert(ids.end(), (*found)->begin(), (*found)->end());
        }
    }
    const SegmentRule any = rules.size() == 1 ? rules.front() : anyOf(rules);
    const auto states = everybody.everybodysStates(project, task);
    if (!states) {
        return states.error();
    }
    const auto meeting = usersOfSegment(project, any, task, *states);
    if (!meeting) {
        return meeting.error();
    }
    ids.insert(ids.end(), meeting->users->begin(), meeting->users->end());
    std::ranges::sort(ids);
    ids.erase(std::ranges::unique(ids).begin(), ids.end());
    return UserSelection{wordsOf(users), {}, std::make_shared<const std::vector<std::int64_t>>(std::move(ids)),
                         told ? std::optional(any) : std::nullopt};
}

} // namespace

UserChooser::UserChooser(const PageContext &context, QObject *parent)
    : QObject(parent), m_context(context),
      m_group(QStringLiteral("users-behind-%1").arg(reinterpret_cast<quintptr>(this)))
{
}

void UserChooser::byMarks(ChartCard *card, MarkChoice choice)
{
    m_cards.push_back(card);
    card->view().setBrushable(true);
    connect(card, &ChartCard::marksBrushed, this,
            [this, card, choice](const std::vector<std::pair<int, int>> &marks, const QPoint &at) {
                chooseMarks(card, marks, at, choice);
            });
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
        if (!at.isValid()) {
            return; // the table has been filled anew, and has selected what it had
        }
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

void UserChooser::chooseMarks(ChartCard *card, const std::vector<std::pair<int, int>> &marks,
                              const QPoint &at, const MarkChoice &choice)
{
    std::vector<UsersBehind> users;
    std::vector<std::pair<int, int>> meant;
    for (const auto &[series, index] : marks) {
        UsersBehind one = choice(series, index);
        if (one.known() || one.find()) {
            users.push_back(std::move(one));
            meant.emplace_back(series, index);
        }
    }
    if (users.empty() || !m_context.session.label()) {
        release();
        return;
    }
    m_context.jobs.cancelGroup(m_group);
    readScored<UserSelection>(
        m_context, this, card->title(), m_group,
        [users, snapshot = m_context.session.label()->snapshot,
         segment = m_context.session.segment()](Project &project, const Task &task) {
            return usersOfAny(project, users, snapshot, *segment, task);
        },
        [this, card, meant, at](Result<UserSelection> selection) {
            if (!selection) {
                return; // cancelled, or gone: nobody is chosen
            }
            Q_EMIT chosen(*selection);
            card->view().setSelected(meant);
            auto *menu = new QMenu(card);
            menu->setAttribute(Qt::WA_DeleteOnClose);
            addSelectionActions(menu, m_context, *selection, card);
            menu->popup(at);
        });
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
