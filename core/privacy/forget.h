#pragma once

#include "core/project/compact.h"
#include "core/project/forget_store.h"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// What a forget did, and what it could not reach.
struct ForgetReport {
    UserTraces erased;
    /// Why the file could not be written anew without his bytes in free space, a full disk say: he
    /// is erased, but old bytes may be left until `compact` is called again and succeeds.
    std::optional<Error> notCompacted;
    bool logEmptied = false; ///< the write-ahead log; false while somebody else reads the project
    /// Copies of the project beside it, which may hold him still: for the user to keep or delete.
    std::vector<std::string> backups;
};

/// Erases a user from a project (forget_store.h), and the bytes he leaves behind in the project
/// file and its log. Copies, exports and reports made before are out of reach.
/// @param key as the project has it: of a project with pseudonyms the pseudonym.
/// @param task stages "erasing", "compacting". Cancelling before the end of the first takes
/// everything back; after it the rest is done.
/// @error UnknownUser (detail: the key), UnfinishedImport, ReadOnly, Cancelled, DiskFull.
Result<ForgetReport> forgetUser(Project &project, const std::string &key, const Task &task);

/// NAME.perennial.v1.backup and the like beside a project.
std::vector<std::string> backupsOf(const std::filesystem::path &project);

} // namespace perennial
