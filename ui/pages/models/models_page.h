#pragma once

#include "ui/pages/models/run_columns.h"
#include "ui/pages/page.h"

#include <memory>

class QStackedLayout;

namespace perennial {

class CompareSection;
class CurveGrid;
class EmptyState;
class FoldsSection;
class PageBody;
class PageSections;
class RetrainSection;
class RunDetails;
class RunHistory;
class RunTable;
class TrainingJob;
class TrainingPanel;
struct TrainingEnd;

/// Models: train the behaviour model and watch it learn; every run with its figures, alone and
/// beside others; and which run is used.
class ModelsPage : public Page {
    Q_OBJECT

public:
    explicit ModelsPage(const PageContext &context, QWidget *parent = nullptr);

    QString title() const override;
    QString answer() const override;
    QList<QAction *> pageActions() const override;
    QStringList sections() const override;
    void showSection(int index) override;

protected:
    void refresh() override;

private:
    enum Section { Train, Runs, Details, Compare, Retrain, Folds };

    void setUpActions();
    void setUpSections();
    void setUpTraining();
    void setUpRuns();
    void setUpDetails();

    bool showEmptyState();
    void readList();
    void showList(RunList list, RunTables tables);
    void showCurves();
    void trainingEnded(const TrainingEnd &end);
    void updateActions();

    std::shared_ptr<const RunList> m_runs;
    QStackedLayout *m_stack;
    EmptyState *m_empty;
    PageBody *m_body;
    PageSections *m_sections;
    QAction *m_trainAction = nullptr, *m_retrainAction = nullptr, *m_foldsAction = nullptr;
    TrainingJob *m_job;
    RunHistory *m_history;
    TrainingPanel *m_training = nullptr;
    CurveGrid *m_curves = nullptr;
    RunTable *m_table = nullptr;
    RunDetails *m_details = nullptr;
    CompareSection *m_compare = nullptr;
    RetrainSection *m_retrain = nullptr;
    FoldsSection *m_folds = nullptr;
};

} // namespace perennial
