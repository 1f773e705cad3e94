#pragma once

#include <QString>
#include <QStringList>

namespace perennial {

/// Paths of the projects opened lately, newest first, at most 10; kept in QSettings.
QStringList recentProjects();
void rememberProject(const QString &path);
void forgetRecentProjects();

} // namespace perennial
