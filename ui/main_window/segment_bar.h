#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/models/project_session.h"

#include <QFrame>

class QLabel;
class QMenu;
class QPushButton;
class QToolButton;
class QUndoStack;

namespace perennial {

/// The filter every page follows: [All users ▾] [stage = loyal ×]  4 410 users. Changes can be
/// undone.
class SegmentBar : public QFrame {
    Q_OBJECT

public:
    SegmentBar(ProjectSession &session, JobRunner &jobs, QUndoStack &undo,
               QWidget *parent = nullptr);

    /// One step of the undo stack; nothing where it is chosen already. @param stage empty = all users
    void choose(std::optional<Stage> stage);

private:
    void fillMenu();
    void showSegment();
    void countUsers();

    ProjectSession &m_session;
    JobRunner &m_jobs;
    QUndoStack &m_undo;
    QToolButton *m_button = nullptr;
    QMenu *m_menu = nullptr;
    QPushButton *m_chip = nullptr;
    QLabel *m_count = nullptr;
};

} // namespace perennial
