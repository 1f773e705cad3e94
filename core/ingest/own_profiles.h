#pragma once

#include "core/ingest/profiles.h"

#include <filesystem>
#include <string>
#include <vector>

namespace perennial {

/// Profiles that this user has saved: a file NAME.json each in the folder "profiles" of the user's
/// folder (user_folder.h), a recipe's JSON (recipe.h) and under "columns" the header of the file
/// that it was made for.

/// Newest first; files that are no profiles are left out.
std::vector<ImportProfile> ownProfiles();

/// The one of this name, without a look at the others. @error UnknownProfile, BadConfiguration.
Result<ImportProfile> findOwnProfile(const std::string &name);

/// Whether a profile can have this name.
/// @error InvalidArgument where it is a shipped profile's or can't be a file's (detail: the name).
Status checkProfileName(const std::string &name);

/// Replaces an own profile of the same name. Missing folders are made for the owner alone.
/// @error as checkProfileName; NotWritable, DiskFull, IoFailed.
Status saveOwnProfile(const ImportProfile &profile);

/// @error UnknownProfile where there is none of this name; NotWritable.
Status removeOwnProfile(const std::string &name);

/// A name that `saveOwnProfile` takes, made of a file's name without its endings.
std::string profileNameFor(const std::filesystem::path &file);

/// The profile in a JSON file, named by its path.
/// @error BadConfiguration for a file that is no profile.
Result<ImportProfile> readProfileFile(const std::filesystem::path &path);

} // namespace perennial
