#pragma once

#include "core/base/result.h"
#include "core/base/task.h"

#include <QSize>
#include <QString>
#include <QStringList>

namespace perennial {

class MainWindow;

struct ScreenshotOptions {
    QString project;
    QString directory; ///< made where it is missing
    QSize size{1440, 900};
};

/// Every page in both themes as "light-overview.png", …, each once its jobs have finished; further
/// sections of a page as "light-value-2.png", …. Opens
/// the project read-only, so that it works beside an open window. Needs a QApplication (offscreen
/// will do). @return the files written, in the order of the pages.
/// @error as Project::open; NotWritable (where: the directory or file); Cancelled.
Result<QStringList> renderScreenshots(const ScreenshotOptions &options, const Task &task);

/// Runs the event loop until no job is left and everything they brought is on screen.
void settle(MainWindow &window);

} // namespace perennial
