#include "ui/models/user_table_model.h"

#include "ui/theme/tokens.h"
#include "ui/wording/format.h"
#include "ui/wording/words.h"

#include <QTimer>

#include <algorithm>
#include <limits>

namespace perennial {

struct UserTableModel::Source {
    UserTable table;
};

namespace {

const QString kLoading = QStringLiteral("…");

QString cellText(const UserTableRow &row, UserColumn column)
{
    const UserState &s = row.state;
    switch (column) {
    case UserColumn::Key:
        return QString::fromStdString(row.key);
    case UserColumn::Stage:
        return stageText(s.stage);
    case UserColumn::Orders:
        return countText(s.orders);
    case UserColumn::LastOrder:
        return dayText(s.lastOrderDay);
    case UserColumn::Realised:
        return fullText(s.realised);
    case UserColumn::PAlive:
        return percentText(s.pAlive);
    case UserColumn::ChurnRisk:
        return percentText(s.churnRisk);
    case UserColumn::ExpectedOrders:
        return fullText(s.expectedOrders);
    case UserColumn::PredictedValue:
        return fullText(s.predictedValue);
    case UserColumn::Ltv:
        return fullText(row.ltv);
    case UserColumn::BehaviorValue:
        return fullText(s.behaviorValue);
    }
    return {};
}

Qt::Alignment alignmentOf(UserColumn column)
{
    const bool text = column == UserColumn::Key || column == UserColumn::Stage;
    return Qt::AlignVCenter | (text ? Qt::AlignLeft : Qt::AlignRight);
}

} // namespace

UserTableModel::UserTableModel(ProjectSession &session, JobRunner &jobs, QObject *parent)
    : QAbstractTableModel(parent), m_session(session), m_jobs(jobs),
      m_group(QStringLiteral("users.%1").arg(reinterpret_cast<quintptr>(this)))
{
    connect(&session, &ProjectSession::projectChanged, this, [this] {
        if (!m_session.hasProject()) {
            clear();
        }
    });
}

UserTableModel::~UserTableModel() = default;

const std::vector<UserColumn> &UserTableModel::columns()
{
    static const std::vector<UserColumn> all{
        UserColumn::Key,       UserColumn::Stage,          UserColumn::Orders,
        UserColumn::LastOrder, UserColumn::Realised,       UserColumn::PAlive,
        UserColumn::ChurnRisk, UserColumn::ExpectedOrders, UserColumn::PredictedValue,
        UserColumn::Ltv,       UserColumn::BehaviorValue};
    return all;
}

void UserTableModel::setQuery(const UserTableQuery &query)
{
    if (query == m_query && (m_source || m_loading)) {
        return;
    }
    m_query = query;
    reload();
}

void UserTableModel::reload()
{
    if (!m_session.hasProject() || !m_session.label()) {
        clear();
        return;
    }
    setLoading(true);
    runOnProject<std::shared_ptr<Source>>(
        m_session, m_jobs, tr("Sort users"), this,
        [query = m_query, segment = m_segment](
            Project &project, const Task &task) mutable -> Result<std::shared_ptr<Source>> {
            auto within = segment->users(project, task);
            if (!within) {
                return within.error();
            }
            query.within = *std::move(within);
            auto table = UserTable::open(project, query);
            if (!table) {
                return table.error();
            }
            return std::make_shared<Source>(Source{*std::move(table)});
        },
        [this](Result<std::shared_ptr<Source>> source) {
            setLoading(false);
            if (source) {
                adopt(*source);
            } else if (source.error().code != ErrorCode::Cancelled) {
                clear();
                Q_EMIT failed(source.error());
            }
        },
        m_group);
}

void UserTableModel::adopt(std::shared_ptr<Source> source)
{
    beginResetModel();
    ++m_generation;
    m_pageRunning = false;
    m_source = std::move(source);
    m_totals = m_source->table.totals();
    m_rows =
        static_cast<int>(std::min<std::int64_t>(m_totals.users, std::numeric_limits<int>::max()));
    m_pages.clear();
    m_held.clear();
    m_wanted.clear();
    m_currency = currencySign(QString::fromStdString(m_session.settings().currency));
    endResetModel();
    Q_EMIT queryDone();
}

void UserTableModel::clear()
{
    m_jobs.cancelGroup(m_group);
    beginResetModel();
    ++m_generation;
    m_pageRunning = false;
    m_source.reset();
    m_totals = {};
    m_rows = 0;
    m_pages.clear();
    m_held.clear();
    m_wanted.clear();
    endResetModel();
    setLoading(false);
    Q_EMIT queryDone();
}

void UserTableModel::setLoading(bool loading)
{
    if (loading != m_loading) {
        m_loading = loading;
        Q_EMIT loadingChanged();
    }
}

const UserTableRow *UserTableModel::row(int index) const
{
    const auto page = m_pages.find(index / kPageRows);
    const auto at = static_cast<std::size_t>(index % kPageRows);
    return page != m_pages.end() && at < page->second.size() ? &page->second[at] : nullptr;
}

/// Called from data(): the page is fetched once the view has asked for all it shows.
void UserTableModel::wantPage(int page) const
{
    if (!m_wanted.empty() && m_wanted.back() == page) {
        return;
    }
    std::erase(m_wanted, page);
    m_wanted.push_back(page);
    auto *self = const_cast<UserTableModel *>(this);
    QTimer::singleShot(0, self, [self] { self->loadNextPage(); });
}

void UserTableModel::loadNextPage()
{
    std::erase_if(m_wanted, [this](int page) { return m_pages.contains(page); });
    if (m_pageRunning || m_wanted.empty() || !m_source) {
        return;
    }
    constexpr std::size_t kWantedKept = 4; // what was scrolled past is not fetched any more
    if (m_wanted.size() > kWantedKept) {
        m_wanted.erase(m_wanted.begin(), m_wanted.end() - kWantedKept);
    }
    const int page = m_wanted.back();
    m_wanted.pop_back();
    m_pageRunning = true;
    const qint64 generation = m_generation;
    m_jobs.start<std::vector<UserTableRow>>(
        tr("Read users"),
        [source = m_source, page](const Task &) {
            return source->table.rows(std::int64_t{page} * kPageRows, kPageRows);
        },
        this,
        [this, page, generation](Result<std::vector<UserTableRow>> rows) {
            if (generation != m_generation) {
                return; // of rows that are not shown any more
            }
            m_pageRunning = false;
            if (rows) {
                storePage(page, *std::move(rows));
            } else if (rows.error().code != ErrorCode::Cancelled) {
                Q_EMIT failed(rows.error());
            }
            loadNextPage();
        },
        {}, JobVisibility::Quiet);
}

void UserTableModel::storePage(int page, std::vector<UserTableRow> rows)
{
    m_pages[page] = std::move(rows);
    m_held.push_back(page);
    if (m_held.size() > kPagesKept) {
        m_pages.erase(m_held.front());
        m_held.erase(m_held.begin());
    }
    const int first = page * kPageRows;
    const int last = std::min(m_rows, first + kPageRows) - 1;
    if (first <= last) {
        Q_EMIT dataChanged(index(first, 0), index(last, columnCount() - 1));
    }
}

int UserTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int UserTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns().size());
}

