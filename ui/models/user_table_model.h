#pragma once

#include "core/project/user_table.h"
#include "ui/models/project_session.h"

#include <QAbstractTableModel>

#include <memory>
#include <unordered_map>
#include <vector>

namespace perennial {

/// All scored users, paged from SQL on a worker: the row count is the whole table's, a cell reads
/// "…" until its page has arrived, and only the pages near the view are kept.
class UserTableModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int kUserIdRole = Qt::UserRole + 1; ///< qint64, invalid until loaded
    static constexpr int kUserKeyRole = Qt::UserRole + 2;

    UserTableModel(ProjectSession &session, JobRunner &jobs, QObject *parent = nullptr);
    ~UserTableModel() override;

    /// Sorts and filters anew on a worker; rows stay until the new ones are there.
    void setQuery(const UserTableQuery &query);
    /// Of these users alone, from the next query or reload on. @param segment not null.
    void setSegment(const Segment &segment) { m_segment = segment; }
    const UserTableQuery &query() const noexcept { return m_query; }
    void reload();
    void clear();
    const UserTableTotals &totals() const noexcept { return m_totals; }
    bool loading() const noexcept { return m_loading; }
    static const std::vector<UserColumn> &columns();
    /// Null until the row's page has arrived.
    const UserTableRow *row(int index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    void sort(int column, Qt::SortOrder order) override;

Q_SIGNALS:
    void queryDone(); ///< totals and row count are new
    void failed(const perennial::Error &error);
    void loadingChanged();

private:
    static constexpr int kPageRows = 256;
    static constexpr std::size_t kPagesKept = 64;
    struct Source; ///< the open UserTable, used by one worker at a time

    void adopt(std::shared_ptr<Source> source);
    void setLoading(bool loading);
    void wantPage(int page) const;
    void loadNextPage();
    void storePage(int page, std::vector<UserTableRow> rows);

    ProjectSession &m_session;
    JobRunner &m_jobs;
    UserTableQuery m_query;
    Segment m_segment = everybody();
    UserTableTotals m_totals;
    std::shared_ptr<Source> m_source;
    std::unordered_map<int, std::vector<UserTableRow>> m_pages;
    mutable std::vector<int> m_wanted; ///< pages asked for, newest last
    std::vector<int> m_held;           ///< pages held, oldest first
    int m_rows = 0;
    qint64 m_generation = 0;
    bool m_loading = false;
    bool m_pageRunning = false;
    QString m_group; ///< of its queries
    QString m_currency;
};

} // namespace perennial
