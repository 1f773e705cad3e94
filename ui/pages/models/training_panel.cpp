#include "ui/pages/models/training_panel.h"

#include "ui/error_text.h"
#include "ui/pages/models/config_form.h"
#include "ui/pages/models/training_job.h"
#include "ui/pages/page_parts.h"
#include "ui/widgets/labels.h"
#include "ui/wording/counts.h"
#include "ui/wording/format.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

void addChoice(std::vector<RunChoice> &choices, const RunRecord &run)
{
    if (run.model == kBehaviorModel && run.state == RunState::Done) {
        choices.push_back({run.id, run.until, run.champion});
    }
}

} // namespace

TrainingPanel::TrainingPanel(const PageContext &context, TrainingJob &job, QWidget *parent)
    : Card(tr("Train the behaviour model"), parent), m_context(context), m_job(job),
      m_runs(std::make_shared<RunList>())
{
    setDefinition(tr(
        "A network over each user's last events with a head for each of six answers: the next "
        "item; within the horizon churn of customers, an order of anybody, value and a click; the "
        "time to the return. A head without a weight is left out. "
        "The newest part of the history is held back to measure it, and the epoch with the lowest "
        "loss there is the best. Where it is refitted, the weights that are kept then learn from "
        "everything up to t₀ too; all measures are from before that.\n\n"
        "Pause waits for the end of the epoch and gives the processor back; the run can be "
        "resumed later, after the window was closed too, and ends with the weights it would have "
        "had without the pause.\n\n"
        "Kang & McAuley (2018), Self-attentive sequential recommendation; Wang, Liu & Miao (2019), "
        "A deep probabilistic model for customer lifetime value prediction."));
    setUpButtons();
    setUpProgress();
    m_form = new BehaviorConfigForm(this);
    body()->addWidget(m_form);
    connect(m_form, &BehaviorConfigForm::changed, this, &TrainingPanel::updateControls);
    connect(m_form, &BehaviorConfigForm::otherProjectAsked, this, &TrainingPanel::askForProject);
    connect(&job, &TrainingJob::changed, this, &TrainingPanel::updateControls);
    connect(&job, &TrainingJob::progressed, this, &TrainingPanel::showProgress);
    connect(&job, &TrainingJob::finished, this, &TrainingPanel::showEnd);
}

void TrainingPanel::setUpButtons()
{
    auto *buttons = new QHBoxLayout;
    m_start = pushButton(tr("Start training"), true, this);
    m_resume = pushButton(tr("Resume"), false, this);
    m_pause = pushButton(tr("Pause"), false, this);
    m_cancel = pushButton(tr("Cancel"), false, this);
    for (QPushButton *button : {m_start, m_resume, m_pause, m_cancel}) {
        buttons->addWidget(button);
    }
    buttons->addStretch();
    body()->addLayout(buttons);
    connect(m_start, &QPushButton::clicked, this, &TrainingPanel::start);
    connect(m_resume, &QPushButton::clicked, this, [this] {
        if (const RunRecord *run = resumable()) {
            resume(run->id);
        }
    });
    connect(m_pause, &QPushButton::clicked, &m_job, &TrainingJob::pause);
    connect(m_cancel, &QPushButton::clicked, &m_job, &TrainingJob::cancel);
}

void TrainingPanel::setUpProgress()
{
    m_progress = new QProgressBar(this);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setAccessibleName(tr("Progress of the training"));
    body()->addWidget(m_progress);
    m_status = captionLabel({}, this);
    m_status->setAccessibleName(tr("State of the training"));
    body()->addWidget(m_status);
    m_score = pushButton(tr("Score all users with it"), true, this);
    m_score->hide();
    body()->addWidget(m_score, 0, Qt::AlignLeft);
    connect(m_score, &QPushButton::clicked, this, [this] {
        m_scoringOffered.clear();
        m_score->hide();
        m_context.navigator.scoreUsers();
    });
}

void TrainingPanel::setRuns(std::shared_ptr<const RunList> runs)
{
    m_runs = std::move(runs);
    if (m_scoringOffered != m_context.session.path()) {
        m_scoringOffered.clear();
    }
    std::vector<RunChoice> choices;
    for (const RunFigures &run : m_runs->runs) {
        addChoice(choices, run.record);
    }
    m_form->setRuns(choices);
    updateControls();
}

