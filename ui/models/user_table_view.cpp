#include "ui/models/user_table_view.h"

#include "core/export/tables.h"
#include "ui/models/filter_row.h"
#include "ui/models/table_view.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/save_dialog.h"
#include "ui/wording/format.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

constexpr int kSearchDelayMs = 250;
constexpr int kHeaderRoom = 44, kKeyWidth = 128, kColumnWidth = 96; ///< px
constexpr int kMostSummed = 20'000; ///< rows of a selection that are added up

int columnIndex(UserColumn column)
{
    const auto &all = UserTableModel::columns();
    return static_cast<int>(std::find(all.begin(), all.end(), column) - all.begin());
}

} // namespace

UserTableView::UserTableView(ProjectSession &session, JobRunner &jobs, QWidget *parent)
    : QWidget(parent), m_session(session), m_jobs(jobs),
      m_model(new UserTableModel(session, jobs, this))
{
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kGap);
    all->addWidget(makeBar());
    setUpTable();
    setUpFilters();
    all->addWidget(m_filters);
    all->addWidget(m_table, 1);
    setUpFrozenColumn();
    fillColumnMenu();
    connect(m_model, &UserTableModel::queryDone, this, &UserTableView::showTotals);
    m_searchDelay.setSingleShot(true);
    m_searchDelay.setInterval(kSearchDelayMs);
    connect(&m_searchDelay, &QTimer::timeout, this, &UserTableView::applySearch);
    connect(&session, &ProjectSession::segmentChanged, this, [this] {
        if (isVisible()) {
            refresh();
        }
    });
}

QWidget *UserTableView::makeBar()
{
    auto *bar = new QWidget;
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(2 * kGap);
    m_search = new QLineEdit;
    m_search->setPlaceholderText(tr("Search user"));
    m_search->setAccessibleName(tr("Search user"));
    m_search->setClearButtonEnabled(true);
    m_search->setMaximumWidth(240);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_searchDelay.start(); });
    connect(m_search, &QLineEdit::returnPressed, this, &UserTableView::applySearch);
    row->addWidget(m_search);
    m_chip = pushButton({});
    m_chip->setProperty("role", "chip");
    m_chip->setAccessibleName(tr("Show all users again"));
    m_chip->hide();
    connect(m_chip, &QPushButton::clicked, this, [this] {
        setSelection(std::nullopt);
        Q_EMIT selectionReleased();
    });
    row->addWidget(m_chip);
    m_chipMenu = iconButton(QStringLiteral(":/icons/more.svg"), tr("Do with these users"));
    m_chipMenu->setPopupMode(QToolButton::InstantPopup);
    m_chipMenu->hide();
    row->addWidget(m_chipMenu);
    m_totals = plainLabel();
    m_totals->setProperty("role", "caption");
    m_totals->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    row->addWidget(m_totals, 1);
    m_filter = iconButton(QStringLiteral(":/icons/filter.svg"), tr("Filter by columns"));
    m_filter->setCheckable(true);
    row->addWidget(m_filter);
    m_columns = iconButton(QStringLiteral(":/icons/columns.svg"), tr("Choose columns"));
    m_columns->setPopupMode(QToolButton::InstantPopup);
    row->addWidget(m_columns);
    auto *save = iconButton(QStringLiteral(":/icons/export.svg"), tr("Export users as CSV"));
    connect(save, &QToolButton::clicked, this, &UserTableView::exportCsv);
    row->addWidget(save);
    return bar;
}

void UserTableView::setUpTable()
{
    m_table = new TableView(tr("Users"));
    m_table->setModel(m_model);
    m_table->setMinimumHeight(120);
    QHeaderView *header = m_table->horizontalHeader();
    header->setSortIndicator(columnIndex(m_model->query().sort), Qt::DescendingOrder);
    m_table->setSortingEnabled(true);
    widenToHeaders();
    connect(m_model, &UserTableModel::modelReset, this, [this] {
        widenToHeaders(); // a currency has come into them
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &current) {
                const QVariant id = current.data(UserTableModel::kUserIdRole);
                if (id.isValid()) {
                    Q_EMIT userSelected(id.toLongLong(),
                                        current.data(UserTableModel::kUserKeyRole).toString());
                }
            });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this,
            &UserTableView::showSelection);
}

/// Every header with its sort arrow fits; what was made wider by hand stays.
void UserTableView::widenToHeaders()
{
    for (int c = 0; c < m_model->columnCount(); ++c) {
        const QString title = m_model->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString();
        const int least = std::max(m_table->fontMetrics().horizontalAdvance(title) + kHeaderRoom,
                                   c == 0 ? kKeyWidth : kColumnWidth);
        if (!m_table->isColumnHidden(c) && m_table->columnWidth(c) < least) {
            m_table->setColumnWidth(c, least);
        }
    }
}

