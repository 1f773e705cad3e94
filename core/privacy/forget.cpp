#include "core/privacy/forget.h"

#include <algorithm>

namespace perennial {

namespace fs = std::filesystem;

std::vector<std::string> backupsOf(const fs::path &project)
{
    const fs::path folder = project.has_parent_path() ? project.parent_path() : fs::path(".");
    const std::string prefix = project.filename().string() + ".";
    std::vector<std::string> backups;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(".backup")) {
            backups.push_back(it->path().string());
        }
    }
    std::ranges::sort(backups);
    return backups;
}

Result<ForgetReport> forgetUser(Project &project, const std::string &key, const Task &task)
{
    const auto erased = eraseUser(project, key, task.part(0.0, 0.5));
    if (!erased) {
        return erased.error();
    }
    ForgetReport report;
    report.erased = *erased;
    task.progress(0.5, "compacting");
    if (const auto emptied = compact(project)) {
        report.logEmptied = *emptied;
    } else {
        report.notCompacted = emptied.error();
    }
    report.backups = backupsOf(project.path());
    task.progress(1.0, "compacting");
    return report;
}

} // namespace perennial
