#pragma once

#include "find_widgets.h"

#include "core/sample/sample_shop.h"
#include "core/scoring/score_users.h"
#include "core/tuning/compare.h"
#include "ui/jobs/job_runner.h"
#include "ui/models/project_session.h"
#include "ui/pages/page.h"
#include "ui/segments/segment_edits.h"

#include <QAbstractButton>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

namespace perennial::test {

/// A window's worth of collaborators without the window; notes what pages ask for.
class FakeNavigator : public Navigator {
public:
    explicit FakeNavigator(ProjectSession &session) : m_edits(session, undo) {}

    void showPage(const QString &id) override { asked.append("page " + id); }
    void newProject() override { asked.append("new"); }
    void openProject(const QString &) override { asked.append("open"); }
    void openSample() override { asked.append("sample"); }
    void importFile(const QString &) override { asked.append("import"); }
    void scoreUsers() override { asked.append("score"); }
    void chooseSegment(const SegmentRule &) override { asked.append("segment"); }
    void doStep(std::unique_ptr<QUndoCommand> step) override { undo.push(step.release()); }
    SegmentEdits &segmentEdits() override { return m_edits; }
    void showMessage(const QString &text) override { messages.append(text); }
    void showError(const QString &title, const Error &error) override
    {
        errors.append(title);
        lastError = error;
    }
    QStringList asked, messages, errors;
    QUndoStack undo;
    Error lastError;

private:
    SegmentEdits m_edits;
};

enum class Sample { Empty, Unscored, Scored, Trained };

/// What a quick training on a few hundred users takes: a second or two.
inline BehaviorConfig tinyConfig()
{
    BehaviorConfig config;
    config.epochs = 2;
    config.dimension = 16;
    config.heads = 2;
    config.sequenceLength = 16;
    config.windowsPerUser = 1;
    config.validationUsers = 200;
    config.refitEpochs = 0;
    config.device = "cpu";
    return config;
}

inline Status makeSample(const QString &path, Sample kind, std::int64_t users = 300)
{
    if (kind == Sample::Empty) {
        auto project = Project::create(path.toStdString());
        return project ? Status(Done{}) : Status(project.error());
    }
    SampleShopOptions options;
    options.users = users;
    options.items = 60;
    auto made = createSampleShop(path.toStdString(), options, {});
    if (!made || kind == Sample::Unscored) {
        return made ? Status(Done{}) : Status(made.error());
    }
    auto project = Project::open(path.toStdString(), Project::Access::ReadWrite);
    if (!project) {
        return project.error();
    }
    if (kind == Sample::Trained) {
        auto trained = trainAndCompare(*project, tinyConfig(), {}, {});
        if (!trained) {
            return trained.error();
        }
    }
    auto scored = scoreUsers(*project, {}, {});
    return scored ? Status(Done{}) : Status(scored.error());
}

struct Bench {
    Bench() : session(jobs), navigator(session), context{session, jobs, navigator} {}

    /// Opens a project and waits for it. @return whether it came.
    bool open(const QString &path, Project::Access access = Project::Access::ReadWrite)
    {
        session.open(path, access);
        jobs.waitUntilIdle();
        return session.hasProject();
    }
    /// Shows a page at a size and lets its jobs finish.
    void show(Page &page, QSize size = {1180, 800})
    {
        page.resize(size);
        page.show();
        page.refreshIfStale();
        settle();
    }
    void settle()
    {
        QTest::qWait(20);
        jobs.waitUntilIdle();
        QCoreApplication::processEvents();
    }

    JobRunner jobs;
    ProjectSession session;
    FakeNavigator navigator;
    PageContext context;
};

/// Every control that can be reached has a name for screen readers.
inline QStringList unnamedControls(const QWidget &page)
{
    QStringList unnamed;
    for (const QWidget *widget : page.findChildren<QWidget *>()) {
        const bool control = qobject_cast<const QAbstractButton *>(widget) ||
                             qobject_cast<const QAbstractSpinBox *>(widget) ||
                             qobject_cast<const QComboBox *>(widget) ||
                             qobject_cast<const QLineEdit *>(widget) ||
                             qobject_cast<const QSlider *>(widget) ||
                             qobject_cast<const QTableView *>(widget);
        const QWidget *parent = widget->parentWidget();
        if (parent && parent->inherits("perennial::EmptyState")) {
            continue; // named once it is shown
        }
        const bool part = parent && (qobject_cast<const QAbstractSpinBox *>(parent) ||
                                     qobject_cast<const QComboBox *>(parent) ||
                                     qobject_cast<const QTableView *>(parent) ||
                                     parent->inherits("QHeaderView") ||
                                     parent->inherits("QLineEdit"));
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        if (control && !part && widget->accessibleName().isEmpty() &&
            (!button || button->text().isEmpty())) {
            unnamed.append(QString::fromLatin1(widget->metaObject()->className()));
        }
    }
    return unnamed;
}

/// No label that may show data reads it as markup; labels of form rows show our own words.
inline QStringList richLabels(const QWidget &page)
{
    QStringList rich;
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        if (!label->buddy() && label->textFormat() != Qt::PlainText && !label->text().isEmpty()) {
            rich.append(label->text());
        }
    }
    return rich;
}

/// A button by its text.
inline QAbstractButton *button(const QWidget &page, const QString &text)
{
    for (QAbstractButton *candidate : page.findChildren<QAbstractButton *>()) {
        if (candidate->text() == text) {
            return candidate;
        }
    }
    return nullptr;
}

} // namespace perennial::test
