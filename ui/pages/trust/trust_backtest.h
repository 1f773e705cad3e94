#pragma once

#include "core/forecast/saved_backtest.h"
#include "ui/pages/page.h"
#include "ui/widgets/card.h"

#include <optional>

class QComboBox;
class QLabel;
class QPushButton;

namespace perennial {

class BacktestForm;
class TableView;

/// The judge: what to run, the run, its table, and the choice of the project's value model. The
/// newest result is kept in the project and shown when it is opened again.
class BacktestCard : public Card {
    Q_OBJECT

public:
    explicit BacktestCard(const PageContext &context, QWidget *parent = nullptr);

    /// Reads the kept result again: project, data or settings are new.
    void refresh();
    void run();
    QAction *runAction() const noexcept { return m_run; }
    const std::optional<SavedBacktest> &backtest() const noexcept { return m_backtest; }
    /// The row that is looked at: the selected one, else the winner, else the first with figures.
    const BacktestRow *row() const;

    static const QString kGroup; ///< of the job that runs

Q_SIGNALS:
    void backtestChanged(); ///< another result, or none
    void rowChanged();      ///< another row is looked at

private:
    void setUpTable();
    void finished(const QString &path, Result<SavedBacktest> result);
    void adopt(std::optional<SavedBacktest> backtest);
    void showProgress();
    void showTable();
    void showRow();
    void showUse();
    void useRow();
    void updateRun();

    PageContext m_context;
    std::optional<SavedBacktest> m_backtest;
    QString m_shownPath; ///< the project that the choices were last set for
    JobId m_job = 0;

    QAction *m_run;
    BacktestForm *m_form;
    QPushButton *m_use;
    QLabel *m_verdict, *m_remarks;
    QComboBox *m_side;
    TableView *m_table;
};

} // namespace perennial
