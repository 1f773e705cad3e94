#include "core/ingest/own_profiles.h"

#include "core/base/atomic_file.h"
#include "core/base/json_depth.h"
#include "core/base/text.h"
#include "core/base/user_folder.h"
#include "core/ingest/clean_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <optional>
#include <system_error>

namespace perennial {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMaxProfileBytes = 1 << 20;
constexpr std::size_t kMaxNameBytes = 100;
constexpr std::size_t kMostProfiles = 1000;
constexpr int kDeepest = 8; ///< of a profile's JSON
constexpr const char *kEnding = ".json";

std::optional<fs::path> profileFolder()
{
    const auto folder = userFolder();
    return folder ? std::optional(*folder / "profiles") : std::nullopt;
}

bool isShipped(const std::string &name)
{
    return std::ranges::any_of(builtInProfiles(), [&name](const ImportProfile &profile) {
        return profile.name == name;
    });
}

/// A file's name on every system, that stands for itself on a command line and hides nothing.
bool isName(const std::string &name)
{
    const auto isBad = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 || byte == 0x7F || std::string_view("/\\:*?\"<>|").find(c) !=
                                                  std::string_view::npos;
    };
    return !name.empty() && name.size() <= kMaxNameBytes && name.front() != '.' &&
           name.front() != '-' && trimmed(name) == name && isValidUtf8(name) &&
           std::ranges::none_of(name, isBad);
}

/// Takes the header out of a profile's JSON; what is left is a recipe.
std::optional<std::vector<std::string>> takeHeader(Json &object)
{
    std::vector<std::string> header;
    if (const auto columns = object.find("columns"); columns != object.end()) {
        if (!columns->is_array()) {
            return std::nullopt;
        }
        for (const Json &name : *columns) {
            if (!name.is_string()) {
                return std::nullopt;
            }
            header.push_back(name.get<std::string>());
        }
        object.erase(columns);
    }
    return header;
}

std::string profileToJson(const ImportProfile &profile)
{
    Json json = Json::parse(recipeToJson(profile.recipe));
    if (!profile.header.empty()) {
        json["columns"] = profile.header;
    }
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace

Result<ImportProfile> readProfileFile(const fs::path &path)
{
    const std::string where = path.string();
    std::ifstream file(path, std::ios::binary);
    std::string text(kMaxProfileBytes + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    Json object =
        text.size() > kMaxProfileBytes ? Json() : Json::parse(text, shallowerThan(kDeepest), false);
    if (!object.is_object()) {
        return fail(ErrorCode::BadConfiguration, "json", where);
    }
    auto header = takeHeader(object);
    if (!header) {
        return fail(ErrorCode::BadConfiguration, "columns", where);
    }
    auto recipe =
        recipeFromJson(object.dump(-1, ' ', false, Json::error_handler_t::replace), where);
    if (!recipe) {
        return recipe.error();
    }
    ImportProfile profile;
    profile.name = where;
    profile.header = std::move(*header);
    profile.recipe = std::move(*recipe);
    return profile;
}

std::vector<ImportProfile> ownProfiles()
{
    struct Found {
        fs::file_time_type saved;
        fs::path path;
    };
    std::vector<Found> files;
    const auto folder = profileFolder();
    std::error_code error;
    if (folder) {
        for (fs::directory_iterator entry(*folder, error), end; !error && entry != end;
             entry.increment(error)) {
            std::error_code ignored;
            if (entry->path().extension() == kEnding && entry->is_regular_file(ignored)) {
                files.push_back({entry->last_write_time(ignored), entry->path()});
            }
        }
    }
    std::ranges::sort(files, [](const Found &a, const Found &b) {
        return a.saved != b.saved ? a.saved > b.saved : a.path < b.path;
    });
    files.resize(std::min(files.size(), kMostProfiles));
    std::vector<ImportProfile> profiles;
    for (const Found &file : files) {
        auto profile = readProfileFile(file.path);
        const std::string name = file.path.stem().string();
        if (profile && checkProfileName(name)) {
            profile->name = name;
            profiles.push_back(std::move(*profile));
        }
    }
    return profiles;
}

Result<ImportProfile> findOwnProfile(const std::string &name)
{
    const auto folder = profileFolder();
    std::error_code ignored;
    const fs::path path = folder && checkProfileName(name) ? *folder / (name + kEnding) : fs::path();
    if (!fs::is_regular_file(path, ignored)) {
        return fail(ErrorCode::UnknownProfile, name);
    }
    auto profile = readProfileFile(path);
    if (profile) {
        profile->name = name;
    }
    return profile;
}

Status checkProfileName(const std::string &name)
{
    return isName(name) && !isShipped(name) ? Status(Done{})
                                            : fail(ErrorCode::InvalidArgument, name, "profile");
}

Status saveOwnProfile(const ImportProfile &profile)
{
    if (auto named = checkProfileName(profile.name); !named) {
        return named;
    }
    const auto folder = profileFolder();
    if (!folder) {
        return fail(ErrorCode::NotWritable, "XDG_DATA_HOME");
    }
    if (auto made = makePrivateFolders(*folder); !made) {
        return made;
    }
    auto file = AtomicFile::create(*folder / (profile.name + kEnding), Overwrite::Replace);
    if (!file) {
        return file.error();
    }
    file->write(profileToJson(profile));
    return file->finish();
}

Status removeOwnProfile(const std::string &name)
{
    const auto folder = profileFolder();
    if (!folder || !isName(name)) {
        return fail(ErrorCode::UnknownProfile, name);
    }
    const fs::path path = *folder / (name + kEnding);
    std::error_code error;
    if (!fs::remove(path, error)) {
        return error ? fail(ErrorCode::NotWritable, error.message(), path.string())
                     : fail(ErrorCode::UnknownProfile, name);
    }
    return Done{};
}

std::string profileNameFor(const fs::path &file)
{
    fs::path stem = file.filename();
    for (const char *ending : {".gz", ".csv", ".tsv", ".txt"}) {
        if (toLowerAscii(stem.extension().string()) == ending) {
            stem = stem.stem();
        }
    }
    std::string name = cleanText(stem.string(), kMaxNameBytes);
    if (!checkProfileName(name)) {
        name = "own-" + cleanText(name, kMaxNameBytes - 4);
    }
    return checkProfileName(name) ? name : "own";
}

} // namespace perennial
