#include "ui/pages/models/models_page.h"

#include "ui/error_text.h"
#include "ui/pages/models/compare_section.h"
#include "ui/pages/models/config_form.h"
#include "ui/pages/models/curve_grid.h"
#include "ui/pages/models/folds_section.h"
#include "ui/pages/models/retrain_section.h"
#include "ui/pages/models/run_details.h"
#include "ui/pages/models/run_history.h"
#include "ui/pages/models/run_table.h"
#include "ui/pages/models/training_job.h"
#include "ui/pages/models/training_panel.h"
#include "ui/pages/page_parts.h"
#include "ui/pages/pages.h"
#include "ui/report/learning_curves.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"

#include <QAction>
#include <QHBoxLayout>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

const QString kListGroup = QStringLiteral("models-runs");
constexpr int kFormWidth = 344;

} // namespace

Page *makeModelsPage(const PageContext &context)
{
    return new ModelsPage(context);
}

ModelsPage::ModelsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent), m_runs(std::make_shared<RunList>()), m_stack(new QStackedLayout(this)),
      m_empty(new EmptyState), m_body(new PageBody), m_job(new TrainingJob(context, this)),
      m_history(new RunHistory(context, this))
{
    m_stack->setContentsMargins(0, 0, 0, 0);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_body);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (session().hasProject()) {
            navigator().importFile();
        } else {
            navigator().openProject();
        }
    });
    setUpSections();
    setUpActions();
    connect(m_job, &TrainingJob::changed, this, &ModelsPage::updateActions);
    connect(m_job, &TrainingJob::epochDone, this, &ModelsPage::showCurves);
    connect(m_job, &TrainingJob::finished, this, &ModelsPage::trainingEnded);
    connect(m_history, &RunHistory::championChanged, this, [this](qint64 run) {
        navigator().showMessage(tr("Run %1 is in use now. Score the users again to see it "
                                   "everywhere.")
                                    .arg(run));
        m_training->offerScoring();
    });
}

QString ModelsPage::title() const
{
    return tr("Models");
}

QString ModelsPage::answer() const
{
    if (!session().hasProject() || session().counts().events == 0) {
        return {};
    }
    const RunFigures *used = m_runs->champion();
    return used ? tr("The behaviour model of run %1 is in use.").arg(used->record.id)
                : tr("No behaviour model has been trained yet.");
}

QList<QAction *> ModelsPage::pageActions() const
{
    return {m_trainAction, m_retrainAction, m_foldsAction, m_table->championAction()};
}

QStringList ModelsPage::sections() const
{
    return m_sections->names();
}

void ModelsPage::showSection(int index)
{
    m_sections->show(index);
}

void ModelsPage::setUpActions()
{
    m_trainAction = new QAction(tr("Train behaviour model"), this);
    m_trainAction->setShortcut(QKeySequence(tr("Ctrl+T")));
    connect(m_trainAction, &QAction::triggered, this, [this] {
        showSection(Train);
        m_training->start();
    });
    m_retrainAction = new QAction(tr("Retrain the champion"), this);
    connect(m_retrainAction, &QAction::triggered, this, [this] {
        showSection(Retrain);
        m_retrain->retrain();
    });
    m_foldsAction = new QAction(tr("Cross-validate the settings"), this);
    connect(m_foldsAction, &QAction::triggered, this, [this] {
        showSection(Folds);
        m_folds->start();
    });
}

void ModelsPage::setUpSections()
{
    m_sections =
        new PageSections({tr("Train"), tr("Runs"), tr("Details"), tr("Compare"), tr("Retrain"),
                          tr("Cross-validation")},
                         m_body->column(), this);
    setUpTraining();
    setUpRuns();
    setUpDetails();
    m_body->column()->addStretch(1);
}

void ModelsPage::setUpTraining()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(kCardGap);
    m_training = new TrainingPanel(context(), *m_job);
    m_training->setFixedWidth(kFormWidth);
    row->addWidget(m_training, 0, Qt::AlignTop);
    m_curves = new CurveGrid;
    row->addWidget(m_curves, 1, Qt::AlignTop);
    m_sections->addColumn()->addLayout(row);
    connect(&m_training->form(), &BehaviorConfigForm::changed, this, &ModelsPage::updateActions);
}

