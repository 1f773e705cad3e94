#pragma once

#include "ui/jobs/job_runner.h"

#include <QFrame>

#include <map>

class QLabel;
class QProgressBar;
class QToolButton;
class QVBoxLayout;

namespace perennial {

class ElidedLabel;

/// One job: name, what it does, %, time left, cancel; once failed its error with "Copy".
class JobLine : public QWidget {
    Q_OBJECT

public:
    JobLine(JobRunner &jobs, JobId id, QWidget *parent = nullptr);
    void show(const JobInfo &job);

private:
    void act();

    JobRunner &m_jobs;
    JobInfo m_job;
    ElidedLabel *m_text = nullptr;
    QProgressBar *m_bar = nullptr;
    QToolButton *m_button = nullptr;
};

/// All listed jobs of this session, newest first; non-modal, above the status bar.
class JobPanel : public QFrame {
    Q_OBJECT

public:
    explicit JobPanel(JobRunner &jobs, QWidget *parent = nullptr);

private:
    void update();

    JobRunner &m_jobs;
    QVBoxLayout *m_lines = nullptr;
    QLabel *m_none = nullptr;
    std::map<JobId, JobLine *> m_byId;
};

/// The newest running job in the status bar; a click opens the panel.
class JobStatus : public QWidget {
    Q_OBJECT

public:
    explicit JobStatus(JobRunner &jobs, QWidget *parent = nullptr);

Q_SIGNALS:
    void panelToggled();

private:
    void update();

    JobRunner &m_jobs;
    JobId m_job = 0;
    QToolButton *m_open = nullptr;
    QProgressBar *m_bar = nullptr;
    QToolButton *m_cancel = nullptr;
};

/// "Training · epoch 3 · 43 % · 2 min left".
QString jobText(const JobInfo &job);

} // namespace perennial