void TrainingPanel::askForProject()
{
    auto *dialog = new QFileDialog(window(), tr("A project to start from"), {},
                                   tr("Perennial projects (*.perennial)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &TrainingPanel::offerRunsOf);
    dialog->open();
}

void TrainingPanel::offerRunsOf(const QString &path)
{
    using Choices = std::vector<RunChoice>;
    m_context.jobs.start<Choices>(
        tr("Runs of another project"),
        [path](const Task &) -> Result<Choices> {
            const auto other = Project::open(path.toStdString(), Project::Access::ReadOnly);
            if (!other) {
                return other.error();
            }
            const auto runs = readRuns(*other);
            if (!runs) {
                return runs.error();
            }
            Choices choices;
            for (const RunRecord &run : *runs) {
                addChoice(choices, run);
            }
            return choices.empty() ? Result<Choices>(fail(ErrorCode::NotTrained,
                                                          std::string(kBehaviorModel),
                                                          path.toStdString()))
                                   : Result<Choices>(std::move(choices));
        },
        this,
        [this, path](Result<Choices> choices) {
            if (choices) {
                m_form->offerRunsOf(path.toStdString(), std::move(*choices));
            } else if (choices.error().code != ErrorCode::Cancelled) {
                m_context.navigator.showError(tr("No run of that project can be started from"),
                                              choices.error());
            }
        },
        QStringLiteral("models-other-runs"), JobVisibility::Quiet);
}

const RunRecord *TrainingPanel::resumable() const
{
    const auto found = std::ranges::find_if(m_runs->runs, &RunFigures::isBehavior);
    return found != m_runs->runs.end() && isResumable(found->record) ? &found->record : nullptr;
}

bool TrainingPanel::canStart() const
{
    const ProjectSession &session = m_context.session;
    return session.hasProject() && !session.readOnly() && !m_job.isRunning() &&
           session.counts().events > 0 && m_form->isValid();
}

void TrainingPanel::start()
{
    if (!canStart()) {
        return;
    }
    m_scoringOffered.clear();
    m_job.start(m_form->config());
}

void TrainingPanel::resume(std::int64_t id)
{
    const RunFigures *run = m_runs->find(id);
    if (!run || m_job.isRunning() || m_context.session.readOnly()) {
        return;
    }
    const auto config = settingsOf(run->record);
    m_scoringOffered.clear();
    m_job.resume(id, config ? *config : BehaviorConfig{}, run->epochs);
}

void TrainingPanel::offerScoring()
{
    m_scoringOffered = m_context.session.path();
    updateControls();
}

void TrainingPanel::setStatus(const QString &text)
{
    m_status->setText(text);
    m_status->setVisible(!text.isEmpty());
}

void TrainingPanel::updateControls()
{
    const bool training = m_job.isRunning();
    const QString locked = m_context.session.readOnly() ? readOnlyText() : QString();
    m_start->setVisible(!training);
    m_start->setEnabled(canStart());
    m_start->setToolTip(locked);
    const RunRecord *run = resumable();
    m_resume->setVisible(!training && run);
    m_resume->setEnabled(locked.isEmpty());
    if (run) {
        m_resume->setText(tr("Resume run %1").arg(run->id));
        m_resume->setToolTip(locked.isEmpty()
                                 ? tr("Goes on from its last checkpoint with its own settings.")
                                 : locked);
    }
    m_pause->setVisible(training);
    m_pause->setText(m_job.isPausing() ? tr("Pause now") : tr("Pause"));
    m_pause->setToolTip(
        m_job.isPausing() ? tr("Stops at once; what this epoch has learned so far will be learned "
                               "again.")
                          : tr("Stops after this epoch; nothing is lost."));
    m_cancel->setVisible(training);
    m_progress->setVisible(training);
    m_form->setEnabled(!training);
    m_score->setVisible(!training && !m_scoringOffered.isEmpty());
    m_status->setVisible(!m_status->text().isEmpty());
    if (training) {
        showProgress();
    }
}

void TrainingPanel::showProgress()
{
    if (!m_job.isRunning()) {
        return;
    }
    m_progress->setValue(static_cast<int>(m_job.fraction() * 1000));
    const QString text = m_job.progressText();
    setStatus(m_job.isPausing() ? tr("Pauses after this epoch. %1").arg(text) : text);
}

void TrainingPanel::showEnd(const TrainingEnd &end)
{
    if (end.path != m_context.session.path()) {
        setStatus({});
        m_context.navigator.showMessage(
            end.outcome ? tr("The training in %1 is done.").arg(end.path)
                        : tr("The training in %1 did not finish.").arg(end.path));
        return;
    }
    switch (end.kind) {
    case TrainingEnd::Kind::Done: {
        const TrainReport &report = end.outcome->report;
        setStatus(
            tr("Run %1 is done: best epoch %2, %3 on %4. Users still have the scores of "
               "before.")
                .arg(report.run)
                .arg(report.bestEpoch)
                .arg(durationText(report.seconds), QString::fromStdString(report.device.device)));
        m_scoringOffered = end.path;
        break;
    }
    case TrainingEnd::Kind::Paused:
        setStatus(tr("Paused. The champion is as it was; the run can be resumed, after the window "
                     "was closed too."));
        break;
    case TrainingEnd::Kind::Cancelled:
        setStatus(tr("Cancelled. The champion is as it was."));
        break;
    case TrainingEnd::Kind::Failed:
        setStatus(errorText(*end.error));
        m_context.navigator.showError(tr("The training did not finish"), *end.error);
        break;
    }
    updateControls();
}

} // namespace perennial
