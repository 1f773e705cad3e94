#include "ui/main_window/main_window.h"

#include "core/neural/runtime.h"
#include "ui/main_window/header_bar.h"
#include "ui/main_window/job_panel.h"
#include "ui/main_window/message_dialogs.h"
#include "ui/main_window/segment_bar.h"
#include "ui/models/recent_projects.h"
#include "ui/pages/data_page.h"
#include "ui/pages/page_parts.h"
#include "ui/segments/segment_edits.h"
#include "ui/widgets/labels.h"

#include <QApplication>
#include <QCloseEvent>
#include <QListWidget>
#include <QMimeData>
#include <QScrollArea>
#include <QSettings>
#include <QStackedWidget>
#include <QStatusBar>
#include <QUndoStack>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace perennial {

namespace {

constexpr int kNavigationWidth = 152;
constexpr int kNavigationRow = 34;
constexpr int kMessageMs = 6000;

} // namespace

MainWindow::MainWindow(Memory memory)
    : m_memory(memory), m_session(m_jobs), m_context{m_session, m_jobs, *this},
      m_actions(new ProjectActions(m_session, m_jobs, this)), m_entries(pageEntries()),
      m_pages(m_entries.size(), nullptr), m_undo(new QUndoStack(this)),
      m_edits(new SegmentEdits(m_session, *m_undo, this))
{
    setWindowTitle(tr("Perennial"));
    setAcceptDrops(true);
    setMinimumSize(900, 560);
    resize(1440, 900);
    setUpContent();
    setUpStatusBar();
    setUpMenus();
    connect(&m_session, &ProjectSession::projectChanged, this, &MainWindow::showProject);
    connect(&m_session, &ProjectSession::dataChanged, this, &MainWindow::showHeader);
    if (m_memory == Memory::Keep) {
        restore();
    }
    showProject();
    showPage(m_entries.front().id);
    showDevice();
}

MainWindow::~MainWindow()
{
    // workers first: what they deliver needs the pages
    m_jobs.cancelAll();
    m_jobs.waitUntilIdle();
    delete takeCentralWidget(); // and the pages before session and jobs, which they refer to
}

void MainWindow::setUpNavigation()
{
    m_navigation = new QListWidget;
    m_navigation->setProperty("role", "nav");
    m_navigation->setAccessibleName(tr("Pages"));
    m_navigation->setFixedWidth(kNavigationWidth);
    m_navigation->setIconSize({18, 18});
    m_navigation->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const PageEntry &entry : m_entries) {
        auto *item = new QListWidgetItem(themedIcon(entry.icon, IconUse::OnSurface), entry.title);
        item->setSizeHint({0, kNavigationRow});
        item->setData(Qt::UserRole, entry.id);
        m_navigation->addItem(item);
    }
    connect(m_navigation, &QListWidget::currentRowChanged, this, [this](int row) {
        if (row >= 0) {
            showPage(m_entries[static_cast<std::size_t>(row)].id);
        }
    });
}

void MainWindow::setUpContent()
{
    setUpNavigation();
    m_header = new HeaderBar;
    m_segment = new SegmentBar(m_session, m_jobs, *m_edits);
    connect(m_edits, &SegmentEdits::failed, this, &MainWindow::showError);
    m_stack = new QStackedWidget;
    for (std::size_t i = 0; i < m_entries.size(); ++i) {
        auto *scroll = new QScrollArea; // a page higher than a small window can be reached
        scroll->setAccessibleName(m_entries[i].title);
        scroll->setWidgetResizable(true);
        scroll->setFocusPolicy(Qt::NoFocus);
        m_stack->addWidget(scroll);
    }
    m_jobPanel = new JobPanel(m_jobs);
    m_jobPanel->hide();

    auto *right = new QVBoxLayout;
    right->setContentsMargins(0, 0, 0, 0);
    right->setSpacing(0);
    right->addWidget(m_header);
    right->addWidget(m_segment);
    right->addWidget(m_stack, 1);
    right->addWidget(m_jobPanel);
    auto *content = new QWidget;
    auto *all = new QHBoxLayout(content);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(0);
    all->addWidget(m_navigation);
    all->addLayout(right, 1);
    setCentralWidget(content);
}

void MainWindow::setUpStatusBar()
{
    auto *status = new JobStatus(m_jobs);
    connect(status, &JobStatus::panelToggled, this,
            [this] { m_jobPanel->setVisible(!m_jobPanel->isVisible()); });
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(status);
    m_device = plainLabel();
    m_device->setProperty("role", "caption");
    m_project = plainLabel();
    statusBar()->addPermanentWidget(m_device);
    statusBar()->addPermanentWidget(m_project);
    statusBar()->setContentsMargins(4, 0, 12, 0);
}

QStringList MainWindow::pageIds() const
{
    QStringList ids;
    for (const PageEntry &entry : m_entries) {
        ids.push_back(entry.id);
    }
    return ids;
}

