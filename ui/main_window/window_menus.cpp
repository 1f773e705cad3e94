#include "ui/main_window/command_palette.h"
#include "ui/main_window/job_panel.h"
#include "ui/main_window/main_window.h"
#include "ui/main_window/message_dialogs.h"
#include "ui/main_window/segment_bar.h"
#include "ui/models/recent_projects.h"
#include "ui/widgets/labels.h"

#include <QActionGroup>
#include <QApplication>
#include <QFileInfo>
#include <QMenuBar>
#include <QSettings>
#include <QStackedWidget>
#include <QUndoStack>

namespace perennial {

QAction *MainWindow::addCommand(QMenu *menu, const QString &text, const QKeySequence &shortcut,
                                std::function<void()> run, const QString &icon)
{
    auto *action = new QAction(text, this);
    action->setShortcut(shortcut);
    if (!icon.isEmpty()) {
        action->setIcon(themedIcon(icon));
    }
    connect(action, &QAction::triggered, this, std::move(run));
    menu->addAction(action);
    return action;
}

void MainWindow::setUpMenus()
{
    setUpFileMenu();
    setUpEditMenu();
    setUpViewMenu();
    setUpHelpMenu();
}

void MainWindow::setUpFileMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&File"));
    addCommand(
        menu, tr("&New project…"), QKeySequence::New, [this] { newProject(); },
        QStringLiteral(":/icons/new.svg"));
    addCommand(
        menu, tr("&Open project…"), QKeySequence::Open, [this] { openProject({}); },
        QStringLiteral(":/icons/open.svg"));
    addCommand(
        menu, tr("Open &sample"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O),
        [this] { openSample(); }, QStringLiteral(":/icons/sample.svg"));
    m_recent = menu->addMenu(tr("Open &recent"));
    fillRecent();
    menu->addSeparator();
    m_needProject.push_back(addCommand(
        menu, tr("&Import…"), QKeySequence(Qt::CTRL | Qt::Key_I), [this] { importFile({}); },
        QStringLiteral(":/icons/import.svg")));
    m_needProject.push_back(addCommand(menu, tr("S&core users"), QKeySequence(Qt::CTRL | Qt::Key_R),
                                       [this] { scoreUsers(); }));
    menu->addSeparator();
    m_needProject.push_back(addCommand(menu, tr("&Close project"), QKeySequence::Close,
                                       [this] { m_actions->closeProject(); }));
    addCommand(menu, tr("&Quit"), QKeySequence(Qt::CTRL | Qt::Key_Q), [this] { close(); });
}

void MainWindow::setUpEditMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Edit"));
    QAction *undo = m_undo->createUndoAction(this, tr("&Undo"));
    undo->setShortcut(QKeySequence::Undo);
    QAction *redo = m_undo->createRedoAction(this, tr("&Redo"));
    redo->setShortcut(QKeySequence::Redo);
    menu->addAction(undo);
    menu->addAction(redo);
    menu->addSeparator();
    m_needProject.push_back(addCommand(
        menu, tr("&Filter users…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_F),
        [this] {
            if (m_session.label()) {
                m_segment->addFilter();
            } else {
                showMessage(tr("Score the users first: filters choose among scored users."));
            }
        },
        QStringLiteral(":/icons/filter.svg")));
    menu->addSeparator();
    addCommand(menu, tr("&Copy"), {}, [] {
        // the focused table or field knows how; it owns Ctrl+C itself
        if (QWidget *focus = QApplication::focusWidget()) {
            for (QAction *action : focus->actions()) {
                if (action->shortcut() == QKeySequence(QKeySequence::Copy)) {
                    action->trigger();
                    return;
                }
            }
            QMetaObject::invokeMethod(focus, "copy");
        }
    });
}

