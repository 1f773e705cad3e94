#pragma once

#include "core/base/money.h"
#include "core/project/event_writer.h"
#include "core/project/import_store.h"
#include "ui/error_text.h"
#include "ui/pages/page.h"
#include "ui/segments/segment_edits.h"
#include "ui/widgets/kpi_card.h"

#include <QFile>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QUndoStack>

namespace perennial {

/// Writes down what a page asks of the window.
class RecordingNavigator : public Navigator {
public:
    explicit RecordingNavigator(ProjectSession &session) : m_session(session), m_edits(session, undo)
    {
    }

    void showPage(const QString &id) override { calls << QStringLiteral("show ") + id; }
    void newProject() override { calls << QStringLiteral("new"); }
    void openProject(const QString &) override { calls << QStringLiteral("open"); }
    void openSample() override { calls << QStringLiteral("sample"); }
    void importFile(const QString &) override { calls << QStringLiteral("import"); }
    void scoreUsers() override { calls << QStringLiteral("score"); }
    void chooseSegment(const SegmentRule &rule) override { m_session.setSegment(rule); }
    void doStep(std::unique_ptr<QUndoCommand> step) override { undo.push(step.release()); }
    SegmentEdits &segmentEdits() override { return m_edits; }
    void showMessage(const QString &text) override { calls << QStringLiteral("message ") + text; }
    void showError(const QString &title, const Error &error) override
    {
        calls << QStringLiteral("error ") + title + QLatin1Char(' ') + errorText(error);
    }

    QStringList calls;
    QUndoStack undo;

private:
    ProjectSession &m_session;
    SegmentEdits m_edits;
};

/// What a page lives in, without a window.
struct PageFixture {
    QTemporaryDir folder;
    JobRunner jobs;
    ProjectSession session{jobs};
    RecordingNavigator navigator{session};
    PageContext context{session, jobs, navigator};

    QString file(const QString &name) const { return folder.filePath(name); }

    void writeFile(const QString &name, const QByteArray &text) const
    {
        QFile out(file(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
    }
    void create()
    {
        session.create(file(QStringLiteral("p.perennial")));
        jobs.waitUntilIdle();
        QVERIFY(session.hasProject());
    }
    void open(const QString &path, Project::Access access = Project::Access::ReadWrite)
    {
        session.open(path, access);
        jobs.waitUntilIdle();
        QVERIFY(session.hasProject());
    }
    /// Shows a page at the size of the smallest supported screen and waits for what it reads.
    void show(Page &page, QSize size = {1100, 600})
    {
        page.resize(size);
        page.show();
        settle();
    }
    void settle()
    {
        jobs.waitUntilIdle();
        QCoreApplication::processEvents();
        jobs.waitUntilIdle();
    }
};

/// The card whose title begins so; null where there is none.
inline KpiCard *findKpi(const QWidget &page, const QString &title)
{
    for (KpiCard *card : page.findChildren<KpiCard *>()) {
        if (card->accessibleName().startsWith(title + QLatin1Char(':')) ||
            card->accessibleName().startsWith(title + QLatin1Char(','))) {
            return card;
        }
    }
    return nullptr;
}

/// All texts of visible labels, one a line.
inline QString visibleText(const QWidget &page)
{
    QStringList texts;
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        if (label->isVisible()) {
            texts << label->text();
        }
    }
    return texts.join(QLatin1Char('\n'));
}

/// Labels that would read a text as markup.
inline int markupLabels(const QWidget &page)
{
    int count = 0;
    for (const QLabel *label : page.findChildren<QLabel *>()) {
        count += label->textFormat() != Qt::PlainText && !label->text().isEmpty() ? 1 : 0;
    }
    return count;
}

/// Buttons, fields and tables that a screen reader has no name for.
inline QStringList namelessControls(const QWidget &page)
{
    QStringList nameless;
    for (const QWidget *widget : page.findChildren<QWidget *>()) {
        const QString type = QString::fromLatin1(widget->metaObject()->className());
        static const QStringList kinds{
            QStringLiteral("QPushButton"),    QStringLiteral("QToolButton"),
            QStringLiteral("QComboBox"),      QStringLiteral("QSpinBox"),
            QStringLiteral("QDoubleSpinBox"), QStringLiteral("QDateEdit"),
            QStringLiteral("QCheckBox"),      QStringLiteral("perennial::TableView")};
        const QVariant text = widget->property("text");
        if (kinds.contains(type) && widget->isVisible() && widget->accessibleName().isEmpty() &&
            text.toString().isEmpty()) {
            nameless << type + QLatin1Char(' ') + widget->objectName();
        }
    }
    return nameless;
}

} // namespace perennial
