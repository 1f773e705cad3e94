#pragma once

#include <filesystem>
#include <string>

namespace perennial::fuzz {

/// A small project with something in every table that has a writer: what the project targets
/// change.
/// @param path does not exist yet.
void makeTinyProject(const std::filesystem::path &path);

/// The same project with small pages, as one file of a few ten thousand bytes.
std::string tinyProjectBytes();

/// The same project under a schema that allows any value in any column, as a hostile hand would
/// write it.
std::string laxProjectBytes();

} // namespace perennial::fuzz
