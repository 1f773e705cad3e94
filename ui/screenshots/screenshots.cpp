#include "ui/screenshots/screenshots.h"

#include "ui/main_window/main_window.h"

#include <QApplication>
#include <QDir>

namespace perennial {

namespace {

constexpr int kQuietRounds = 3; ///< painting asks for pages of tables, which asks for jobs

Result<QStringList> renderTheme(const ScreenshotOptions &options, ThemeMode mode, const Task &task)
{
    applyTheme(*qApp, mode);
    MainWindow window(MainWindow::Memory::Forget);
    window.resize(options.size);
    window.show();
    window.session().open(options.project, Project::Access::ReadOnly);
    settle(window);
    const QDir directory(options.directory);
    QStringList files;
    const auto grab = [&](const QString &name) -> Status {
        settle(window);
        const QString file =
            directory.filePath(QStringLiteral("%1-%2.png").arg(themeModeName(mode), name));
        if (!window.grab().save(file, "PNG")) {
            return fail(ErrorCode::NotWritable, {}, file.toStdString());
        }
        files.push_back(file);
        return Done{};
    };
    double pages = 0;
    for (const QString &id : window.pageIds()) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        window.showPage(id);
        if (const Status saved = grab(id); !saved) {
            return saved.error();
        }
        for (int section = 1; section < window.currentPage()->sections().size(); ++section) {
            window.currentPage()->showSection(section);
            if (const Status saved = grab(QStringLiteral("%1-%2").arg(id).arg(section + 1));
                !saved) {
                return saved.error();
            }
        }
        task.progress(++pages / static_cast<double>(window.pageIds().size()), "rendering");
    }
    return files;
}

} // namespace

void settle(MainWindow &window)
{
    for (int quiet = 0; quiet < kQuietRounds;) {
        quiet = window.jobs().runningCount() == 0 ? quiet + 1 : 0;
        window.jobs().waitUntilIdle();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        window.grab();
        QCoreApplication::processEvents();
    }
}

Result<QStringList> renderScreenshots(const ScreenshotOptions &options, const Task &task)
{
    if (auto opened = Project::open(std::filesystem::path(options.project.toStdU16String()),
                                    Project::Access::ReadOnly);
        !opened) {
        return opened.error();
    }
    if (!QDir().mkpath(options.directory)) {
        return fail(ErrorCode::NotWritable, {}, options.directory.toStdString());
    }
    QStringList files;
    double done = 0;
    for (const ThemeMode mode : {ThemeMode::Light, ThemeMode::Dark}) {
        auto part = renderTheme(options, mode, task.part(done, done + 0.5));
        if (!part) {
            return part.error();
        }
        files += *part;
        done += 0.5;
    }
    return files;
}

} // namespace perennial
