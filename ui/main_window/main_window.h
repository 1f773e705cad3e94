#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/main_window/project_actions.h"
#include "ui/models/project_session.h"
#include "ui/pages/page_registry.h"
#include "ui/theme/theme.h"

#include <QMainWindow>

class QLabel;
class QListWidget;
class QMenu;
class QStackedWidget;
class QUndoStack;

namespace perennial {

class HeaderBar;
class JobPanel;
class SegmentBar;
class SegmentEdits;

/// The window: navigation, header, segment bar, the page shown, jobs and status. Pages are made
/// when first shown.
class MainWindow : public QMainWindow, private Navigator {
    Q_OBJECT

public:
    /// Whether place, theme and recent projects are kept in the user's settings.
    enum class Memory { Keep, Forget };

    explicit MainWindow(Memory memory = Memory::Keep);
    ~MainWindow() override;

    ProjectSession &session() noexcept { return m_session; }
    JobRunner &jobs() noexcept { return m_jobs; }
    void openPath(const QString &path); ///< a project or a file of events
    QStringList pageIds() const;
    /// Made if it was not yet. @return null for an unknown id.
    Page *page(const QString &id);
    Page *currentPage() const;
    void showPage(const QString &id) override;
    void setTheme(ThemeMode mode);
    QList<QAction *> allActions() const; ///< menus and the pages' own

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    // Navigator
    void newProject() override { m_actions->newProject(); }
    void openProject(const QString &path) override { m_actions->openProject(path); }
    void openSample() override { m_actions->openSample(); }
    void importFile(const QString &file) override;
    void scoreUsers() override { m_actions->scoreUsers(); }
    void chooseSegment(const SegmentRule &rule) override;
    void doStep(std::unique_ptr<QUndoCommand> step) override;
    SegmentEdits &segmentEdits() override { return *m_edits; }
    void showMessage(const QString &text) override;
    void showError(const QString &title, const Error &error) override;

    void setUpNavigation();
    void setUpContent();
    void setUpStatusBar();
    void setUpMenus();
    void setUpFileMenu();
    void setUpEditMenu();
    void setUpViewMenu();
    void setUpHelpMenu();
    void fillRecent();
    void showProject();
    void showHeader();
    void showDevice();
    void stepPage(int by);
    void restore();
    void remember();
    QAction *addCommand(QMenu *menu, const QString &text, const QKeySequence &shortcut,
                        std::function<void()> run, const QString &icon = {});

    Memory m_memory;
    JobRunner m_jobs;
    ProjectSession m_session;
    PageContext m_context;
    ProjectActions *m_actions = nullptr;
    std::vector<PageEntry> m_entries;
    std::vector<Page *> m_pages; ///< null until first shown
    QListWidget *m_navigation = nullptr;
    QStackedWidget *m_stack = nullptr;
    HeaderBar *m_header = nullptr;
    SegmentBar *m_segment = nullptr;
    JobPanel *m_jobPanel = nullptr;
    QLabel *m_device = nullptr, *m_project = nullptr;
    QMenu *m_recent = nullptr;
    QUndoStack *m_undo = nullptr;
    SegmentEdits *m_edits = nullptr;
    QList<QAction *> m_needProject; ///< enabled only with a project
    ThemeMode m_theme = ThemeMode::System;
};

} // namespace perennial
