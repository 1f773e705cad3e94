#pragma once

#include "core/project/event_store.h"
#include "core/project/project.h"
#include "core/project/settings.h"
#include "core/project/user_state_store.h"
#include "core/segment/segment_choice.h"
#include "ui/jobs/job_runner.h"

#include <QObject>
#include <QString>

#include <functional>
#include <optional>

namespace perennial {

class ChurnShelf;
class LifecycleShelf;

/// The one open project of the window: its connection for the UI thread, what every page takes for
/// granted about it (settings, counts, label of the scored users), and the segment all pages share.
/// Opening and reloading run in jobs; the signals come once everything below is read.
class ProjectSession : public QObject {
    Q_OBJECT

public:
    explicit ProjectSession(JobRunner &jobs, QObject *parent = nullptr);
    ~ProjectSession() override;

    /// Ends in projectChanged, or in openFailed with the open project left as it was.
    void open(const QString &path, Project::Access access = Project::Access::ReadWrite);
    /// Makes an empty project and opens it; the same signals.
    void create(const QString &path);
    void close();

    bool hasProject() const noexcept { return m_project.has_value(); }
    bool readOnly() const noexcept { return m_project && m_project->readOnly(); }
    /// For small reads and writes on the UI thread. Only while hasProject().
    Project &project() { return *m_project; }
    const Project &project() const { return *m_project; }
    QString path() const; ///< empty without a project
    QString name() const; ///< "shop", empty without a project
    /// Another connection for a worker: take it on the UI thread, move it into the job.
    Result<Project> connectForWorker() const;

    const ProjectSettings &settings() const noexcept { return m_settings; }
    /// Checks, writes and announces them. @error as writeSettings; ReadOnly.
    Status setSettings(const ProjectSettings &settings);

    const ProjectCounts &counts() const noexcept { return m_counts; } ///< all 0 without a project
    /// t₀: the setting, or the last day with an event; empty without events.
    std::optional<Day> snapshot() const noexcept;
    /// What the rows of user_state were computed from; empty = not scored yet.
    const std::optional<UserStateLabel> &label() const noexcept { return m_label; }
    /// Scored, but the data or the settings have changed since (hash, horizon, margin, discount,
    /// t₀, stages).
    bool scoresOutdated() const;
    const QString &dataHash() const noexcept { return m_dataHash; }

    /// What the pages' views of the lifecycle at the scores' t₀ are computed from; another one whenever
    /// the data may have changed, null without scores.
    const std::shared_ptr<LifecycleShelf> &lifecycleShelf() const noexcept { return m_shelf; }
    /// The same of who may leave.
    const std::shared_ptr<ChurnShelf> &churnShelf() const noexcept { return m_churnShelf; }

    /// The segment bar's filter: every page shows these users only. Another object whenever its users
    /// may have changed; never null.
    const Segment &segment() const noexcept { return m_segment; }
    void setSegment(const SegmentRule &rule);

    /// To be called after an import, a scoring or a training finished: rereads counts and label,
    /// then emits dataChanged.
    void notifyDataChanged();

Q_SIGNALS:
    void projectChanged(); ///< another project, or none
    void dataChanged();    ///< events, scores or runs of the open project changed
    void settingsChanged();
    void segmentChanged();
    void openFailed(const QString &path, const perennial::Error &error);

private:
    struct Snapshot; ///< what one read of the file gives
    static Result<Snapshot> readAll(Project project);
    void adopt(Snapshot snapshot);

    JobRunner &m_jobs;
    std::optional<Project> m_project;
    ProjectSettings m_settings;
    ProjectCounts m_counts;
    std::optional<UserStateLabel> m_label;
    QString m_dataHash;
    std::shared_ptr<StatesShelf> m_states;
    std::shared_ptr<LifecycleShelf> m_shelf;
    std::shared_ptr<ChurnShelf> m_churnShelf;
    Segment m_segment = everybody();
};

/// Runs work on a connection of its own:
///     runOnProject<Figures>(session, jobs, tr("Overview"), this,
///         [](Project &project, const Task &task) -> Result<Figures> { … },
///         [this](Result<Figures> figures) { … }, "overview");
template <class T>
JobId runOnProject(const ProjectSession &session, JobRunner &jobs, const QString &title,
                   QObject *context, std::function<Result<T>(Project &, const Task &)> work,
                   std::function<void(Result<T>)> done, const QString &group,
                   JobVisibility visibility = JobVisibility::Quiet)
{
    auto connection = std::make_shared<Result<Project>>(session.connectForWorker());
    return jobs.start<T>(
        title,
        [connection, work = std::move(work)](const Task &task) -> Result<T> {
            if (!*connection) {
                return connection->error();
            }
            Result<T> result = work(**connection, task);
            *connection = fail(ErrorCode::Cancelled); // closes it on the worker
            return result;
        },
        context, std::move(done), group, visibility);
}

} // namespace perennial
