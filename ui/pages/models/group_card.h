#pragma once

#include "core/tuning/run_quality.h"
#include "ui/models/table_model.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <memory>
#include <string>
#include <vector>

class QComboBox;
class QLabel;

namespace perennial {

class TableView;

/// One run's figures in each group of users.
struct RunGroups {
    std::int64_t run = 0;
    Result<std::vector<GroupQuality>> groups; ///< or why there are none
};
struct GroupComparison {
    std::vector<std::string> groupings; ///< that the project has
    std::string by;
    std::vector<RunGroups> runs;
};
/// Reads the runs' answers and judges them group by group. @param by empty = the first grouping.
/// @error as userGroups; what is of one run alone stands there.
Result<GroupComparison> readGroups(const Project &project, const std::vector<std::int64_t> &runs,
                                   const std::string &by, const Task &task);

/// For whom a run is good: its figures in each group of users, or one figure of several runs side
/// by side. Read when it is looked at, as it asks for the answers of all users.
class GroupCard : public Card {
    Q_OBJECT

public:
    /// @param job group of its jobs: each card has its own.
    GroupCard(const PageContext &context, const QString &job, QWidget *parent = nullptr);
    /// @param runs none = nothing is shown.
    void setRuns(const std::vector<std::int64_t> &runs);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void read();
    void show(const GroupComparison &groups);
    void fillChoices(const GroupComparison &groups);
    void showTable();

    PageContext m_context;
    QString m_job;
    std::vector<std::int64_t> m_runs;
    QString m_source; ///< what is shown or asked is of
    GroupComparison m_groups;
    QComboBox *m_by, *m_figure;
    QLabel *m_words;
    TableView *m_table;
};

/// One run: a column for the leading figure of each head. Several: one figure, a column per run.
/// @param figure "head/figure" of several runs.
std::vector<TableColumn> groupColumns(const GroupComparison &groups, const std::string &figure);
std::vector<TableModel::Row> groupRows(const GroupComparison &groups, const std::string &figure);

} // namespace perennial
