#pragma once

#include "ui/models/user_selection.h"
#include "ui/models/user_table_model.h"

#include <QTimer>
#include <QWidget>

#include <functional>

class QLabel;
class QLineEdit;
class QMenu;
class QPushButton;
class QToolButton;

namespace perennial {

class FilterRow;
class TableView;

/// "Users behind the selection": search field, sortable paged table whose first column stays, a row
/// of column filters, column chooser, totals and sums of the selection, copy as TSV, CSV export. Follows the session's
/// segment.
class UserTableView : public QWidget {
    Q_OBJECT

public:
    UserTableView(ProjectSession &session, JobRunner &jobs, QWidget *parent = nullptr);

    /// Reads again (new data) with the same sorting and search; empty without scores.
    void refresh();
    UserTableModel &model() noexcept { return *m_model; }
    /// Shows these users only, besides segment and search; a chip says so and lets them go.
    void setSelection(const std::optional<UserSelection> &selection);
    const std::optional<UserSelection> &selection() const noexcept { return m_selection; }
    /// From now on shows users of every stage, whatever the session's segment.
    void ignoreSegment() { m_followsSegment = false; }
    /// From now on the first user is selected whenever a table was read and none is.
    void selectFirstByItself();
    /// Adds to the menu beside the chip of a selection, whenever it is opened.
    using SelectionMenu = std::function<void(QMenu *menu, const UserSelection &selection)>;
    void setSelectionMenu(SelectionMenu fill);
    /// In the context menu of the table.
    void addUserAction(QAction *action);
    qint64 selectedUser() const; ///< 0 = none
    QString selectedKey() const;

Q_SIGNALS:
    void selectionReleased(); ///< by the chip
    void userSelected(qint64 user, const QString &key);
    void exported(const QString &path, qint64 rows);
    void exportFailed(const perennial::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *makeBar();
    void setUpTable();
    void widenToHeaders();
    void setUpFilters();
    void setUpFrozenColumn();
    void placeFrozenColumn();
    UserTableQuery wantedQuery() const;
    void applySearch();
    void showTotals();
    void showSelection();
    void exportCsv();
    void fillColumnMenu();

    ProjectSession &m_session;
    JobRunner &m_jobs;
    UserTableModel *m_model = nullptr;
    TableView *m_table = nullptr;
    TableView *m_frozen = nullptr; ///< lies over the table and shows its first column only
    QLineEdit *m_search = nullptr;
    QPushButton *m_chip = nullptr;
    QToolButton *m_chipMenu = nullptr; ///< what can be done with the selection
    QToolButton *m_filter = nullptr;
    FilterRow *m_filters = nullptr;
    std::optional<UserSelection> m_selection;
    bool m_followsSegment = true;
    QToolButton *m_columns = nullptr;
    QLabel *m_totals = nullptr;
    QTimer m_searchDelay;
};

} // namespace perennial
