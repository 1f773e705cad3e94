#include "tests/ui/test_projects.h"
#include "ui/charts/chart_card.h"
#include "ui/main_window/command_palette.h"
#include "ui/main_window/main_window.h"
#include "ui/screenshots/screenshots.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QRegularExpression>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <algorithm>
#include <variant>

using namespace perennial;
using test::Scores;

namespace {

/// Can a person act on it? Parts that Qt builds into a control of ours count as that control.
bool isControl(const QWidget *widget)
{
    if (widget->objectName().startsWith(QLatin1String("qt_"))) {
        return false;
    }
    if (qobject_cast<const QLineEdit *>(widget)) {
        return !qobject_cast<const QAbstractSpinBox *>(widget->parentWidget()) &&
               !qobject_cast<const QComboBox *>(widget->parentWidget());
    }
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget)) {
        return !qobject_cast<const QAbstractItemView *>(button->parentWidget()) &&
               !qobject_cast<const QLineEdit *>(button->parentWidget());
    }
    if (qobject_cast<const QAbstractItemView *>(widget)) {
        return !widget->inherits("QHeaderView") && !widget->inherits("QComboBoxListView");
    }
    return qobject_cast<const QComboBox *>(widget) ||
           qobject_cast<const QAbstractSpinBox *>(widget);
}

QString nameOf(const QWidget *widget)
{
    if (!widget->accessibleName().isEmpty()) {
        return widget->accessibleName();
    }
    const auto *button = qobject_cast<const QAbstractButton *>(widget);
    return button ? button->text() : QString();
}

QString pathOf(const QWidget *widget)
{
    QStringList parts;
    for (const QWidget *w = widget; w; w = w->parentWidget()) {
        parts.prepend(QString::fromLatin1(w->metaObject()->className()));
    }
    return parts.join(QLatin1Char('/'));
}

} // namespace

