#include "core/base/user_folder.h"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <system_error>

namespace perennial {

std::optional<std::filesystem::path> userFolder()
{
    const char *data = std::getenv("XDG_DATA_HOME");
    std::filesystem::path base = data != nullptr ? data : "";
    if (!base.is_absolute()) { // the specification: anything else is to be ignored
        const char *home = std::getenv("HOME");
        if (home == nullptr || *home == '\0') {
            const passwd *user = getpwuid(geteuid());
            home = user != nullptr ? user->pw_dir : nullptr;
        }
        if (home == nullptr) {
            return std::nullopt;
        }
        base = std::filesystem::path(home) / ".local" / "share";
    }
    return base / "perennial";
}

Status makePrivateFolders(const std::filesystem::path &folder)
{
    std::error_code error;
    if (folder.empty() || std::filesystem::is_directory(folder, error)) {
        return Done{};
    }
    if (auto above = makePrivateFolders(folder.parent_path()); !above) {
        return above;
    }
    if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return errno == ENOSPC ? fail(ErrorCode::DiskFull, {}, folder.string())
                               : fail(ErrorCode::NotWritable, {}, folder.string());
    }
    return Done{};
}

} // namespace perennial
