#pragma once

#include "core/privacy/passphrase.h"
#include "core/privacy/pseudonym.h"
#include "core/project/project.h"

#include <filesystem>
#include <memory>
#include <optional>

namespace perennial {

struct KeyRequest {
    std::filesystem::path file;           ///< empty = the project's default place (key_file.h)
    std::optional<Passphrase> passphrase; ///< opens the key, or seals a new one
};

struct ProjectKey {
    std::shared_ptr<const Pseudonymizer> pseudonyms;
    std::filesystem::path file; ///< empty for the key of a dry run, which nobody keeps
    bool sealed = false;
    bool created = false;
};

/// The key for an import into a project. Made, if there is no file of that name, only while the
/// project has no users: one more key for pseudonyms that exist would be the wrong one.
/// In a project that is open read-only (a dry run) nothing is made: where there is no key yet a
/// random one takes its place.
/// @error FileMissing (where: the key file), InvalidArgument (where: --key) for a file of the
/// project's own; what checkUserNaming, createKeyFile and readKeyFile say.
Result<ProjectKey> keyForImport(Project &project, const KeyRequest &request);

/// The key of a project that has pseudonyms.
/// @error NotPseudonymised, WrongKey, FileMissing; what readKeyFile says.
Result<ProjectKey> keyOf(const Project &project, const KeyRequest &request);

} // namespace perennial