class tst_Window : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName(QStringLiteral("PerennialTest"));
        QCoreApplication::setApplicationName(QStringLiteral("tst_window"));
        applyTheme(*qApp, ThemeMode::Light);
    }

    void everyPageStandsAnyProject_data()
    {
        QTest::addColumn<int>("users");
        QTest::addColumn<Scores>("scores");
        QTest::newRow("no project") << -1 << Scores::None;
        QTest::newRow("empty project") << 0 << Scores::None;
        QTest::newRow("not scored") << 20 << Scores::None;
        QTest::newRow("one user") << 1 << Scores::Full;
        QTest::newRow("no predictions") << 40 << Scores::Missing;
        QTest::newRow("nothing finite") << 40 << Scores::NotFinite;
        QTest::newRow("some users") << 500 << Scores::Full;
    }
    void everyPageStandsAnyProject()
    {
        QFETCH(int, users);
        QFETCH(Scores, scores);
        QTemporaryDir dir;
        MainWindow window(MainWindow::Memory::Forget);
        window.resize(1280, 720);
        window.show();
        if (users >= 0) {
            const QString path = dir.filePath(QStringLiteral("p.perennial"));
            QVERIFY(test::makeProject(path, users, scores).ok());
            QSignalSpy opened(&window.session(), &ProjectSession::projectChanged);
            window.openPath(path);
            settle(window);
            QCOMPARE(opened.size(), 1);
            QVERIFY(window.session().hasProject());
            QCOMPARE(window.session().counts().users, qint64{users});
        }
        for (const QString &id : window.pageIds()) {
            window.showPage(id);
            settle(window);
            checkNames(window, id);
            checkLabels(window, id);
            checkNumbers(window, id);
            QVERIFY(!window.currentPage()->title().isEmpty());
        }
        for (const Stage stage : {Stage::Loyal, Stage::Churned}) {
            window.session().setSegment(ruleOf(StageCondition{{stage}}));
            settle(window);
        }
    }

    void aClickOnAStageIsUndone()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, 60, Scores::Full).ok());
        MainWindow window(MainWindow::Memory::Forget);
        window.show();
        window.openPath(path);
        window.showPage(QStringLiteral("overview"));
        settle(window);
        const auto cards = window.currentPage()->findChildren<ChartCard *>();
        const auto stages = std::ranges::find_if(cards, [](ChartCard *card) {
            return std::holds_alternative<CategoryBars>(card->view().spec().body);
        });
        QVERIFY(stages != cards.end());
        Q_EMIT (*stages)->markClicked(0, static_cast<int>(Stage::Loyal));
        settle(window);
        QCOMPARE(stageIn(window.session().segment()->rule()), std::optional(Stage::Loyal));
        const auto trigger = [&](const QString &text) {
            for (QAction *action : window.allActions()) {
                if (action->text().remove(QLatin1Char('&')).startsWith(text)) {
                    action->trigger();
                    return;
                }
            }
            QFAIL("no such action");
        };
        trigger(QStringLiteral("Undo"));
        QVERIFY(window.session().segment()->isEverybody());
        trigger(QStringLiteral("Redo"));
        QCOMPARE(stageIn(window.session().segment()->rule()), std::optional(Stage::Loyal));
        settle(window);
    }

    void everyPageFitsASmallWindow()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, 60, Scores::Full).ok());
        MainWindow window(MainWindow::Memory::Forget);
        window.resize(1280, 720);
        window.show();
        window.openPath(path);
        for (const QString &id : window.pageIds()) {
            window.showPage(id);
            settle(window);
            QCOMPARE(window.size(), QSize(1280, 720));
            for (const QScrollBar *bar :
                 window.currentPage()->window()->findChildren<QScrollBar *>()) {
                const QWidget *area = bar->parentWidget()->parentWidget();
                const bool pageScroll = area && area->inherits("QScrollArea");
                QVERIFY2(!pageScroll || bar->orientation() == Qt::Vertical || !bar->isVisible(),
                         qPrintable(id + QStringLiteral(" scrolls sideways")));
            }
        }
    }

    void newerProjectIsRefusedWithBothVersions()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("no.perennial"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("this is not a project");
        file.close();
        MainWindow window(MainWindow::Memory::Forget);
        window.show();
        QSignalSpy failures(&window.session(), &ProjectSession::openFailed);
        window.openPath(path);
        settle(window);
        QCOMPARE(failures.size(), 1);
        QCOMPARE(qvariant_cast<Error>(failures[0][1]).code, ErrorCode::NotAProject);
        QVERIFY(!window.session().hasProject());
        const auto boxes = window.findChildren<QMessageBox *>();
        QCOMPARE(boxes.size(), 1);
        QVERIFY(boxes[0]->text().contains(path));
        QCOMPARE(boxes[0]->textFormat(), Qt::PlainText);
    }

    void secondWindowIsOfferedReadOnly()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, 10, Scores::Full).ok());
        MainWindow first(MainWindow::Memory::Forget), second(MainWindow::Memory::Forget);
        first.openPath(path);
        settle(first);
        QVERIFY(!first.session().readOnly());
        bool asked = false;
        QTimer answer;
        connect(&answer, &QTimer::timeout, this, [&] {
            if (auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget())) {
                asked = true;
                for (QAbstractButton *button : box->buttons()) {
                    if (box->buttonRole(button) == QMessageBox::AcceptRole) {
                        button->click();
                        return;
                    }
                }
            }
        });
        answer.start(0);
        second.openPath(path);
        settle(second);
        QVERIFY(asked);
        QVERIFY(second.session().hasProject());
        QVERIFY(second.session().readOnly());
        ProjectSettings other = second.session().settings();
        other.horizonDays += 30;
        QCOMPARE(second.session().setSettings(other).error().code, ErrorCode::ReadOnly);
    }

    void segmentCanBeUndone()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, 70, Scores::Full).ok());
        MainWindow window(MainWindow::Memory::Forget);
        window.openPath(path);
        settle(window);
        window.showPage(QStringLiteral("overview"));
        QAction *loyal = nullptr;
        for (QMenu *menu : window.findChildren<QMenu *>()) {
            for (QAction *action : menu->actions()) {
                if (action->text() == QLatin1String("Loyal")) {
                    loyal = action;
                }
            }
        }
        QVERIFY(loyal);
        loyal->trigger();
        QCOMPARE(stageIn(window.session().segment()->rule()), std::optional(Stage::Loyal));
        for (QAction *action : window.allActions()) {
            if (action->shortcut() == QKeySequence(QKeySequence::Undo)) {
                action->trigger();
            }
        }
        QVERIFY(window.session().segment()->isEverybody());
        settle(window);
    }

    void paletteFindsCommands()
    {
        QVERIFY(matchScore(QStringLiteral("imp"), QStringLiteral("Import events…")) > 0);
        QVERIFY(matchScore(QStringLiteral("ev"), QStringLiteral("Import events…")) > 0);
        QVERIFY(matchScore(QStringLiteral("gdt"), QStringLiteral("Go to Data")) > 0);
        QCOMPARE(matchScore(QStringLiteral("xyz"), QStringLiteral("Import events…")), 0);
        MainWindow window(MainWindow::Memory::Forget);
        window.show();
        QStringList texts;
        for (const QAction *action : window.allActions()) {
            QVERIFY(!action->text().isEmpty());
            texts << action->text();
        }
        QVERIFY(texts.size() > 15);
        auto *palette = new CommandPalette(window.allActions(), &window);
        palette->show();
        auto *line = palette->findChild<QLineEdit *>();
        QTest::keyClicks(line, QStringLiteral("go to system"));
        QTest::keyClick(line, Qt::Key_Return);
        QCOMPARE(window.currentPage(), window.page(QStringLiteral("system")));
        settle(window);
    }

    void shortcutsAreUnique()
    {
        MainWindow window(MainWindow::Memory::Forget);
        QStringList seen;
        for (const QAction *action : window.allActions()) {
            const QString keys = action->shortcut().toString();
            QVERIFY2(keys.isEmpty() || !seen.contains(keys), qPrintable(keys));
            seen << keys;
        }
        settle(window);
    }

    void picturesOfEveryPage()
    {
        QTemporaryDir dir;
        const QString path = dir.filePath(QStringLiteral("p.perennial"));
        QVERIFY(test::makeProject(path, 300, Scores::Full).ok());
        ScreenshotOptions options;
        options.project = path;
        options.directory =
            qEnvironmentVariable("PERENNIAL_PICTURES", dir.filePath(QStringLiteral("out")));
        const auto files = renderScreenshots(options, {});
        QVERIFY(files.ok());
        MainWindow window(MainWindow::Memory::Forget);
        qsizetype pictures = 0;
        for (const QString &id : window.pageIds()) {
            pictures += std::max<qsizetype>(1, window.page(id)->sections().size());
        }
        settle(window);
        QVERIFY(pictures > window.pageIds().size()); // some page has sections
        QCOMPARE(files->size(), 2 * pictures);
        for (const QString &file : *files) {
            QCOMPARE(QImage(file).size(), options.size);
        }
        options.project = dir.filePath(QStringLiteral("missing.perennial"));
        QCOMPARE(renderScreenshots(options, {}).error().code, ErrorCode::FileMissing);
        applyTheme(*qApp, ThemeMode::Light);
    }