Page *MainWindow::page(const QString &id)
{
    const qsizetype found = pageIds().indexOf(id);
    if (found < 0) {
        return nullptr;
    }
    const auto index = static_cast<std::size_t>(found);
    if (!m_pages[index]) {
        Page *made = m_entries[index].make(m_context);
        m_pages[index] = made;
        auto *frame = new QWidget;
        frame->setProperty("role", "page");
        auto *around = new QVBoxLayout(frame);
        const bool scrolls = made->findChild<PageBody *>() != nullptr;
        around->setContentsMargins(12, 12, scrolls ? 0 : 12, 12);
        around->addWidget(made);
        static_cast<QScrollArea *>(m_stack->widget(static_cast<int>(found)))->setWidget(frame);
        connect(made, &Page::headerChanged, this, [this, made] {
            if (made == currentPage()) {
                showHeader();
            }
        });
    }
    return m_pages[index];
}

Page *MainWindow::currentPage() const
{
    const int index = m_stack->currentIndex();
    return index < 0 ? nullptr : m_pages[static_cast<std::size_t>(index)];
}

void MainWindow::showPage(const QString &id)
{
    if (!page(id)) {
        return;
    }
    const int index = static_cast<int>(pageIds().indexOf(id));
    m_stack->setCurrentIndex(index);
    m_navigation->setCurrentRow(index);
    showHeader();
}

void MainWindow::showHeader()
{
    const Page *shown = currentPage();
    if (!shown) {
        return;
    }
    m_header->showPage(*shown);
    m_segment->setVisible(shown->usesSegment() && m_session.label().has_value());
}

void MainWindow::showProject()
{
    const bool open = m_session.hasProject();
    setWindowTitle(open ? QStringLiteral("%1 – Perennial").arg(m_session.name()) : tr("Perennial"));
    m_project->setText(!open                  ? tr("No project")
                       : m_session.readOnly() ? tr("%1 (read-only)").arg(m_session.name())
                                              : m_session.name());
    m_project->setToolTip(plainToolTip(m_session.path()));
    for (QAction *action : m_needProject) {
        action->setEnabled(open);
    }
    if (open && m_memory == Memory::Keep) {
        rememberProject(m_session.path());
        fillRecent();
    }
    const Page *shown = currentPage();
    if (open && shown && m_navigation->currentRow() == 0) {
        showPage(QStringLiteral("overview"));
    } else if (!open) {
        showPage(m_entries.front().id);
    }
    showHeader();
}

void MainWindow::showDevice()
{
    m_jobs.start<DeviceChoice>(
        tr("Device"), [](const Task &) { return chooseDevice("auto"); }, this,
        [this](Result<DeviceChoice> choice) {
            const QString device =
                choice ? QString::fromStdString(choice->device) : QStringLiteral("cpu");
            m_device->setText(device.toUpper());
            m_device->setToolTip(plainToolTip(tr("Device that models train on; see System")));
        },
        {}, JobVisibility::Quiet);
}

void MainWindow::openPath(const QString &path)
{
    if (path.endsWith(QLatin1String(".csv"), Qt::CaseInsensitive) ||
        path.endsWith(QLatin1String(".csv.gz"), Qt::CaseInsensitive)) {
        importFile(path);
    } else {
        openProject(path);
    }
}

void MainWindow::importFile(const QString &file)
{
    if (!m_session.hasProject()) {
        showMessage(tr("Open or make a project first: events are imported into it."));
        showPage(QStringLiteral("start"));
        return;
    }
    showPage(QStringLiteral("data"));
    if (auto *target = qobject_cast<DataPage *>(page(QStringLiteral("data")))) {
        target->openImport(file);
    }
}

void MainWindow::chooseSegment(const SegmentRule &rule)
{
    m_edits->choose(rule);
}

void MainWindow::doStep(std::unique_ptr<QUndoCommand> step)
{
    m_undo->push(step.release());
}

void MainWindow::showMessage(const QString &text)
{
    statusBar()->showMessage(text, kMessageMs);
}

void MainWindow::showError(const QString &title, const Error &error)
{
    showErrorDialog(this, title, error);
}

void MainWindow::setTheme(ThemeMode mode)
{
    m_theme = mode;
    applyTheme(*qApp, mode);
}

void MainWindow::restore()
{
    const QSettings settings;
    restoreGeometry(settings.value(QStringLiteral("window/geometry")).toByteArray());
    setTheme(themeModeFromName(settings.value(QStringLiteral("window/theme")).toString()));
}

void MainWindow::remember()
{
    QSettings settings;
    settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    settings.setValue(QStringLiteral("window/theme"), themeModeName(m_theme));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_actions->stopJobs()) {
        event->ignore();
        return;
    }
    if (m_memory == Memory::Keep) {
        remember();
    }
    m_jobs.waitUntilIdle();
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (urls.size() == 1 && urls.first().isLocalFile()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openPath(event->mimeData()->urls().first().toLocalFile());
}

} // namespace perennial