void UserTableView::setUpFilters()
{
    m_filters = new FilterRow(m_table->horizontalHeader(), UserTableModel::columns());
    m_filters->hide();
    connect(m_filters, &FilterRow::changed, this, [this] { m_searchDelay.start(); });
    connect(m_table->horizontalScrollBar(), &QScrollBar::valueChanged, m_filters,
            &FilterRow::place);
    connect(m_filter, &QToolButton::toggled, this, [this](bool shown) {
        m_filters->setVisible(shown);
        if (!shown) {
            m_filters->clear(); // what can't be seen does not filter
        }
    });
}

/// Qt has no frozen columns: a second view of the same model and selection lies over the first
/// column and scrolls along.
void UserTableView::setUpFrozenColumn()
{
    m_frozen = new TableView(tr("Users, first column"), m_table);
    m_frozen->setModel(m_model);
    m_frozen->setSelectionModel(m_table->selectionModel());
    m_frozen->setFocusPolicy(Qt::NoFocus);
    m_frozen->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_frozen->setFrameShape(QFrame::NoFrame);
    m_frozen->setProperty("role", "frozen");
    m_frozen->horizontalHeader()->setStretchLastSection(false);
    m_frozen->horizontalHeader()->setSectionsClickable(true);
    connect(m_frozen->horizontalHeader(), &QHeaderView::sectionClicked, this, [this](int section) {
        const QHeaderView *header = m_table->horizontalHeader();
        const bool again = header->sortIndicatorSection() == section &&
                           header->sortIndicatorOrder() == Qt::AscendingOrder;
        m_table->sortByColumn(section, again ? Qt::DescendingOrder : Qt::AscendingOrder);
    });
    for (int c = 1; c < m_model->columnCount(); ++c) {
        m_frozen->setColumnHidden(c, true);
    }
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, m_frozen->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(m_frozen->verticalScrollBar(), &QScrollBar::valueChanged, m_table->verticalScrollBar(),
            &QScrollBar::setValue);
    connect(m_table->horizontalScrollBar(), &QScrollBar::valueChanged, this,
            &UserTableView::placeFrozenColumn);
    connect(m_table->horizontalHeader(), &QHeaderView::sectionResized, this,
            &UserTableView::placeFrozenColumn);
    m_table->installEventFilter(this);
    placeFrozenColumn();
}

void UserTableView::placeFrozenColumn()
{
    const int width = m_table->columnWidth(0);
    m_frozen->setColumnWidth(0, width);
    const int edge = m_table->frameWidth();
    m_frozen->setGeometry(edge, edge, width,
                          m_table->viewport()->height() + m_table->horizontalHeader()->height());
    m_frozen->setVisible(m_table->horizontalScrollBar()->value() > 0 &&
                         !m_table->isColumnHidden(0));
    m_frozen->verticalScrollBar()->setValue(m_table->verticalScrollBar()->value());
}

bool UserTableView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table && event->type() == QEvent::Resize) {
        placeFrozenColumn();
    }
    return QWidget::eventFilter(watched, event);
}

void UserTableView::refresh()
{
    const UserTableQuery query = wantedQuery();
    m_model->setSegment(m_followsSegment ? m_session.segment() : everybody());
    if (query == m_model->query()) {
        m_model->reload();
    } else {
        m_model->setQuery(query);
    }
    const bool behavior = m_session.label() && m_session.label()->behaviorRun != 0;
    m_table->setColumnHidden(columnIndex(UserColumn::BehaviorValue), !behavior);
    fillColumnMenu();
}

UserTableQuery UserTableView::wantedQuery() const
{
    UserTableQuery query = m_model->query();
    query.search = m_search->text().trimmed().toStdString();
    query.ranges = m_filters->ranges();
    if (m_selection) {
        query.ranges.insert(query.ranges.end(), m_selection->ranges.begin(),
                            m_selection->ranges.end());
    }
    query.only = m_selection ? m_selection->only : nullptr;
    return query;
}

void UserTableView::applySearch()
{
    m_searchDelay.stop();
    m_model->setQuery(wantedQuery());
}

void UserTableView::setSelection(const std::optional<UserSelection> &selection)
{
    if (selection == m_selection) {
        return;
    }
    m_selection = selection;
    m_chip->setVisible(selection.has_value());
    m_chipMenu->setVisible(selection && m_chipMenu->menu());
    if (selection) {
        m_chip->setText(tr("%1  ×").arg(selection->text));
        m_chip->setAccessibleName(tr("Show all users again, not only %1").arg(selection->text));
    }
    applySearch();
}

