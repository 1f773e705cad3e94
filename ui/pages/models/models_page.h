#pragma once

#include "core/project/run_store.h"
#include "core/tuning/compare.h"
#include "ui/pages/page.h"

#include <memory>
#include <vector>

class QBoxLayout;
class QLabel;
class QProgressBar;
class QPushButton;
class QStackedWidget;

namespace perennial {

class BehaviorConfigForm;
class Card;
class ChartCard;
class EmptyState;
class TableView;

/// Carries a training's epochs from the worker to the UI thread.
class EpochRelay : public QObject {
    Q_OBJECT

Q_SIGNALS:
    void epochDone(const perennial::EpochReport &report);
};

/// Models: train the behaviour model and watch it learn, compare it with simple ones on the same
/// split, and choose which run is used.
class ModelsPage : public Page {
    Q_OBJECT

public:
    explicit ModelsPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    QList<QAction *> pageActions() const override;

protected:
    void refresh() override;

private:
    void setUpActions();
    QWidget *setUpContent();
    Card *setUpTraining();
    QBoxLayout *setUpCurves();
    Card *setUpComparison();
    Card *setUpRuns();

    void startTraining();
    void showEpoch(const EpochReport &report);
    void trainingDone(const Result<TrainOutcome> &outcome);
    void showProgress();
    void showRun(int row);
    void showCurves(const std::vector<EpochMetric> &epochs, int bestEpoch);
    void showComparison(const std::optional<Comparison> &comparison, const QString &why);
    void makeChampion();
    void updateActions();
    const RunRecord *selectedRun() const;
    const RunRecord *champion() const;

    std::vector<RunRecord> m_runs; ///< newest first, as in the table
    std::vector<EpochMetric> m_liveEpochs; ///< of the training that runs
    JobId m_job = 0;
    QString m_trainedPath; ///< the project the training was started in
    bool m_scoringOffered = false;

    QAction *m_trainAction = nullptr;
    QAction *m_championAction = nullptr;
    QStackedWidget *m_stack = nullptr;
    EmptyState *m_empty = nullptr;
    QWidget *m_content = nullptr;
    BehaviorConfigForm *m_form = nullptr;
    QPushButton *m_start = nullptr;
    QPushButton *m_cancel = nullptr;
    QProgressBar *m_progress = nullptr;
    QLabel *m_status = nullptr;
    QPushButton *m_score = nullptr;
    ChartCard *m_loss = nullptr;
    ChartCard *m_hits = nullptr;
    Card *m_comparison = nullptr;
    QLabel *m_verdict = nullptr;
    TableView *m_comparisonTable = nullptr;
    TableView *m_runTable = nullptr;
    QPushButton *m_makeChampion = nullptr;
};

} // namespace perennial
