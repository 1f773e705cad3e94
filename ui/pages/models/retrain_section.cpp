#include "ui/pages/models/retrain_section.h"

#include "ui/pages/models/difference_report.h"
#include "ui/pages/models/run_history.h"
#include "ui/pages/models/training_job.h"
#include "ui/pages/page_parts.h"
#include "ui/widgets/card.h"
#include "ui/widgets/labels.h"
#include "ui/wording/format.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QVBoxLayout>

namespace perennial {

namespace {

const QString kGroup = QStringLiteral("models-difference");
constexpr std::size_t kMoves = 50;

} // namespace

RetrainSection::RetrainSection(const PageContext &context, TrainingJob &job, RunHistory &history,
                               QWidget *parent)
    : QWidget(parent), m_context(context), m_job(job), m_history(history),
      m_runs(std::make_shared<RunList>()), m_start(new Card(tr("Train the champion again"))),
      m_card(new Card(tr("What has changed"))), m_report(new DifferenceReport(context))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    setUpStart();
    setUpReport();
    column->addWidget(m_start);
    column->addWidget(m_card);
    column->addWidget(m_report);
    connect(&job, &TrainingJob::changed, this, &RetrainSection::updateControls);
    connect(&job, &TrainingJob::finished, this, &RetrainSection::trainingEnded);
    connect(&history, &RunHistory::busyChanged, this, &RetrainSection::updateControls);
}

void RetrainSection::setUpStart()
{
    m_start->setDefinition(tr(
        "The champion's own settings, on everything the project knows by now. From its weights: "
        "what both know keeps its weights, which is faster and changes less. From random weights: "
        "as if it were trained for the first time, which forgets what no longer holds."));
    m_state = plainLabel();
    m_state->setWordWrap(true);
    m_start->body()->addWidget(m_state);
    m_warm = new QRadioButton(tr("From its weights"));
    m_fresh = new QRadioButton(tr("From random weights"));
    m_warm->setChecked(true);
    m_retrain = pushButton(tr("Retrain now"), true);
    auto *row = new QHBoxLayout;
    row->addWidget(m_warm);
    row->addWidget(m_fresh);
    row->addWidget(m_retrain);
    row->addStretch(1);
    m_start->body()->addLayout(row);
    connect(m_retrain, &QPushButton::clicked, this, &RetrainSection::retrain);
}

void RetrainSection::setUpReport()
{
    m_verdict = plainLabel();
    m_verdict->setWordWrap(true);
    m_verdict->setAccessibleName(tr("What has changed"));
    m_card->body()->addWidget(m_verdict);
    m_accept = pushButton(tr("Accept"), true);
    m_keep = pushButton(tr("Keep the old one"));
    m_compare = pushButton(tr("Show what has changed"));
    auto *row = new QHBoxLayout;
    for (QPushButton *button : {m_accept, m_keep, m_compare}) {
        row->addWidget(button);
    }
    row->addStretch(1);
    m_card->body()->addLayout(row);
    m_card->hide();
    m_report->hide();
    connect(m_accept, &QPushButton::clicked, this, [this] { decide(true); });
    connect(m_keep, &QPushButton::clicked, this, [this] { decide(false); });
    connect(m_compare, &QPushButton::clicked, this, [this] { readDifference(m_older, m_newer); });
}

bool RetrainSection::canRetrain() const
{
    return m_runs->champion() && m_context.session.hasProject() && !m_context.session.readOnly() &&
           !m_job.isRunning() && !m_history.isBusy();
}

void RetrainSection::setRuns(std::shared_ptr<const RunList> runs)
{
    m_runs = std::move(runs);
    if (m_project != m_context.session.path()) {
        m_project = m_context.session.path();
        m_older = m_newer = 0;
        m_decided = false;
        m_card->hide();
        m_report->hide();
    }
    if (!m_running) {
        choosePair();
    }
    updateControls();
}

void RetrainSection::choosePair()
{
    const RunFigures *champion = m_runs->champion();
    const std::int64_t used = champion ? champion->record.id : 0;
    const bool there = m_newer > 0 && m_runs->find(m_newer) && m_runs->find(m_older);
    const bool undecided = !m_decided && used == m_newer;
    if (there && (undecided || used == m_older)) { // what the user looks at still holds
        m_decided = !undecided;
        return;
    }
    // What was in use before stands ready to be compared with what is.
    const std::int64_t former = champion ? m_runs->formerChampion.value_or(0) : 0;
    const std::int64_t newer = former > 0 ? used : 0;
    if (m_older != former || m_newer != newer) {
        m_report->hide();
    }
    m_older = former;
    m_newer = newer;
    m_decided = true;
}