void UserTableView::setSelectionMenu(SelectionMenu fill)
{
    auto *menu = new QMenu(m_chipMenu);
    m_chipMenu->setMenu(menu);
    m_chipMenu->setVisible(m_selection.has_value());
    connect(menu, &QMenu::aboutToShow, this, [this, menu, fill = std::move(fill)] {
        menu->clear();
        if (m_selection) {
            fill(menu, *m_selection);
        }
    });
}

void UserTableView::showTotals()
{
    const UserTableTotals &t = m_model->totals();
    const QString currency = QString::fromStdString(m_session.settings().currency);
    const bool predicted = m_session.label() && m_session.label()->valueRun != 0;
    m_totals->setText(m_session.label() ? tr("%1 · %2 · realised %3 · predicted %4")
                                              .arg(usersText(t.users), ordersText(t.orders),
                                                   shortMoneyText(t.realised, currency),
                                                   predicted ? shortMoneyText(t.predictedValue,
                                                                              currency)
                                                             : kMissing)
                                        : QString());
}

void UserTableView::showSelection()
{
    const QItemSelection selection = m_table->selectionModel()->selection();
    qint64 users = 0;
    double realised = 0, predicted = 0;
    bool complete = true;
    for (const QItemSelectionRange &range : selection) {
        users += range.height();
        complete = complete && users <= kMostSummed;
        for (int r = range.top(); complete && r <= range.bottom(); ++r) {
            const UserTableRow *row = m_model->row(r);
            complete = row != nullptr;
            if (row) {
                realised += row->state.realised;
                predicted += row->state.predictedValue.value_or(0.0);
            }
        }
    }
    if (users < 2) {
        showTotals();
        return;
    }
    const QString currency = QString::fromStdString(m_session.settings().currency);
    m_totals->setText(complete ? tr("%1 selected · realised %2 · predicted %3")
                                     .arg(usersText(users), shortMoneyText(realised, currency),
                                          shortMoneyText(predicted, currency))
                               : tr("%1 selected").arg(usersText(users)));
}

void UserTableView::selectFirstByItself()
{
    const auto select = [this] {
        const QModelIndex first = m_model->index(0, 0);
        (void)first.data(Qt::DisplayRole); // has the first page read where it is not
        if (first.data(UserTableModel::kUserIdRole).isValid() && selectedUser() == 0) {
            m_table->selectRow(0);
        }
    };
    connect(m_model, &UserTableModel::queryDone, this, select);
    connect(m_model, &UserTableModel::dataChanged, this, select);
}

void UserTableView::addUserAction(QAction *action)
{
    for (TableView *table : {m_table, m_frozen}) {
        table->setContextMenuPolicy(Qt::ActionsContextMenu);
        table->addAction(action);
    }
}

qint64 UserTableView::selectedUser() const
{
    return m_table->currentIndex().data(UserTableModel::kUserIdRole).toLongLong();
}

QString UserTableView::selectedKey() const
{
    return m_table->currentIndex().data(UserTableModel::kUserKeyRole).toString();
}

void UserTableView::exportCsv()
{
    if (!m_session.hasProject()) {
        return;
    }
    const QString path = askSavePath(window(), tr("Export users as CSV"),
                                     m_session.name() + QStringLiteral("-users.csv"),
                                     QStringLiteral("csv"), tr("CSV (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    ExportRequest request;
    request.table = "users";
    request.out = path.toStdU16String();
    request.users = m_model->query();
    runOnProject<ExportReport>(
        m_session, m_jobs, tr("Export users"), this,
        [request](Project &project, const Task &task) {
            return exportTableLogged(project, request, task);
        },
        [this, path](Result<ExportReport> report) {
            if (report) {
                Q_EMIT exported(path, report->rows);
            } else if (report.error().code != ErrorCode::Cancelled) {
                Q_EMIT exportFailed(report.error());
            }
        },
        QStringLiteral("export.users"), JobVisibility::Listed);
}

void UserTableView::fillColumnMenu()
{
    if (!m_columns->menu()) {
        m_columns->setMenu(new QMenu(m_columns));
    }
    QMenu *menu = m_columns->menu();
    menu->clear();
    for (int c = 1; c < m_model->columnCount(); ++c) {
        QAction *action =
            menu->addAction(m_model->headerData(c, Qt::Horizontal, Qt::DisplayRole).toString());
        action->setCheckable(true);
        action->setChecked(!m_table->isColumnHidden(c));
        connect(action, &QAction::toggled, this, [this, c](bool shown) {
            m_table->setColumnHidden(c, !shown);
            m_filters->place();
        });
    }
}

} // namespace perennial

#include "moc_user_table_view.cpp"