void MainWindow::setUpViewMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&View"));
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        const QKeySequence keys(Qt::CTRL | static_cast<Qt::Key>(Qt::Key_1 + static_cast<int>(i)));
        addCommand(
            menu, tr("Go to %1").arg(m_entries[i].title), i < 9 ? keys : QKeySequence(),
            [this, id = m_entries[i].id] { showPage(id); }, m_entries[i].icon);
    }
    menu->addSeparator();
    addCommand(menu, tr("Next page"), QKeySequence(Qt::CTRL | Qt::Key_PageDown),
               [this] { stepPage(1); });
    addCommand(menu, tr("Previous page"), QKeySequence(Qt::CTRL | Qt::Key_PageUp),
               [this] { stepPage(-1); });
    addCommand(
        menu, tr("Show jobs"), QKeySequence(Qt::CTRL | Qt::Key_J),
        [this] { m_jobPanel->setVisible(!m_jobPanel->isVisible()); },
        QStringLiteral(":/icons/jobs.svg"));
    addCommand(
        menu, tr("Command palette…"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P),
        [this] { (new CommandPalette(allActions(), this))->open(); },
        QStringLiteral(":/icons/search.svg"));
    menu->addSeparator();
    QMenu *themes = menu->addMenu(tr("Theme"));
    const std::pair<ThemeMode, QString> modes[]{{ThemeMode::System, tr("Theme of the system")},
                                                {ThemeMode::Light, tr("Light theme")},
                                                {ThemeMode::Dark, tr("Dark theme")}};
    auto *group = new QActionGroup(this);
    const QSettings settings;
    const ThemeMode now =
        m_memory == Memory::Keep
            ? themeModeFromName(settings.value(QStringLiteral("window/theme")).toString())
            : ThemeMode::System;
    for (const auto &[mode, name] : modes) {
        QAction *action = addCommand(themes, name, {}, [this, mode = mode] { setTheme(mode); });
        action->setCheckable(true);
        action->setChecked(mode == now);
        group->addAction(action);
    }
    QMenu *languages = menu->addMenu(tr("Language"));
    const std::pair<QString, QString> tongues[]{
        {QString(), tr("Language of the system")},
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("zh_CN"), QStringLiteral("简体中文")}};
    auto *tongueGroup = new QActionGroup(this);
    for (const auto &[code, name] : tongues) {
        QAction *action = addCommand(languages, name, {}, [this, code = code] {
            QSettings().setValue(QStringLiteral("window/language"), code);
            showMessage(tr("The language changes when Perennial is started again."));
        });
        action->setCheckable(true);
        action->setChecked(settings.value(QStringLiteral("window/language")).toString() == code);
        tongueGroup->addAction(action);
    }
}

void MainWindow::setUpHelpMenu()
{
    QMenu *menu = menuBar()->addMenu(tr("&Help"));
    addCommand(
        menu, tr("System"), {}, [this] { showPage(QStringLiteral("system")); },
        QStringLiteral(":/icons/system.svg"));
    addCommand(
        menu, tr("About Perennial"), {}, [this] { showAboutDialog(this); },
        QStringLiteral(":/icons/help.svg"));
}

void MainWindow::fillRecent()
{
    m_recent->clear();
    const QStringList paths = m_memory == Memory::Keep ? recentProjects() : QStringList();
    for (const QString &path : paths) {
        QString name = QFileInfo(path).completeBaseName();
        QAction *action = m_recent->addAction(name.replace(QLatin1Char('&'), QLatin1String("&&")));
        action->setToolTip(plainToolTip(path));
        connect(action, &QAction::triggered, this, [this, path] { openProject(path); });
    }
    m_recent->setToolTipsVisible(true);
    m_recent->setEnabled(!paths.isEmpty());
}

void MainWindow::stepPage(int by)
{
    const QStringList ids = pageIds();
    const qsizetype count = ids.size();
    showPage(ids[(m_stack->currentIndex() + by + count) % count]);
}

QList<QAction *> MainWindow::allActions() const
{
    QList<QAction *> all;
    if (const Page *shown = currentPage()) {
        all += shown->pageActions();
    }
    const std::function<void(const QMenu *)> collect = [&](const QMenu *menu) {
        for (QAction *action : menu->actions()) {
            if (action->menu()) {
                collect(action->menu());
            } else if (!action->isSeparator()) {
                all.push_back(action);
            }
        }
    };
    for (QAction *top : menuBar()->actions()) {
        collect(top->menu());
    }
    return all;
}

} // namespace perennial
