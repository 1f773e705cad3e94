#pragma once

#include "ui/jobs/job_runner.h"
#include "ui/models/project_session.h"

#include <QList>
#include <QString>
#include <QWidget>

#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QAction;
class QUndoCommand;

namespace perennial {

class SegmentEdits;

/// What a page may ask of the window.
class Navigator {
public:
    virtual ~Navigator() = default;
    /// "start", "data", "quality", "overview", "lifecycle", "value", "churn", "segments", "trust",
    /// "models", "scenarios", "reports", "system".
    virtual void showPage(const QString &id) = 0;
    virtual void newProject() = 0;            ///< asks for a file name
    virtual void openProject(const QString &path = {}) = 0; ///< asks where there is no path
    virtual void openSample() = 0;            ///< makes the sample shop where there is none
    /// Opens the import dialog on the page Data. @param file may be empty.
    virtual void importFile(const QString &file = {}) = 0;
    /// Starts the job that scores all users (group "score"); pages learn by dataChanged.
    virtual void scoreUsers() = 0;
    /// Makes every page show these users only, as the segment bar does: one step that can be undone.
    virtual void chooseSegment(const SegmentRule &rule) = 0;
    /// Does it, as a step of the window's that can be undone until another project is opened.
    virtual void doStep(std::unique_ptr<QUndoCommand> step) = 0;
    /// What changes the saved segments, so that it can be undone.
    virtual SegmentEdits &segmentEdits() = 0;
    /// One line in the status bar for some seconds.
    virtual void showMessage(const QString &text) = 0;
    /// A dialog that says what happened, where, what to do, with "Copy details".
    virtual void showError(const QString &title, const Error &error) = 0;
};

/// What every page is built from. Outlives the pages.
struct PageContext {
    ProjectSession &session;
    JobRunner &jobs;
    Navigator &navigator;
};

/// One page of the window. The window draws title, answer and actions above it, and the segment
/// bar where `usesSegment`. `refresh` is called when the page is visible and project, data,
/// settings or segment have changed since the last call; it starts quiet jobs for anything that
/// touches all users and returns at once.
class Page : public QWidget {
    Q_OBJECT

public:
    Page(const PageContext &context, QWidget *parent = nullptr);

    virtual QString title() const = 0;
    /// The page's question answered in one line; empty until known. Data in it is shown as plain text.
    virtual QString answer() const { return {}; }
    virtual bool usesSegment() const { return false; }
    /// Parts of the page shown one at a time, by name; none where it is all of a piece.
    virtual QStringList sections() const { return {}; }
    virtual void showSection(int) {}
    /// Shown at the right of the header, in menus and in the command palette. Owned by the page.
    virtual QList<QAction *> pageActions() const { return {}; }

    /// Refreshes now if anything changed since the last refresh; screenshots call it.
    void refreshIfStale();

Q_SIGNALS:
    void headerChanged(); ///< title, answer or actions are new

protected:
    virtual void refresh() = 0;
    void showEvent(QShowEvent *event) override;

    ProjectSession &session() const noexcept { return m_context.session; }
    JobRunner &jobs() const noexcept { return m_context.jobs; }
    Navigator &navigator() const noexcept { return m_context.navigator; }
    const PageContext &context() const noexcept { return m_context; }
    /// Refreshes now, or when the page is next shown.
    void markStale();

private:
    PageContext m_context;
    bool m_stale = true;
};

} // namespace perennial
