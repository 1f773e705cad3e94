#pragma once

#include <QString>

class QApplication;
class QCoreApplication;

namespace perennial {

/// Loads the texts of the chosen language, else the system's; English where there are none.
void installTranslations(QCoreApplication &application);

/// Opens the window, on a project or a file of events where `path` is not empty, and runs until it
/// is closed. @return the exit code.
int runWindow(QApplication &application, const QString &path);

} // namespace perennial