QVariant UserTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows) {
        return {};
    }
    const UserColumn column = columns()[static_cast<std::size_t>(index.column())];
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(alignmentOf(column));
    }
    const UserTableRow *user = row(index.row());
    if (!user) {
        if (role == Qt::DisplayRole) {
            wantPage(index.row() / kPageRows);
            return kLoading;
        }
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return cellText(*user, column);
    case Qt::DecorationRole:
        return column == UserColumn::Stage ? QVariant(lightTokens().color(stageInk(
                                                 user->state.stage))) // the same in both themes
                                           : QVariant();
    case Qt::ToolTipRole:
        return cellText(*user, column) == kMissing
                   ? QVariant(
                         tr("Not known for this user: no order yet, or no model has been run."))
                   : QVariant();
    case kUserIdRole:
        return qint64{user->state.user};
    case kUserKeyRole:
        return QString::fromStdString(user->key);
    default:
        return {};
    }
}

QVariant UserTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) {
        return {};
    }
    const UserColumn column = columns()[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue(alignmentOf(column));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const auto money = [this](const QString &name) {
        return m_currency.isEmpty() ? name : QStringLiteral("%1, %2").arg(name, m_currency);
    };
    switch (column) {
    case UserColumn::Key:
        return tr("User");
    case UserColumn::Stage:
        return tr("Stage");
    case UserColumn::Orders:
        return tr("Orders");
    case UserColumn::LastOrder:
        return tr("Last order");
    case UserColumn::Realised:
        return money(tr("Realised revenue"));
    case UserColumn::PAlive:
        return tr("P(alive)");
    case UserColumn::ChurnRisk:
        return tr("Churn risk");
    case UserColumn::ExpectedOrders:
        return tr("Expected orders");
    case UserColumn::PredictedValue:
        return money(tr("Predicted value"));
    case UserColumn::Ltv:
        return money(tr("LTV at margin"));
    case UserColumn::BehaviorValue:
        return money(tr("Behaviour model's value"));
    }
    return {};
}

void UserTableModel::sort(int column, Qt::SortOrder order)
{
    if (column < 0 || column >= columnCount()) {
        return;
    }
    UserTableQuery query = m_query;
    query.sort = columns()[static_cast<std::size_t>(column)];
    query.descending = order == Qt::DescendingOrder;
    setQuery(query);
}

} // namespace perennial
