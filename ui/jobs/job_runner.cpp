#include "ui/jobs/job_runner.h"

#include "ui/wording/words.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace perennial {

namespace {

constexpr int kProgressIntervalMs = 100;
constexpr int kLeastWorkers = 4; ///< a training must not keep the pages' reads waiting
constexpr std::size_t kFinishedKept = 30;

} // namespace

/// One run: its stop source is its own, so that cancelling it can't hit a newer run.
struct JobRunner::Job {
    JobId id = 0;
    QString title, group;
    JobVisibility visibility = JobVisibility::Listed;
    Run run;
    Deliver deliver;
    QPointer<QObject> context;
    bool superseded = false;
    bool abandoned = false;
    std::stop_source stop;
    QElapsedTimer clock;
    std::atomic<bool> started{false};
    // written by the worker, read ten times a second by the UI thread
    std::mutex mutex;
    double fraction = 0;
    std::string stage;
};

JobRunner::JobRunner(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(std::max(kLeastWorkers, QThread::idealThreadCount()));
    m_progressTimer.setInterval(kProgressIntervalMs);
    connect(&m_progressTimer, &QTimer::timeout, this, &JobRunner::pollProgress);
}

JobRunner::~JobRunner()
{
    for (const auto &job : m_active) {
        job->stop.request_stop();
    }
    m_pool.waitForDone();
    // what finished meanwhile is queued for an object that is going: Qt drops it
}

JobId JobRunner::launch(const QString &title, Run run, QObject *context, Deliver deliver,
                        const QString &group, JobVisibility visibility)
{
    if (!group.isEmpty()) {
        for (const auto &job : m_active) {
            if (job->group == group) {
                job->superseded = true;
                job->stop.request_stop();
            }
        }
    }
    auto job = std::make_shared<Job>();
    job->id = m_nextId++;
    job->title = title;
    job->group = group;
    job->visibility = visibility;
    job->run = std::move(run);
    job->deliver = std::move(deliver);
    job->context = context;
    job->clock.start();
    m_active.push_back(job);

    JobInfo info;
    info.id = job->id;
    info.title = title;
    info.group = group;
    info.visibility = visibility;
    m_infos.push_back(info);

    m_pool.start([this, job] {
        Outcome outcome;
        job->started = true;
        const Task task(job->stop.get_token(), [job](double fraction, std::string_view stage) {
            const std::lock_guard lock(job->mutex);
            job->fraction = fraction;
            job->stage = stage;
        });
        if (task.cancelled()) {
            outcome.error = fail(ErrorCode::Cancelled);
        } else {
            try {
                outcome = job->run(task);
            } catch (const std::bad_alloc &) {
                outcome.error = fail(ErrorCode::OutOfMemory, {}, job->title.toStdString());
            } catch (const std::exception &failure) {
                outcome.error = fail(ErrorCode::Internal, failure.what(), job->title.toStdString());
            }
        }
        job->run = nullptr; // its connection closes on this thread
        QMetaObject::invokeMethod(
            this, [this, job, outcome = std::move(outcome)] { finish(job, outcome); },
            Qt::QueuedConnection);
    });
    m_progressTimer.start();
    Q_EMIT jobsChanged();
    return job->id;
}

void JobRunner::finish(const std::shared_ptr<Job> &job, Outcome outcome)
{
    std::erase(m_active, job);
    if (job->abandoned) {
        outcome = Outcome{nullptr, fail(ErrorCode::Cancelled)};
    }
    record(*job, outcome);
    const bool wanted = !job->superseded && job->context;
    if (wanted) {
        job->deliver(std::move(outcome));
    }
    job->deliver = nullptr;
    if (JobInfo *shown = info(job->id); shown && wanted) {
        Q_EMIT jobFinished(*shown);
    }
    if (m_active.empty()) {
        m_progressTimer.stop();
    }
    Q_EMIT jobsChanged();
    if (m_active.empty()) {
        Q_EMIT idle();
    }
}

/// Moves the job's line to "finished", or takes it off the list where nobody needs to see it.
void JobRunner::record(const Job &job, const Outcome &outcome)
{
    JobInfo *shown = info(job.id);
    if (!shown) {
        return;
    }
    shown->seconds = static_cast<double>(job.clock.elapsed()) / 1000.0;
    shown->secondsLeft.reset();
    shown->stage.clear();
    if (!outcome.error) {
        shown->state = JobState::Done;
        shown->fraction = 1;
    } else if (outcome.error->code == ErrorCode::Cancelled) {
        shown->state = JobState::Cancelled;
    } else {
        shown->state = JobState::Failed;
        shown->error = outcome.error;
    }
    const auto finished = [](const JobInfo &i) {
        return i.state != JobState::Running && i.state != JobState::Waiting;
    };
    if (job.superseded || job.visibility == JobVisibility::Quiet) {
        std::erase_if(m_infos, [&job](const JobInfo &i) { return i.id == job.id; });
    } else if (std::count_if(m_infos.begin(), m_infos.end(), finished) >
               static_cast<std::ptrdiff_t>(kFinishedKept)) {
        m_infos.erase(std::find_if(m_infos.begin(), m_infos.end(), finished));
    }
}

void JobRunner::pollProgress()
{
    bool changed = false;
    for (const auto &job : m_active) {
        JobInfo *shown = info(job->id);
        if (!shown || !job->started) {
            continue;
        }
        const std::lock_guard lock(job->mutex);
        shown->state = JobState::Running;
        shown->seconds = static_cast<double>(job->clock.elapsed()) / 1000.0;
        shown->fraction = job->fraction;
        shown->stage = taskStageText(job->stage);
        if (job->fraction >= 0.02 && shown->seconds >= 1.0) {
            shown->secondsLeft = shown->seconds * (1.0 - job->fraction) / job->fraction;
        }
        changed = changed || job->visibility == JobVisibility::Listed;
    }
    if (changed) {
        Q_EMIT jobsChanged();
    }
}

JobInfo *JobRunner::info(JobId id)
{
    const auto found =
        std::find_if(m_infos.begin(), m_infos.end(), [id](const JobInfo &i) { return i.id == id; });
    return found == m_infos.end() ? nullptr : &*found;
}

void JobRunner::cancel(JobId id)
{
    for (const auto &job : m_active) {
        if (job->id == id) {
            job->stop.request_stop();
        }
    }
}

void JobRunner::cancelGroup(const QString &group)
{
    for (const auto &job : m_active) {
        if (job->group == group) {
            job->stop.request_stop();
        }
    }
}

void JobRunner::cancelAll()
{
    for (const auto &job : m_active) {
        job->stop.request_stop();
    }
}

void JobRunner::abandonAll()
{
    for (const auto &job : m_active) {
        job->abandoned = true;
        job->stop.request_stop();
    }
}

void JobRunner::clearFinished()
{
    std::erase_if(m_infos, [](const JobInfo &i) {
        return i.state != JobState::Running && i.state != JobState::Waiting;
    });
    Q_EMIT jobsChanged();
}

bool JobRunner::groupRunning(const QString &group) const
{
    return std::any_of(m_active.begin(), m_active.end(), [&group](const auto &job) {
        return job->group == group && !job->superseded;
    });
}

int JobRunner::runningCount() const noexcept
{
    return static_cast<int>(m_active.size());
}

void JobRunner::waitUntilIdle()
{
    while (!m_active.empty()) {
        QEventLoop loop;
        connect(this, &JobRunner::idle, &loop, &QEventLoop::quit);
        loop.exec();
    }
}

} // namespace perennial
