// What an analyst waits for on a large project: until the first of what a page reads is there and until
// all is, the same after a change of segment, and the longest time the event loop answered nothing
// meanwhile. (The first need not be what stands at the top.) Seconds by the clock; beside them the CPU's, all threads together.
//   bench_pages PROJECT [page …]
// Of 1 M users and 30 M events: perennial new PROJECT --sample shop --users 1000000, then
// perennial score PROJECT. Limits: first content and a segment change 1 s, a pause
// 50 ms.
#include "core/segment/segment_rule.h"
#include "tests/bench/cpu_seconds.h"
#include "tests/bench/heartbeat.h"
#include "ui/main_window/main_window.h"
#include "ui/screenshots/screenshots.h"

#include <QApplication>
#include <QStandardPaths>

#include <sys/resource.h>

#include <cstdio>
#include <map>

using namespace perennial;

namespace {

/// Titles of the jobs that are under way, and how long each has been.
class RunningJobs {
public:
    void note(const JobRunner &jobs)
    {
        for (const JobInfo &info : jobs.jobs()) {
            if (info.state == JobState::Running || info.state == JobState::Waiting) {
                m_seen[info.id] = {info.title, 1e-3 * static_cast<double>(m_clock.elapsed())};
            }
        }
    }
    void start() { m_clock.start(); }
    void printSlow() const
    {
        for (const auto &[id, job] : m_seen) {
            if (job.second > kSlow) {
                std::printf("    until %7.2f s: %s\n", job.second, qPrintable(job.first));
            }
        }
    }

private:
    static constexpr double kSlow = 1.0;
    QElapsedTimer m_clock;
    std::map<JobId, std::pair<QString, double>> m_seen;
};

/// Runs `step` and waits for what it started. First: one of the jobs is done.
void measure(MainWindow &window, const QString &what, const std::function<void()> &step)
{
    const double from = cpuSeconds();
    QElapsedTimer clock;
    clock.start();
    double first = -1;
    int most = 0;
    RunningJobs running;
    running.start();
    Heartbeat heartbeat([&] {
        const int count = window.jobs().runningCount();
        most = std::max(most, count);
        running.note(window.jobs());
        if (first < 0 && count < most) {
            first = 1e-3 * static_cast<double>(clock.elapsed());
        }
    });
    step();
    most = std::max(most, window.jobs().runningCount());
    settle(window);
    const double all = 1e-3 * static_cast<double>(clock.elapsed());
    const std::vector<double> pauses = heartbeat.stop();
    std::printf("%-34s first %7.2f s, all %7.2f s, CPU %7.2f s, longest pause %6.1f ms%s\n",
                qPrintable(what), first < 0 ? all : first, all, cpuSeconds() - from,
                pauses.empty() ? 1e3 * all : pauses.back(),
                (first < 0 ? all : first) > 1 || (!pauses.empty() && pauses.back() > 50) ? "  <-"
                                                                                         : "");
    running.printSlow();
    std::fflush(stdout);
}

void measurePage(MainWindow &window, const QString &id)
{
    measure(window, id, [&] { window.showPage(id); });
    Page *page = window.currentPage();
    const auto sections = page->sections();
    for (int k = 0; k < std::max<int>(1, static_cast<int>(sections.size())); ++k) {
        const QString name = sections.isEmpty() ? id : id + QLatin1Char('/') + sections[k];
        if (k > 0) {
            measure(window, name, [&] { page->showSection(k); });
        }
        measure(window, name + QStringLiteral(", a segment"), [&] {
            window.session().setSegment(
                ruleOf(StageCondition{{Stage::Active, Stage::Retained, Stage::Loyal}}));
        });
        measure(window, name + QStringLiteral(", another"), [&] {
            window.session().setSegment(ruleOf(StageCondition{{Stage::Dormant}}));
        });
        measure(window, name + QStringLiteral(", everybody"),
                [&] { window.session().setSegment(allOf({})); });
    }
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    if (argc < 2) {
        std::puts("usage: bench_pages PROJECT [page ...]");
        return 2;
    }
    applyTheme(application, ThemeMode::Light);
    MainWindow window(MainWindow::Memory::Forget);
    window.resize(1440, 900);
    window.show();
    measure(window, QStringLiteral("open, overview"),
            [&] { window.openPath(QString::fromLocal8Bit(argv[1])); });
    if (!window.session().label()) {
        std::puts("no scored project could be opened");
        return 1;
    }
    QStringList pages;
    for (int k = 2; k < argc; ++k) {
        pages << QString::fromLocal8Bit(argv[k]);
    }
    for (const QString &id : pages.isEmpty() ? window.pageIds() : pages) {
        measurePage(window, id);
    }
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("%-34s %7.2f GB\n", "most memory", static_cast<double>(usage.ru_maxrss) / 1048576);
    return 0;
}
