// The training that runs: the live half of the Models page.
#include "ui/pages/models_page.h"

#include "ui/error_text.h"
#include "ui/models/table_view.h"
#include "ui/pages/behavior_config_form.h"
#include "ui/report/learning_curves.h"
#include "ui/wording/format.h"

#include <QLabel>
#include <QProgressBar>
#include <QPushButton>

#include <algorithm>

namespace perennial {

namespace {

/// The names under which core/behavior stores a run's epochs (run_store.h).
std::vector<EpochMetric> metricsOf(const EpochReport &report)
{
    std::vector<EpochMetric> metrics{{report.epoch, "train_loss", report.trainLoss},
                                     {report.epoch, "valid_loss", report.validLoss}};
    if (report.metrics.hr10) {
        metrics.push_back({report.epoch, "hr10", *report.metrics.hr10});
    }
    if (report.metrics.hr10New) {
        metrics.push_back({report.epoch, "hr10_new", *report.metrics.hr10New});
    }
    return metrics;
}

} // namespace

void ModelsPage::startTraining()
{
    if (!m_start->isEnabled()) {
        return;
    }
    m_liveEpochs.clear();
    m_scoringOffered = false;
    m_score->hide();
    showCurves({}, 0);
    // Outlives the page if it must: the worker may still hold it when the window closes.
    const std::shared_ptr<EpochRelay> relay(new EpochRelay, [](EpochRelay *r) { r->deleteLater(); });
    connect(relay.get(), &EpochRelay::epochDone, this, &ModelsPage::showEpoch, Qt::QueuedConnection);
    const BehaviorConfig config = m_form->config();
    m_trainedPath = session().path();
    m_job = runOnProject<TrainOutcome>(
        session(), jobs(), tr("Train the behaviour model"), this,
        [config, relay](Project &project, const Task &task) {
            TrainHooks hooks;
            hooks.onEpoch = [relay](const EpochReport &report) { Q_EMIT relay->epochDone(report); };
            return trainAndCompare(project, config, hooks, task);
        },
        [this](Result<TrainOutcome> outcome) { trainingDone(outcome); },
        QStringLiteral("train"),
        JobVisibility::Listed);
    m_status->setText(tr("Reading the events…"));
    updateActions();
}

void ModelsPage::showEpoch(const EpochReport &report)
{
    const auto metrics = metricsOf(report);
    m_liveEpochs.insert(m_liveEpochs.end(), metrics.begin(), metrics.end());
    showCurves(m_liveEpochs, report::bestEpochOf(m_liveEpochs));
}

void ModelsPage::trainingDone(const Result<TrainOutcome> &outcome)
{
    m_job = 0;
    m_progress->hide();
    if (m_trainedPath != session().path()) {
        m_status->setText({});
        navigator().showMessage(outcome ? tr("The training in %1 is done.").arg(m_trainedPath)
                                        : tr("The training in %1 did not finish.").arg(m_trainedPath));
        showRun(m_runTable->selectedRow());
        return;
    }
    if (outcome) {
        m_status->setText(tr("Run %1 is done: best epoch %2, %3 on %4. Users still have the scores "
                             "of before.")
                              .arg(outcome->report.run)
                              .arg(outcome->report.bestEpoch)
                              .arg(durationText(outcome->report.seconds),
                                   QString::fromStdString(outcome->report.device.device)));
        m_scoringOffered = true;
    } else if (outcome.error().code == ErrorCode::Cancelled) {
        m_status->setText(tr("Cancelled. The champion is as it was."));
    } else {
        m_status->setText(errorText(outcome.error()));
        navigator().showError(tr("The training did not finish"), outcome.error());
    }
    m_score->setVisible(m_scoringOffered);
    m_runTable->clearSelection();
    session().notifyDataChanged();
    updateActions();
}

void ModelsPage::showProgress()
{
    const auto &all = jobs().jobs();
    const auto job = std::find_if(all.begin(), all.end(),
                                  [this](const JobInfo &info) { return info.id == m_job; });
    const bool running = m_job != 0 && job != all.end() &&
                         (job->state == JobState::Running || job->state == JobState::Waiting);
    m_progress->setVisible(running);
    if (!running) {
        return;
    }
    m_progress->setValue(static_cast<int>(job->fraction * 1000));
    const QString left = job->secondsLeft
                             ? tr("%1 left").arg(durationText(*job->secondsLeft))
                             : tr("estimating the time left");
    m_status->setText(tr("%1 · %2 · %3").arg(job->stage, percentText(job->fraction), left));
}

} // namespace perennial
