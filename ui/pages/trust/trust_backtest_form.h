#pragma once

#include "core/forecast/backtest.h"
#include "core/project/event_store.h"
#include "ui/jobs/job_runner.h"

#include <QWidget>

#include <string>
#include <utility>
#include <vector>

class QCheckBox;
class QDateEdit;
class QGridLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace perennial {

/// What a backtest is to judge, and how far it has got.
class BacktestForm : public QWidget {
    Q_OBJECT

public:
    explicit BacktestForm(QWidget *parent = nullptr);

    /// The defaults of another project.
    void startAnew(const ProjectCounts &counts, int horizonDays);
    void setWindows(int horizonDays, int origins);
    /// `options` with models, horizon, windows and cut as chosen.
    BacktestOptions chosen(BacktestOptions options) const;
    void setRunnable(bool runnable);
    /// @param job null while none runs.
    void showProgress(const JobInfo *job);
    void setStatus(const QString &text); ///< empty hides it

Q_SIGNALS:
    void runRequested();
    void cancelRequested();

private:
    void setUpModels(QVBoxLayout *column);
    void setUpWindows(QVBoxLayout *column);
    void setUpProgress(QVBoxLayout *column);
    void showAutomaticCut();

    std::vector<std::pair<std::string, QCheckBox *>> m_checks;
    QSpinBox *m_horizon, *m_origins;
    QCheckBox *m_automatic;
    QDateEdit *m_cut;
    QPushButton *m_start, *m_cancel;
    QProgressBar *m_progress;
    QLabel *m_status;
};

} // namespace perennial
