#include "ui/pages/models_page.h"

#include "core/forecast/saved_backtest.h"
#include "ui/charts/chart_card.h"
#include "ui/models/table_view.h"
#include "ui/pages/behavior_config_form.h"
#include "ui/pages/pages.h"
#include "ui/pages/run_rows.h"
#include "ui/report/comparison_words.h"
#include "ui/report/learning_curves.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"
#include "ui/error_text.h"
#include "ui/wording/format.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

Page *makeModelsPage(const PageContext &context)
{
    return new ModelsPage(context);
}

ModelsPage::ModelsPage(const PageContext &context, QWidget *parent) : Page(context, parent)
{
    setUpActions();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    m_stack = new QStackedWidget(this);
    m_empty = new EmptyState(this);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(setUpContent());
    layout->addWidget(m_stack);
    connect(m_empty, &EmptyState::actionTriggered, this, [this] {
        if (session().hasProject()) {
            navigator().importFile();
        } else {
            navigator().openProject();
        }
    });
    connect(&jobs(), &JobRunner::jobsChanged, this, &ModelsPage::showProgress);
}

QString ModelsPage::title() const { return tr("Models"); }

QString ModelsPage::answer() const
{
    if (!session().hasProject() || session().counts().events == 0) {
        return {};
    }
    const RunRecord *used = champion();
    return used ? tr("The behaviour model of run %1 is in use.").arg(used->id)
                : tr("No behaviour model has been trained yet.");
}

QList<QAction *> ModelsPage::pageActions() const { return {m_trainAction, m_championAction}; }

void ModelsPage::setUpActions()
{
    m_trainAction = new QAction(tr("Train behaviour model"), this);
    m_trainAction->setShortcut(QKeySequence(tr("Ctrl+T")));
    connect(m_trainAction, &QAction::triggered, this, &ModelsPage::startTraining);
    m_championAction = new QAction(tr("Make the selected run champion"), this);
    connect(m_championAction, &QAction::triggered, this, &ModelsPage::makeChampion);
}

QWidget *ModelsPage::setUpContent()
{
    m_content = new QWidget(this);
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kCardGap);
    auto *top = new QHBoxLayout;
    top->setSpacing(kCardGap);
    Card *training = setUpTraining();
    training->setFixedWidth(320);
    top->addWidget(training, 0, Qt::AlignTop);
    auto *right = new QVBoxLayout;
    right->setSpacing(kCardGap);
    right->addLayout(setUpCurves());
    right->addWidget(setUpComparison());
    right->addStretch();
    top->addLayout(right, 1);
    column->addLayout(top);
    column->addWidget(setUpRuns(), 1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(m_content);
    return scroll;
}

Card *ModelsPage::setUpTraining()
{
    auto *card = new Card(tr("Train the behaviour model"), this);
    card->setDefinition(
        tr("A transformer over each user's last events with three heads: the next item, churn within "
           "the horizon and value within the horizon. The newest part of the history is held back to "
           "measure it; the weights of the epoch with the lowest loss there are kept.\n\n"
           "Kang & McAuley (2018), Self-attentive sequential recommendation; Wang, Liu & Miao (2019), "
           "A deep probabilistic model for customer lifetime value prediction."));
    m_form = new BehaviorConfigForm(this);
    card->body()->addWidget(m_form);
    m_start = pushButton(tr("Start training"), true, this);
    m_cancel = pushButton(tr("Cancel"), false, this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_start);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    card->body()->addLayout(buttons);
    m_progress = new QProgressBar(this);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the training"));
    m_progress->hide();
    card->body()->addWidget(m_progress);
    m_status = captionLabel({}, this);
    card->body()->addWidget(m_status);
    m_score = pushButton(tr("Score all users with it"), true, this);
    m_score->hide();
    card->body()->addWidget(m_score, 0, Qt::AlignLeft);
    connect(m_form, &BehaviorConfigForm::changed, this, &ModelsPage::updateActions);
    connect(m_start, &QPushButton::clicked, this, &ModelsPage::startTraining);
    connect(m_cancel, &QPushButton::clicked, this, [this] { jobs().cancel(m_job); });
    connect(m_score, &QPushButton::clicked, this, [this] {
        m_scoringOffered = false;
        m_score->hide();
        navigator().scoreUsers();
    });
    return card;
}

