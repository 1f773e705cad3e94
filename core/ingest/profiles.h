#pragma once

#include "core/ingest/recipe.h"

namespace perennial {

/// A recipe with a name, for files of a known layout.
struct ImportProfile {
    std::string name;
    std::vector<std::string>
        header;          ///< the file's own header, by which it is recognised; may be empty
    int columnCount = 0; ///< columns of a file without header; 0 = any
    bool columnsOptional = false; ///< columns that the file lacks are left unmapped
    ImportRecipe recipe;
};

/// Columns with the names of the roles, as the profile "generic" has them.
std::map<Role, std::string> columnsNamedAsRoles(Contents contents);

/// The shipped profiles; a new one is one entry in profiles.cpp.
const std::vector<ImportProfile> &builtInProfiles();

/// A shipped profile by name, one that this user has saved (own_profiles.h), or the profile in a
/// JSON file.
/// @error UnknownProfile, detail: the name; BadConfiguration for a file that is no profile.
Result<ImportProfile> findProfile(const std::string &nameOrFile);

/// The profile whose header is this one, blanks and case aside: the user's newest, or a shipped
/// one.
std::optional<ImportProfile> profileForHeader(const std::vector<std::string> &header);

} // namespace perennial
