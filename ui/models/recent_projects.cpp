#include "ui/models/recent_projects.h"

#include <QFileInfo>
#include <QSettings>

namespace perennial {

namespace {

constexpr auto kKey = "recentProjects";
constexpr int kMost = 10;

} // namespace

QStringList recentProjects()
{
    return QSettings().value(QLatin1String(kKey)).toStringList();
}

void rememberProject(const QString &path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    QStringList paths = recentProjects();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    QSettings().setValue(QLatin1String(kKey), QStringList(paths.mid(0, kMost)));
}

void forgetRecentProjects()
{
    QSettings().remove(QLatin1String(kKey));
}

} // namespace perennial