QBoxLayout *ModelsPage::setUpCurves()
{
    auto *row = new QHBoxLayout;
    row->setSpacing(kCardGap);
    m_loss = new ChartCard(tr("Loss by epoch"), this);
    m_loss->setDefinition(tr("Mean loss of all heads together on training windows and on the held-back "
                             "window. Training stops when the validation loss no longer falls."));
    m_hits = new ChartCard(tr("Next item among the first ten (HR@10)"), this);
    m_hits->setDefinition(tr("Share of validation users whose next item is among the ten that the "
                             "model ranks first. New items: those the user had not met before."));
    row->addWidget(m_loss, 1);
    row->addWidget(m_hits, 1);
    return row;
}

Card *ModelsPage::setUpComparison()
{
    m_comparison = new Card(tr("Behaviour model beside simple models"), this);
    m_comparison->setDefinition(
        tr("HR@10 and NDCG@10: next item, higher is better. AUC: who orders again, higher is better, "
           "0.5 is chance. Log loss and MAE: lower is better. Spearman: order of users by value, "
           "higher is better. Bias: predicted over actual total, minus 1; nearer 0 is better."));
    m_verdict = plainLabel({}, this);
    m_verdict->setWordWrap(true);
    m_comparison->body()->addWidget(m_verdict);
    m_comparisonTable = new TableView(tr("Comparison of models"), std::vector<TableColumn>{}, this);
    m_comparisonTable->setSortingEnabled(false);
    m_comparisonTable->setMinimumHeight(11 * 24 + 8); // nine models and the header
    m_comparison->body()->addWidget(m_comparisonTable);
    return m_comparison;
}

Card *ModelsPage::setUpRuns()
{
    auto *card = new Card(tr("Runs"), this);
    card->setDefinition(tr("Every fit and training of this project. The champion of a model is the run "
                           "that all pages use; a new run becomes it, and an older one can be made it "
                           "again."));
    m_makeChampion = pushButton(tr("Make champion"), false, this);
    card->tools()->addWidget(m_makeChampion);
    m_runTable = new TableView(tr("Runs"), runColumns(), this);
    m_runTable->setEmptyText(tr("Every fit and training stands here with its quality; the run in "
                                "use is marked."));
    m_runTable->setMinimumHeight(200);
    card->body()->addWidget(m_runTable);
    connect(m_makeChampion, &QPushButton::clicked, this, &ModelsPage::makeChampion);
    connect(m_runTable, &TableView::rowSelected, this, &ModelsPage::showRun);
    return card;
}

void ModelsPage::refresh()
{
    if (!session().hasProject()) {
        m_empty->setTexts(tr("No project is open."), tr("Models are trained on a project's events."),
                          tr("Open a project…"));
        m_stack->setCurrentWidget(m_empty);
        m_runs.clear();
        updateActions();
        return;
    }
    if (session().counts().events == 0) {
        m_empty->setTexts(tr("This project has no events yet."),
                          tr("The behaviour model learns from what users viewed, clicked and bought."),
                          session().readOnly() ? QString() : tr("Import events…"));
        m_stack->setCurrentWidget(m_empty);
        m_runs.clear();
        updateActions();
        return;
    }
    m_stack->setCurrentIndex(1);
    auto runs = readRuns(session().project());
    if (!runs) {
        m_status->setText(errorText(runs.error()));
        return;
    }
    m_runs = std::move(*runs);
    std::erase_if(m_runs, [](const RunRecord &run) { return run.model == kBacktestModel; });
    m_runTable->setRows(runRows(session().project(), m_runs));
    if (!jobs().groupRunning(QStringLiteral("train"))) {
        showRun(m_runTable->selectedRow());
    }
    updateActions();
}

const RunRecord *ModelsPage::selectedRun() const
{
    const int row = m_runTable->selectedRow();
    return row >= 0 && row < static_cast<int>(m_runs.size()) ? &m_runs[static_cast<std::size_t>(row)]
                                                            : nullptr;
}

const RunRecord *ModelsPage::champion() const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [](const RunRecord &run) {
        return run.champion && run.model == kBehaviorModel;
    });
    return found == m_runs.end() ? nullptr : &*found;
}

