#include "app/verbs/open_project.h"

#include <QCoreApplication>

namespace perennial {

Result<Project> openToRead(const std::string &path)
{
    auto project = Project::open(path, Project::Access::ReadOnly);
    if (project || project.error().code != ErrorCode::ReadOnly) {
        return project;
    }
    // Closed again at once: reading must not keep other windows from writing.
    if (const auto upgraded = Project::open(path, Project::Access::ReadWrite); !upgraded) {
        return upgraded.error();
    }
    return Project::open(path, Project::Access::ReadOnly);
}

Result<Project> openWritableIfPossible(const std::string &path)
{
    auto project = Project::open(path, Project::Access::ReadWrite);
    if (!project && (project.error().code == ErrorCode::Locked ||
                     project.error().code == ErrorCode::NotWritable)) {
        return Project::open(path, Project::Access::ReadOnly);
    }
    return project;
}

QString unloggedText(bool logged)
{
    return logged ? QString()
                  : u'\n' + QCoreApplication::translate(
                                "Export", "The project can't be written now: its log has no line "
                                          "of this.");
}

} // namespace perennial
