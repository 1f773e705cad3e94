#include "app/verbs/data_out.h"

#include <QCoreApplication>

namespace perennial {

Result<Project> openForDataOut(const std::string &path)
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
