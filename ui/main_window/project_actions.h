#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/models/project_session.h"

#include <QObject>

class QWidget;

namespace perennial {

/// What the window does with whole projects: asks for files, opens, makes, scores; worded failures.
class ProjectActions : public QObject {
    Q_OBJECT

public:
    ProjectActions(ProjectSession &session, JobRunner &jobs, QWidget *window);

    void newProject();
    void openProject(const QString &path); ///< asks where the path is empty
    void openSample();
    void closeProject();
    void scoreUsers();
    /// False where jobs run and the user wants them to go on. Nothing runs after true.
    bool stopJobs();
    static QString samplePath();

private:
    void handleOpenFailure(const QString &path, const Error &error);
    void makeSample(const QString &path);

    ProjectSession &m_session;
    JobRunner &m_jobs;
    QWidget *m_window;
    bool m_scoreOnceOpen = false;
};

} // namespace perennial