private:
    static void checkNames(const MainWindow &window, const QString &page)
    {
        for (const QWidget *widget : window.findChildren<QWidget *>()) {
            if (widget->isVisibleTo(&window) && isControl(widget) && nameOf(widget).isEmpty()) {
                QFAIL(qPrintable(page + QStringLiteral(": no accessible name: ") + pathOf(widget)));
            }
        }
    }

    static void checkLabels(const MainWindow &window, const QString &page)
    {
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            // a buddy's label is a form's, from the source
            if (label->textFormat() != Qt::PlainText && !label->text().isEmpty() &&
                !label->buddy()) {
                QFAIL(qPrintable(page + QStringLiteral(": not plain text: ") + pathOf(label) +
                                 QStringLiteral(": ") + label->text()));
            }
        }
    }

    static void checkNumbers(const MainWindow &window, const QString &page)
    {
        static const QRegularExpression bad(QStringLiteral("\\b(nan|inf|-nan|-inf)\\b|%\\d"),
                                            QRegularExpression::CaseInsensitiveOption);
        for (const QLabel *label : window.findChildren<QLabel *>()) {
            if (bad.match(label->text()).hasMatch()) {
                QFAIL(qPrintable(page + QStringLiteral(": ") + label->text()));
            }
        }
    }
};

QTEST_MAIN(tst_Window)
#include "tst_window.moc"
