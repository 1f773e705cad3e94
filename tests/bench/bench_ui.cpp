// What a person at the window notices: the time from the start of the process to the first paint and
// to a complete Overview, and the longest time the event loop answered nothing while a training, a
// scoring and an import ran.
//   bench_ui [users of the sample shop] [rows of the import]
#include "core/behavior/train.h"
#include "core/ingest/import.h"
#include "core/sample/sample_shop.h"
#include "core/scoring/score_users.h"
#include "tests/bench/heartbeat.h"
#include "ui/main_window/main_window.h"
#include "ui/pages/models/config_form.h"
#include "ui/pages/models/run_table.h"
#include "ui/screenshots/screenshots.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

using namespace perennial;

namespace {

void print(Heartbeat &heartbeat, const char *what)
{
    const std::vector<double> pauses = heartbeat.stop();
    const std::size_t n = pauses.size();
    if (n == 0) {
        std::printf("%-40s no beat\n", what);
        return;
    }
    std::printf("%-40s longest %.1f ms, 99.9 %% of pauses under %.1f ms (%zu beats)\n", what,
                pauses[n - 1], pauses[n * 999 / 1000], n);
}

double ms(const QElapsedTimer &clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// Since the kernel made this process: what the dynamic loader takes is part of it. In steps of a
/// clock tick, 10 ms.
double msSinceProcessStart()
{
    std::ifstream file("/proc/self/stat");
    std::string text;
    std::getline(file, text);
    std::istringstream fields(text.substr(text.rfind(')') + 2)); // from field 3, the state
    std::string field;
    for (int i = 3; i <= 22; ++i) {
        fields >> field;
    }
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const double started = std::stod(field) / static_cast<double>(sysconf(_SC_CLK_TCK));
    return 1e3 * (static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9 - started);
}

/// A process of its own, as a user starts it on a project.
int firstPaint(QApplication &application, const QString &project)
{
    applyTheme(application, ThemeMode::Light);
    MainWindow window(MainWindow::Memory::Forget);
    window.openPath(project);
    window.show();
    window.grab();
    std::printf("%-40s %.0f ms\n", "process start to first paint", msSinceProcessStart());
    settle(window);
    std::printf("%-40s %.0f ms\n", "process start to complete overview", msSinceProcessStart());
    return 0;
}

void writeEvents(const std::string &path, int rows)
{
    std::ofstream file(path);
    file << "user,at,kind,item,quantity,price,order\n";
    for (int i = 0; i < rows; ++i) {
        file << 'u' << i % (rows / 20 + 1) << ",2024-" << 10 + i % 3 << "-" << 10 + i % 19
             << ",purchase,i" << i % 1500 << ",1," << 5 + i % 90 << ".50,o" << i / 3 << '\n';
    }
}

template <class T>
void runAndPrint(MainWindow &window, const char *what,
                 std::function<Result<T>(Project &, const Task &)> work)
{
    QElapsedTimer clock;
    clock.start();
    Heartbeat heartbeat;
    runOnProject<T>(
        window.session(), window.jobs(), QString::fromLatin1(what), &window, std::move(work),
        [&window, what](Result<T> result) {
            if (!result) {
                std::printf("%s failed: %s\n", what, result.error().detail.c_str());
            }
            window.session().notifyDataChanged();
        },
        QStringLiteral("bench"), JobVisibility::Listed);
    window.jobs().waitUntilIdle();
    print(heartbeat, what);
    std::printf("%-40s %.1f s\n", "  took", ms(clock) / 1000);
}

/// The page's own training: its progress and its curves are drawn as the epochs come.
void trainOnThePage(MainWindow &window)
{
    window.showPage(QStringLiteral("models"));
    settle(window);
    BehaviorConfig config;
    config.epochs = 3;
    config.patience = 3;
    config.refitEpochs = 0;
    window.currentPage()->findChild<BehaviorConfigForm *>()->setConfig(config);
    settle(window);
    Heartbeat heartbeat;
    window.currentPage()->pageActions().front()->trigger();
    window.jobs().waitUntilIdle();
    print(heartbeat, "training, window on its live curves");
}

/// The newest run again and again, each with a setting of its own.
Status copyRuns(Project &project, int copies)
{
    const auto runs = readRuns(project);
    if (!runs || runs->empty()) {
        return runs ? fail(ErrorCode::NotTrained) : runs.error();
    }
    const auto epochs = readEpochs(project, runs->front().id);
    for (int copy = 0; epochs && copy < copies; ++copy) {
        RunRecord run = runs->front();
        auto config = configOfRun(run.config);
        if (config) {
            config->layers = 1 + copy % 3;
            config->encoder = static_cast<UserEncoder>(copy % 4);
            run.config = configToJson(*config);
        }
        const auto id = beginRun(project, run);
        if (!id) {
            return id.error();
        }
        run.id = *id;
        run.state = RunState::Done;
        if (const Status added = addEpoch(project, run.id, *epochs); !added) {
            return added;
        }
        if (const Status done = finishRun(project, run, {}); !done) {
            return done;
        }
    }
    return Done{};
}

/// Hundreds of runs: the list is read, every section is looked at, the filter is typed into.
void manyRuns(MainWindow &window, int copies)
{
    runOnProject<Done>(
        window.session(), window.jobs(), QStringLiteral("copy runs"), &window,
        [copies](Project &project, const Task &) -> Result<Done> {
            const Status copied = copyRuns(project, copies);
            return copied ? Result<Done>(Done{}) : Result<Done>(copied.error());
        },
        [](Result<Done> copied) {
            if (!copied) {
                std::puts("the runs could not be copied");
            }
        },
        QStringLiteral("bench"));
    window.jobs().waitUntilIdle();
    window.showPage(QStringLiteral("models"));
    settle(window);
    QElapsedTimer clock;
    clock.start();
    Heartbeat reading;
    window.session().notifyDataChanged();
    window.jobs().waitUntilIdle();
    print(reading, "many runs: a new list");
    std::printf("%-40s %.1f s\n", "  took", ms(clock) / 1000);
    Page *page = window.currentPage();
    for (int section = 0; section < page->sections().size(); ++section) {
        Heartbeat looking;
        page->showSection(section);
        window.jobs().waitUntilIdle();
        QCoreApplication::processEvents(QEventLoop::AllEvents, 50);
        print(looking, qPrintable(QStringLiteral("many runs: ") + page->sections()[section]));
    }
    page->showSection(1);
    settle(window);
    auto *filter = page->findChild<RunTable *>()->findChild<QLineEdit *>();
    Heartbeat typing;
    for (const QChar letter : QStringLiteral("encoder=gru")) {
        filter->setText(filter->text() + letter);
        QCoreApplication::processEvents(QEventLoop::AllEvents, 20);
    }
    print(typing, "many runs: typing a filter");
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    prepareTorchRuntime();
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    if (argc == 3 && std::string_view(argv[1]) == "--first-paint") {
        return firstPaint(application, QString::fromLocal8Bit(argv[2]));
    }
    const int users = argc > 1 ? std::atoi(argv[1]) : 20'000;
    const int rows = argc > 2 ? std::atoi(argv[2]) : 1'000'000;
    QTemporaryDir dir;
    const std::string sample = dir.filePath(QStringLiteral("shop.perennial")).toStdString();
    SampleShopOptions options;
    options.users = users;
    if (auto made = createSampleShop(sample, options, {}); !made) {
        std::printf("no sample shop: %s\n", made.error().detail.c_str());
        return 1;
    }
    {
        auto project = Project::open(sample, Project::Access::ReadWrite);
        if (!project || !scoreUsers(*project, {}, {})) {
            std::puts("the sample shop could not be scored");
            return 1;
        }
    }
    std::fflush(stdout);
    QProcess::execute(application.applicationFilePath(),
                      {QStringLiteral("--first-paint"), QString::fromStdString(sample)});
    applyTheme(application, ThemeMode::Light);
    MainWindow window(MainWindow::Memory::Forget);
    window.show();
    window.openPath(QString::fromStdString(sample));
    settle(window);
    runAndPrint<TrainReport>(window, "training, window on the shop",
                             [](Project &project, const Task &task) {
                                 BehaviorConfig config;
                                 config.epochs = 1;
                                 config.refitEpochs = 0;
                                 return trainBehaviorModel(project, config, {}, task);
                             });
    trainOnThePage(window);
    manyRuns(window, 500);
    runAndPrint<ScoreReport>(
        window, "scoring, window on the shop",
        [](Project &project, const Task &task) { return scoreUsers(project, {}, task); });

    const std::string csv = dir.filePath(QStringLiteral("events.csv")).toStdString();
    writeEvents(csv, rows);
    window.session().create(dir.filePath(QStringLiteral("new.perennial")));
    settle(window);
    window.showPage(QStringLiteral("data"));
    settle(window);
    runAndPrint<ImportReport>(window, "import, window on the page Data",
                              [csv](Project &project, const Task &task) {
                                  ImportOptions import;
                                  import.path = csv;
                                  import.profile = "generic";
                                  return importFile(project, import, task);
                              });
    return 0;
}
