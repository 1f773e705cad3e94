#pragma once

#include "core/base/result.h"
#include "core/base/task.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QString>
#include <QThreadPool>
#include <QTimer>

#include <any>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace perennial {

using JobId = qint64;

enum class JobState { Waiting, Running, Done, Failed, Cancelled };

/// Listed jobs show in the job panel and status bar; quiet ones (a page reading its figures) only
/// count for `runningCount` and `idle`.
enum class JobVisibility { Listed, Quiet };

/// A job as the panel shows it.
struct JobInfo {
    JobId id = 0;
    QString title;
    QString group;
    QString stage;       ///< what it is doing now, in words
    double fraction = 0; ///< in [0, 1]
    std::optional<double> secondsLeft;
    double seconds = 0; ///< since its start; its length once finished
    JobState state = JobState::Waiting;
    JobVisibility visibility = JobVisibility::Listed;
    std::optional<Error> error; ///< of a failed job
};

/// Runs core computations on worker threads and brings their results to the UI thread.
///
///     runner.start<ScoreReport>(tr("Score users"),
///         [project = session.connectForWorker()](const Task &task) mutable { … },
///         this, [this](Result<ScoreReport> result) { show(result); }, "score");
///
/// `done` is called on the UI thread exactly once: with the value, an error, or Cancelled — unless
/// the context object is gone or a newer job of the same group was started meanwhile.
class JobRunner : public QObject {
    Q_OBJECT

public:
    explicit JobRunner(QObject *parent = nullptr);
    /// Cancels everything and waits for the workers.
    ~JobRunner() override;

    /// @param work runs on a worker; what it captures must be its own (its own connection).
    /// @param group a newer job of the same non-empty group cancels and supersedes the older.
    template <class T>
    JobId start(const QString &title, std::function<Result<T>(const Task &)> work, QObject *context,
                std::function<void(Result<T>)> done, const QString &group = {},
                JobVisibility visibility = JobVisibility::Listed)
    {
        auto run = [work = std::move(work)](const Task &task) -> Outcome {
            Result<T> result = work(task);
            Outcome outcome;
            if (!result) {
                outcome.error = result.error();
            }
            outcome.value = std::make_shared<Result<T>>(std::move(result));
            return outcome;
        };
        auto deliver = [done = std::move(done)](Outcome outcome) {
            if (!done) {
                return;
            }
            if (outcome.value) {
                done(std::move(*static_cast<Result<T> *>(outcome.value.get())));
            } else {
                done(Result<T>(*outcome.error));
            }
        };
        return launch(title, std::move(run), context, std::move(deliver), group, visibility);
    }

    void cancel(JobId id);
    void cancelGroup(const QString &group);
    void cancelAll();
    /// Cancels all and reports each as Cancelled, even where it finishes all the same: nothing read
    /// from one project may reach the pages of the next.
    void abandonAll();
    /// Running and waiting jobs, oldest first, then the last finished ones of this session.
    const std::vector<JobInfo> &jobs() const noexcept { return m_infos; }
    /// Drops finished jobs from `jobs`.
    void clearFinished();

    bool groupRunning(const QString &group) const;
    int runningCount() const noexcept; ///< quiet ones too
    /// Cancels nothing; runs the event loop until no job is left (jobs started meanwhile too).
    void waitUntilIdle();

Q_SIGNALS:
    void jobsChanged(); ///< at most about 10 times a second, plus at start and end
    void jobFinished(perennial::JobInfo job); ///< listed jobs that end by themselves or by a cancel
    void idle();                              ///< the last job ended and its `done` has returned

private:
    struct Outcome {
        std::shared_ptr<void> value; ///< a Result<T>
        std::optional<Error> error;
    };
    using Run = std::function<Outcome(const Task &)>;
    using Deliver = std::function<void(Outcome)>;
    struct Job;

    JobId launch(const QString &title, Run run, QObject *context, Deliver deliver,
                 const QString &group, JobVisibility visibility);
    void finish(const std::shared_ptr<Job> &job, Outcome outcome);
    void pollProgress();
    JobInfo *info(JobId id);
    void record(const Job &job, const Outcome &outcome);

    QThreadPool m_pool;
    QTimer m_progressTimer;
    std::vector<std::shared_ptr<Job>> m_active;
    std::vector<JobInfo> m_infos;
    JobId m_nextId = 1;
};

} // namespace perennial
