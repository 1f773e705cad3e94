#include "core/base/user_folder.h"

#include <pwd.h>
#include <unistd.h>

#include <cstdlib>

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

} // namespace perennial
