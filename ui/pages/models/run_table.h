#pragma once

#include "ui/pages/models/run_columns.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <memory>

class QLabel;
class QLineEdit;
class QPushButton;

namespace perennial {

class ChoiceBar;
class RunHistory;
class TableView;

/// All runs: sorted, filtered, with notes and tags; the champion marked. What is done with a run
/// stands below it: made champion, rolled back to, resumed, compared, deleted, with undo.
class RunTable : public Card {
    Q_OBJECT

public:
    RunTable(const PageContext &context, RunHistory &history, QWidget *parent = nullptr);

    /// @param tables of these runs.
    void setRuns(std::shared_ptr<const RunList> runs, RunTables tables);
    /// While a training runs no other run may become champion, be resumed or go.
    void setTraining(bool training);
    const RunFigures *selected() const; ///< null without one, or with several
    std::vector<std::int64_t> selectedIds() const;
    void select(std::int64_t run);
    QAction *championAction() const noexcept { return m_championAction; }

Q_SIGNALS:
    void selectionChanged();
    void resumeAsked(qint64 run);
    void openAsked(qint64 run);
    void compareAsked(const QList<qint64> &runs);
    void settingsAsked(qint64 run); ///< to be put into the form

private:
    void setUpTools();
    void setUpTable();
    void setUpActions();
    void setUpNote();
    void fill();   ///< of another kind, or of another list
    void filter(); ///< the rows that the filter keeps
    const RunColumns &columns() const; ///< of the kind shown
    void showRows(const std::vector<std::int64_t> &selectedBefore);
    PlainTable shownTable() const; ///< what the filter keeps, for a file
    void selectAgain(const std::vector<std::int64_t> &runs);
    void showSelection();
    void saveNote();
    void makeChampion(std::int64_t run);
    void askToRemove();
    void updateButtons();

    PageContext m_context;
    RunHistory &m_history;
    std::shared_ptr<const RunList> m_runs;
    bool m_training = false;
    RunTables m_tables;
    std::vector<const RunFigures *> m_all; ///< of the kind shown
    std::vector<std::size_t> m_shown;      ///< rows of the table → m_all
    ChoiceBar *m_kind = nullptr;
    QLineEdit *m_filter = nullptr, *m_note = nullptr, *m_tags = nullptr;
    QLabel *m_count = nullptr;
    std::int64_t m_noteOf = 0; ///< the run that note and tags are of; 0 = none
    QString m_noteIn;          ///< its project
    TableView *m_table = nullptr;
    QAction *m_championAction = nullptr;
    QPushButton *m_champion = nullptr, *m_rollBack = nullptr, *m_resume = nullptr,
                *m_open = nullptr, *m_compare = nullptr, *m_settings = nullptr, *m_remove = nullptr,
                *m_undo = nullptr, *m_redo = nullptr;
};

} // namespace perennial
