#pragma once

#include "ui/models/user_selection.h"
#include "ui/pages/page.h"

#include <functional>

class QPoint;

namespace perennial {

class ChartCard;
class TableView;

/// Whom a mark of a chart or a row of a table stands for: nobody, users known already, or users that
/// a worker has to look for.
class UsersBehind {
public:
    using Find = std::function<Result<UserIds>(Project &, const Task &)>;

    UsersBehind(std::nullopt_t) {}
    UsersBehind(UserSelection users) : m_known(std::move(users)) {}
    UsersBehind(std::optional<UserSelection> users) : m_known(std::move(users)) {}
    UsersBehind(QString text, Find find) : m_text(std::move(text)), m_find(std::move(find)) {}

    const std::optional<UserSelection> &known() const noexcept { return m_known; }
    const Find &find() const noexcept { return m_find; } ///< empty where there is nothing to look for
    const QString &text() const noexcept { return m_text; }

private:
    std::optional<UserSelection> m_known;
    QString m_text;
    Find m_find;
};

/// The marks of some charts and the rows of some tables choose the users that they stand for. A
/// second click on a mark, Esc or a click beside the marks lets them go; so does a mark of nobody.
/// Several marks that were dragged over choose the users of any of them, and open a menu on them.
class UserChooser : public QObject {
    Q_OBJECT

public:
    /// @param parent lives no longer than the page of the context.
    explicit UserChooser(const PageContext &context, QObject *parent = nullptr);

    using MarkChoice = std::function<UsersBehind(int series, int index)>;
    void byMarks(ChartCard *card, MarkChoice choice);
    /// By click, arrow keys or Enter. @param choice gets the row as given to setRows, and the column
    /// that was clicked. Several rows selected together choose nobody: they are to be copied.
    using RowChoice = std::function<UsersBehind(int row, int column)>;
    void byRows(TableView *table, RowChoice choice);
    /// At once, as by a button. @param outline shows what was chosen, once it is.
    void choose(const UsersBehind &users, std::function<void()> outline = [] {});

    void release();
    /// No mark is outlined, no row selected any more; without a signal.
    void clearMarks();

Q_SIGNALS:
    void chosen(const perennial::UserSelection &users); ///< whoever shows them clears all marks
    void released();

private:
    void chooseMarks(ChartCard *card, const std::vector<std::pair<int, int>> &marks, const QPoint &at,
                     const MarkChoice &choice);
    void chooseRow(TableView *table, int row, const RowChoice &choice);

    PageContext m_context;
    QString m_group; ///< of looking for users
    std::vector<ChartCard *> m_cards;
    std::vector<TableView *> m_tables;
};

} // namespace perennial