void RetrainSection::updateControls()
{
    const RunFigures *champion = m_runs->champion();
    const QString locked = m_context.session.readOnly() ? readOnlyText() : QString();
    m_retrain->setEnabled(canRetrain());
    m_retrain->setToolTip(locked);
    for (QRadioButton *button : {m_warm, m_fresh}) {
        button->setEnabled(canRetrain());
    }
    if (!champion) {
        m_state->setText(tr("No behaviour model has been trained yet: there is nothing to train "
                            "again."));
    } else {
        const bool same =
            QString::fromStdString(champion->record.dataHash) == m_context.session.dataHash() &&
            champion->record.until == m_context.session.snapshot();
        m_state->setText(
            same
                ? tr("Run %1 is in use, trained on %2. Nothing has come in since: t₀ is still %3.")
                      .arg(champion->record.id)
                      .arg(dayText(dayOf(champion->record.startedAt)),
                           dayText(champion->record.until))
                : tr("Run %1 is in use, trained on %2 with t₀ %3. The data have changed since; t₀ "
                     "is "
                     "%4 now.")
                      .arg(champion->record.id)
                      .arg(dayText(dayOf(champion->record.startedAt)),
                           dayText(champion->record.until), dayText(m_context.session.snapshot())));
    }
    const bool pair = m_newer > 0 && m_older > 0 && !m_job.isRunning();
    m_card->setVisible(pair);
    m_accept->setVisible(!m_decided);
    m_accept->setText(tr("Accept run %1").arg(m_newer));
    const bool newInUse = champion && champion->record.id == m_newer;
    m_keep->setText(tr("Keep run %1").arg(m_older));
    m_keep->setVisible(newInUse);
    m_keep->setEnabled(locked.isEmpty() && !m_history.isBusy());
    m_keep->setToolTip(locked);
    m_compare->setEnabled(!m_comparing);
    if (pair && !m_comparing && !m_report->isVisibleTo(this)) {
        m_verdict->setText(
            tr("Run %1 beside run %2, which was in use before it.").arg(m_newer).arg(m_older));
    }
}

void RetrainSection::retrain()
{
    if (!canRetrain()) {
        return;
    }
    const RunFigures *champion = m_runs->champion();
    auto config = settingsOf(champion->record);
    if (!config) {
        m_context.navigator.showError(tr("The run can't be trained again"), config.error());
        return;
    }
    config->warmRun = m_warm->isChecked() ? champion->record.id : 0;
    m_older = champion->record.id;
    m_newer = 0;
    m_running = true;
    m_decided = false;
    m_report->hide();
    m_job.start(*config);
    Q_EMIT started();
}

void RetrainSection::trainingEnded(const TrainingEnd &end)
{
    if (!m_running) {
        return;
    }
    m_running = false;
    if (end.outcome && end.path == m_context.session.path()) {
        m_newer = end.outcome->report.run;
        readDifference(m_older, m_newer);
    }
    updateControls();
}

void RetrainSection::readDifference(std::int64_t older, std::int64_t newer)
{
    m_verdict->setText(tr("Comparing run %1 with run %2…").arg(newer).arg(older));
    m_comparing = true;
    updateControls();
    runOnProject<RunDifference>(
        m_context.session, m_context.jobs, tr("Compare run %1 with run %2").arg(newer).arg(older),
        this,
        [older, newer](Project &project, const Task &task) {
            return differenceOf(project, older, newer, kMoves, task);
        },
        [this](Result<RunDifference> difference) {
            m_comparing = false;
            updateControls();
            if (difference) {
                showDifference(*difference);
            } else if (difference.error().code == ErrorCode::Cancelled) {
                m_verdict->setText(tr("The comparison was cancelled."));
            } else {
                m_context.navigator.showError(tr("The runs could not be compared"),
                                              difference.error());
            }
        },
        kGroup, JobVisibility::Listed);
}

void RetrainSection::showDifference(const RunDifference &difference)
{
    if (difference.older != m_older || difference.newer != m_newer) {
        return;
    }
    m_report->show(difference);
    m_report->setVisible(true);
    m_verdict->setText(differenceVerdict(difference));
    updateControls();
}

void RetrainSection::decide(bool keepNew)
{
    m_decided = true;
    if (keepNew) {
        m_context.navigator.showMessage(
            tr("Run %1 stays in use. Score the users again to see it everywhere.").arg(m_newer));
    } else {
        m_history.setChampion(m_older, m_newer);
    }
    updateControls();
}

} // namespace perennial
