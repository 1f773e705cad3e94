#include "app/command_line.h"
#include "core/neural/runtime.h"
#include "ui/run_window.h"

#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace perennial;

namespace {

void setUpApplication(QCoreApplication &application)
{
    application.setApplicationName(QStringLiteral("Perennial"));
    application.setOrganizationName(QStringLiteral("Perennial"));
    application.setApplicationVersion(QStringLiteral(PERENNIAL_VERSION));
    installTranslations(application);
}

// Qt aborts with a page of text where it finds no display; one line says it better.
bool hasDisplay()
{
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        const char *value = std::getenv(name);
        if (value != nullptr && *value != '\0') {
            return true;
        }
    }
    return false;
}

int openWindow(int argc, char **argv, const std::string &file)
{
    if (!hasDisplay()) {
        std::fputs("perennial: no display to open a window on; see `perennial --help` for what "
                   "works without one\n",
                   stderr);
        return 1;
    }
    QApplication application(argc, argv);
    setUpApplication(application);
    return runWindow(application, QString::fromLocal8Bit(file.c_str()));
}

int runVerbs(int argc, char **argv, const std::vector<std::unique_ptr<Verb>> &verbs,
             const std::vector<std::string> &arguments)
{
    const bool paints = std::ranges::any_of(verbs, [&](const auto &verb) {
        return !arguments.empty() && verb->name() == arguments.front() && verb->paints();
    });
    if (paints) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        QApplication application(argc, argv);
        setUpApplication(application);
        return runCommandLine(verbs, arguments);
    }
    QCoreApplication application(argc, argv);
    setUpApplication(application);
    return runCommandLine(verbs, arguments);
}

} // namespace

int main(int argc, char **argv)
{
    prepareTorchRuntime();
    const auto verbs = makeVerbs();
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    const bool isVerb = !arguments.empty() && std::ranges::any_of(verbs, [&](const auto &verb) {
        return verb->name() == arguments.front();
    });
    const bool isOption = !arguments.empty() && arguments.front().starts_with("-") &&
                          arguments.front() != "-platform" && arguments.front() != "-style";
    const bool manyWords = arguments.size() > 1 && !arguments.front().starts_with("-");
    if (isVerb || isOption || manyWords) {
        return runVerbs(argc, argv, verbs, arguments);
    }
    return openWindow(argc, argv, arguments.empty() || isOption ? std::string() : arguments.front());
}
