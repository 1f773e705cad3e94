#pragma once

#include "core/project/project.h"

#include <optional>
#include <string>

namespace perennial {

/// Whether the users of a project have their own ids or pseudonyms, and of which key. The key
/// itself is never in a project, only its fingerprint: a project with both kinds, or with
/// pseudonyms of two keys, would count one person as two.

/// Fingerprint of the key that made the users' pseudonyms; nothing where users have their own ids
/// or there are none yet.
Result<std::optional<std::string>> pseudonymFingerprint(const Project &project);

/// Whether users named so could be added. @param fingerprint nothing = by their own ids.
/// @error PseudonymsNeeded (the project has pseudonyms, ids were given), NotPseudonymised (the
/// reverse), WrongKey (detail: fingerprint of the project / given).
Status checkUserNaming(const Project &project, const std::optional<std::string> &fingerprint);

/// The same, and notes it in a project that has no users yet: what an import does before its first
/// row. @error as above; ReadOnly.
Status settleUserNaming(Project &project, const std::optional<std::string> &fingerprint);

/// Tells projects apart outside of them, such as in the name of a key file; empty where the
/// project has none yet.
Result<std::string> projectId(const Project &project);
/// Gives a project without an id a random one of 32 hex digits. @error ReadOnly.
Result<std::string> ensureProjectId(Project &project);

} // namespace perennial
