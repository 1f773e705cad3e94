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

namespace perennial {

class SegmentBuilder;
class SegmentChip;
class SegmentEdits;

/// The filter every page follows: [All users ▾] [stage = loyal ×] [channel = ads ×] [+ Filter]  4 410
/// users. A click on a chip's words edits it. What changes here can be undone.
class SegmentBar : public QFrame {
    Q_OBJECT

public:
    SegmentBar(ProjectSession &session, JobRunner &jobs, SegmentEdits &edits,
               QWidget *parent = nullptr);

    /// Opens the builder on the users shown; it shows other ones once its rule is taken.
    SegmentBuilder *edit();
    /// The same with a condition to be filled in.
    SegmentBuilder *addFilter();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillMenu();
    void fillSaved();
    void chooseSaved(const std::string &definition);
    void askName();
    void importFile();
    void exportFile();
    void showSegment();
    void showChips();
    /// @param part that a click edits; below 0 the whole
    SegmentChip *addChip(const QString &text, const QIcon &icon, int part);
    void fitChips();
    void countUsers();
    void showCount(qint64 users, qint64 of);

    ProjectSession &m_session;
    JobRunner &m_jobs;
    SegmentEdits &m_edits;
    QToolButton *m_button = nullptr;
    QMenu *m_menu = nullptr, *m_removal = nullptr;
    QAction *m_afterSaved = nullptr;
    QList<QAction *> m_saved; ///< of the menu, gone when it is filled again
    QHBoxLayout *m_chips = nullptr;
    QPushButton *m_add = nullptr, *m_clear = nullptr;
    QLabel *m_count = nullptr;
};

} // namespace perennial
