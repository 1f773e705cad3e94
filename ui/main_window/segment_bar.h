#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/models/project_session.h"

#include <QFrame>

class QAction;
class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;
class QUndoStack;

namespace perennial {

/// The filter every page follows: [All users ▾] [stage = loyal ×] [channel = ads ×]  4 410 users. What
/// changes here can be undone.
class SegmentBar : public QFrame {
    Q_OBJECT

public:
    SegmentBar(ProjectSession &session, JobRunner &jobs, QUndoStack &undo,
               QWidget *parent = nullptr);

    /// One step of the undo stack; nothing where it is chosen already.
    void choose(const SegmentRule &rule);
    /// Keeps the users shown under a name, in place of the segment that has it. A step that can be undone.
    void save(const QString &name);
    /// A step that can be undone; nothing where there is none.
    void remove(const QString &name);

Q_SIGNALS:
    void failed(const QString &title, const perennial::Error &error);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillMenu();
    void fillSaved();
    void askName();
    void showSegment();
    void showChips();
    QPushButton *addChip(const QString &text, const SegmentRule &without);
    void fitChips();
    void countUsers();
    void showCount(qint64 users, qint64 of);

    ProjectSession &m_session;
    JobRunner &m_jobs;
    QUndoStack &m_undo;
    QToolButton *m_button = nullptr;
    QMenu *m_menu = nullptr, *m_removal = nullptr;
    QList<QAction *> m_saved; ///< of the menu, gone when it is filled again
    QHBoxLayout *m_chips = nullptr;
    QPushButton *m_clear = nullptr;
    QLabel *m_count = nullptr;
};

} // namespace perennial