void ModelsPage::showRun(int row)
{
    const RunRecord *run = row >= 0 && row < static_cast<int>(m_runs.size())
                               ? &m_runs[static_cast<std::size_t>(row)]
                               : champion();
    updateActions();
    if (m_job != 0) {
        return; // the curves belong to the training that runs
    }
    if (!run || run->model != kBehaviorModel) {
        showCurves({}, 0);
        showComparison(std::nullopt, run ? tr("Run %1 is no behaviour model; only those are compared.")
                                               .arg(run->id)
                                         : tr("Train the behaviour model to see it beside popularity "
                                              "and BG/NBD on the same split."));
        return;
    }
    const QString which = tr("run %1").arg(run->id);
    m_loss->setCaption(which);
    m_hits->setCaption(which);
    auto epochs = readEpochs(session().project(), run->id);
    const std::vector<EpochMetric> known = epochs ? *epochs : std::vector<EpochMetric>{};
    showCurves(known, report::bestEpochOf(known));
    const auto comparison = comparisonOfRun(*run);
    showComparison(comparison ? std::optional(*comparison) : std::nullopt,
                   tr("Run %1 has no comparison: it did not finish.").arg(run->id));
}

void ModelsPage::showCurves(const std::vector<EpochMetric> &epochs, int best)
{
    if (epochs.empty()) {
        m_loss->setCaption({});
        m_hits->setCaption({});
    }
    m_loss->setSpec(report::lossCurves(epochs, best));
    m_hits->setSpec(report::hitRateCurve(epochs, best));
}

void ModelsPage::showComparison(const std::optional<Comparison> &comparison, const QString &why)
{
    m_comparisonTable->setVisible(comparison.has_value());
    if (!comparison) {
        m_verdict->setText(why);
        m_comparison->setCaption({});
        return;
    }
    const report::ComparisonWords words = report::comparisonWords(*comparison);
    m_verdict->setText(words.headline);
    m_comparison->setCaption(words.protocol);
    std::vector<TableColumn> columns;
    for (const QString &header : words.shortHeader) {
        columns.push_back({header,
                           columns.empty() ? TableColumn::Kind::Text : TableColumn::Kind::Number,
                           columns.empty() ? 0 : words.decimals[columns.size() - 1]});
    }
    std::vector<TableModel::Row> rows;
    for (const report::ComparisonRow &row : words.rows) {
        TableModel::Row cells{row.name};
        for (const std::optional<double> &value : row.values) {
            cells.push_back(value ? QVariant(*value) : QVariant());
        }
        rows.push_back(std::move(cells));
    }
    m_comparisonTable->tableModel()->setColumns(columns);
    m_comparisonTable->setRows(std::move(rows));
}

void ModelsPage::makeChampion()
{
    const RunRecord *run = selectedRun();
    if (!run) {
        return;
    }
    const std::int64_t id = run->id;
    const Status status = setChampion(session().project(), id);
    if (!status) {
        navigator().showError(tr("The champion could not be changed"), status.error());
        return;
    }
    navigator().showMessage(tr("Run %1 is in use now. Score the users again to see it everywhere.")
                                .arg(id));
    m_scoringOffered = true;
    m_score->show();
    session().notifyDataChanged();
}

void ModelsPage::updateActions()
{
    const bool project = session().hasProject();
    const bool readOnly = session().readOnly();
    const bool training = m_job != 0;
    const QString locked = readOnly ? tr("The project is open for reading only: another window or a "
                                         "read-only folder holds it.")
                                    : QString();
    const bool canTrain =
        project && !readOnly && !training && session().counts().events > 0 && m_form->isValid();
    m_start->setEnabled(canTrain);
    m_start->setToolTip(locked);
    m_trainAction->setEnabled(canTrain);
    m_cancel->setVisible(training);
    m_form->setEnabled(!training);
    const RunRecord *run = selectedRun();
    const bool canChoose =
        run && !readOnly && !training && run->state == RunState::Done && !run->champion;
    m_makeChampion->setEnabled(canChoose);
    m_makeChampion->setToolTip(!locked.isEmpty() ? locked
                               : run             ? QString()
                                                 : tr("Select a finished run first."));
    m_championAction->setEnabled(canChoose);
    Q_EMIT headerChanged();
}

} // namespace perennial
