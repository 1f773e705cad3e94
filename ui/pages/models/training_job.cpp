#include "ui/pages/models/training_job.h"

#include "core/behavior/report_json.h"
#include "ui/wording/format.h"

#include <algorithm>
#include <utility>

namespace perennial {

TrainingJob::TrainingJob(const PageContext &context, QObject *parent)
    : QObject(parent), m_context(context)
{
    connect(&context.jobs, &JobRunner::jobsChanged, this, &TrainingJob::poll);
}

void TrainingJob::start(const BehaviorConfig &config)
{
    m_epochs.clear();
    m_config = config;
    launch(tr("Train the behaviour model"),
           [config](Project &project, const TrainHooks &hooks, const Task &task) {
               return trainAndCompare(project, config, hooks, task);
           });
}

void TrainingJob::resume(std::int64_t run, const BehaviorConfig &config,
                         const std::vector<EpochMetric> &soFar)
{
    m_epochs = soFar;
    m_config = config;
    launch(tr("Go on with run %1").arg(run),
           [run](Project &project, const TrainHooks &hooks, const Task &task) {
               return resumeAndCompare(project, run, hooks, task);
           });
}

void TrainingJob::launch(const QString &title, Work work)
{
    // Outlives the page if it must: the worker may still hold it when the window closes.
    const std::shared_ptr<EpochRelay> relay(new EpochRelay,
                                            [](EpochRelay *r) { r->deleteLater(); });
    connect(relay.get(), &EpochRelay::epochDone, this, &TrainingJob::takeEpoch,
            Qt::QueuedConnection);
    m_path = m_context.session.path();
    m_pausing = m_cancelled = false;
    m_fraction = m_sequencesPerSecond = 0;
    m_secondsLeft.reset();
    m_stage.clear();
    m_job = runOnProject<TrainOutcome>(
        m_context.session, m_context.jobs, title, this,
        [work = std::move(work), relay](Project &project, const Task &task) {
            TrainHooks hooks;
            hooks.onEpoch = [relay](const EpochReport &report) { Q_EMIT relay->epochDone(report); };
            return work(project, hooks, task);
        },
        [this](Result<TrainOutcome> outcome) { end(std::move(outcome)); }, QStringLiteral("train"),
        JobVisibility::Listed);
    Q_EMIT changed();
    Q_EMIT epochDone(); // none yet, or those of before
}

void TrainingJob::pause()
{
    if (!isRunning()) {
        return;
    }
    if (m_pausing) {
        m_context.jobs.cancel(m_job);
    }
    m_pausing = true;
    Q_EMIT changed();
}

void TrainingJob::cancel()
{
    m_cancelled = true;
    m_context.jobs.cancel(m_job);
}

void TrainingJob::takeEpoch(const EpochReport &report)
{
    if (!isRunning()) {
        return;
    }
    std::erase_if(m_epochs, [&](const EpochMetric &m) { return m.epoch >= report.epoch; });
    for (const auto &[name, value] : epochRows(report)) {
        m_epochs.push_back({report.epoch, name, value});
    }
    m_sequencesPerSecond = report.sequencesPerSecond;
    if (m_pausing) {
        m_context.jobs.cancel(m_job);
    }
    Q_EMIT epochDone();
}

void TrainingJob::end(Result<TrainOutcome> outcome)
{
    TrainingEnd end;
    end.path = m_path;
    if (outcome) {
        end.kind = TrainingEnd::Kind::Done;
        end.outcome = std::move(*outcome);
    } else if (outcome.error().code == ErrorCode::Cancelled) {
        end.kind =
            m_pausing && !m_cancelled ? TrainingEnd::Kind::Paused : TrainingEnd::Kind::Cancelled;
    } else {
        end.error = outcome.error();
    }
    m_job = 0;
    m_pausing = false;
    Q_EMIT changed();
    Q_EMIT finished(end);
}

void TrainingJob::poll()
{
    const auto &all = m_context.jobs.jobs();
    const auto job =
        std::ranges::find_if(all, [this](const JobInfo &info) { return info.id == m_job; });
    if (m_job == 0 || job == all.end()) {
        return;
    }
    m_fraction = job->fraction;
    m_secondsLeft = job->secondsLeft;
    m_stage = job->stage;
    Q_EMIT progressed();
}

QString TrainingJob::progressText() const
{
    QStringList parts;
    const EpochProgress at = epochProgress(m_fraction, m_config.epochs, m_config.ensemble);
    if (at.member > 0 && m_config.ensemble > 1) {
        parts << tr("Network %1 of %2").arg(at.member).arg(m_config.ensemble);
    }
    if (at.epoch > 0 && m_fraction > 0) {
        parts << tr("Epoch %1 of at most %2").arg(at.epoch).arg(m_config.epochs)
              << (at.validating ? tr("validating")
                                : tr("%1 of its batches").arg(percentText(at.share)));
    } else {
        parts << (m_stage.isEmpty() ? tr("Reading the events") : m_stage)
              << percentText(m_fraction);
    }
    if (m_sequencesPerSecond > 0) {
        parts << tr("%1 sequences/s").arg(countText(qRound64(m_sequencesPerSecond)));
    }
    parts << (m_secondsLeft ? tr("%1 left").arg(durationText(*m_secondsLeft))
                            : tr("estimating the time left"));
    return parts.join(QStringLiteral(" · "));
}

} // namespace perennial
