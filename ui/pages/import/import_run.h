#pragma once

#include "core/ingest/import.h"
#include "core/privacy/project_key.h"

#include <memory>
#include <optional>

namespace perennial {

/// An import that the window starts.
struct ImportRequest {
    ImportOptions options;
    std::shared_ptr<const KeyRequest> key; ///< of pseudonyms; null = users are stored by their ids
    std::string rememberAs; ///< profile to save once the import is done; empty = none
};

struct ImportOutcome {
    ImportReport report;
    std::optional<ProjectKey> key;       ///< of the pseudonyms that the users are stored under
    std::string profile;                 ///< that was to be saved; empty = none
    std::optional<Error> profileProblem; ///< why it was not
};

/// keyForImport, where pseudonyms are asked for, and importFile. For a check of the file a
/// connection of its own is opened read-only, so that no key is made and no profile saved.
/// @error as both say; that a profile could not be saved is none.
Result<ImportOutcome> runImport(Project &project, const ImportRequest &request, const Task &task);

/// How a project names its users; open while it has none.
enum class UserNaming { Open, Ids, Pseudonyms };
Result<UserNaming> userNaming(const Project &project);

} // namespace perennial