void ModelsPage::setUpRuns()
{
    m_table = new RunTable(context(), *m_history);
    m_sections->add(m_table);
    connect(m_table, &RunTable::selectionChanged, this, &ModelsPage::showCurves);
    connect(m_table, &RunTable::resumeAsked, this, [this](qint64 run) {
        showSection(Train);
        m_training->resume(run);
    });
    connect(m_table, &RunTable::settingsAsked, this, [this](qint64 run) {
        const RunFigures *figures = m_runs->find(run);
        const auto config = settingsOf(figures ? figures->record : RunRecord());
        if (!config) {
            navigator().showError(tr("The settings can't be used"), config.error());
            return;
        }
        m_training->form().setConfig(*config);
        showSection(Train);
    });
}

void ModelsPage::setUpDetails()
{
    m_details = new RunDetails(context());
    m_sections->add(m_details);
    m_compare = new CompareSection(context());
    m_sections->add(m_compare);
    m_retrain = new RetrainSection(context(), *m_job, *m_history);
    m_sections->add(m_retrain);
    m_folds = new FoldsSection(context(), m_training->form(), *m_job);
    m_sections->add(m_folds);
    connect(m_folds, &FoldsSection::changed, this, &ModelsPage::updateActions);
    connect(m_table, &RunTable::openAsked, this, [this](qint64 run) {
        m_details->show(run);
        showSection(Details);
    });
    connect(m_table, &RunTable::compareAsked, this, [this](const QList<qint64> &runs) {
        std::vector<std::int64_t> ids(runs.begin(), runs.end());
        std::ranges::sort(ids); // the oldest is what the others are measured against
        m_compare->compare(ids);
        showSection(Compare);
    });
    connect(m_retrain, &RetrainSection::started, this, [this] { showSection(Train); });
}

bool ModelsPage::showEmptyState()
{
    if (!session().hasProject()) {
        m_empty->setTexts(tr("No project is open."),
                          tr("Models are trained on a project's events."), tr("Open a project…"));
        return true;
    }
    if (session().counts().events == 0) {
        m_empty->setTexts(
            tr("This project has no events yet."),
            tr("The behaviour model learns from what users viewed, clicked and bought."),
            session().readOnly() ? QString() : tr("Import events…"));
        return true;
    }
    return false;
}

void ModelsPage::refresh()
{
    if (showEmptyState()) {
        m_stack->setCurrentWidget(m_empty);
        showList({}, {});
        return;
    }
    m_stack->setCurrentWidget(m_body);
    readList();
}

void ModelsPage::readList()
{
    struct Told {
        RunList list;
        RunTables tables;
    };
    runOnProject<Told>(
        session(), jobs(), title(), this,
        [](Project &project, const Task &task) -> Result<Told> {
            auto list = readRunList(project, task);
            if (!list) {
                return list.error();
            }
            RunTables tables = runTablesOf(*list);
            return Told{std::move(*list), std::move(tables)};
        },
        [this](Result<Told> told) {
            if (told) {
                showList(std::move(told->list), std::move(told->tables));
            } else if (told.error().code != ErrorCode::Cancelled) {
                m_training->setStatus(errorText(told.error()));
            }
        },
        kListGroup);
}

void ModelsPage::showList(RunList list, RunTables tables)
{
    m_runs = std::make_shared<RunList>(std::move(list));
    m_training->setRuns(m_runs);
    m_table->setRuns(m_runs, std::move(tables));
    m_details->setRuns(m_runs);
    m_compare->setRuns(m_runs);
    m_retrain->setRuns(m_runs);
    m_folds->refresh();
    showCurves();
    updateActions();
}

void ModelsPage::showCurves()
{
    const QString empty = tr("Curves appear with the first epoch of a training.");
    if (m_job->isRunning()) {
        const auto &epochs = m_job->epochs();
        m_curves->setRuns({{tr("this training"), epochs, report::bestEpochOf(epochs)}}, empty);
        return;
    }
    const RunFigures *run = m_table->selected();
    run = run && run->isBehavior() ? run : m_runs->champion();
    const std::vector<CurveRun> none;
    m_curves->setRuns(run ? std::vector{CurveRun{tr("run %1").arg(run->record.id), run->epochs,
                                                 run->bestEpoch}}
                          : none,
                      empty);
}

void ModelsPage::trainingEnded(const TrainingEnd &end)
{
    showCurves();
    if (end.path == session().path()) {
        session().notifyDataChanged();
    }
}

void ModelsPage::updateActions()
{
    m_trainAction->setEnabled(m_training->canStart());
    m_retrainAction->setEnabled(m_retrain->canRetrain());
    m_foldsAction->setEnabled(m_folds->canStart());
    m_table->setTraining(m_job->isRunning());
    Q_EMIT headerChanged();
}

} // namespace perennial
