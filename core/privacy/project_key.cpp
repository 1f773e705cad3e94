#include "core/privacy/project_key.h"

#include "core/privacy/key_file.h"
#include "core/project/user_naming.h"

namespace perennial {

namespace fs = std::filesystem;

namespace {

const Passphrase *given(const KeyRequest &request)
{
    return request.passphrase ? &*request.passphrase : nullptr;
}

/// NAME.perennial, its log, its lock, its copies: a key there would travel with the project.
bool belongsToProject(const fs::path &file, const Project &project)
{
    std::error_code ignored;
    const fs::path key = fs::weakly_canonical(fs::absolute(file, ignored), ignored);
    const fs::path own = fs::weakly_canonical(fs::absolute(project.path(), ignored), ignored);
    return key.parent_path() == own.parent_path() &&
           key.filename().string().starts_with(own.filename().string());
}

/// The id becomes a file's name; one that is not ours may not lead elsewhere.
bool isProjectId(const std::string &id)
{
    return id.size() == 32 &&
           id.find_first_not_of("0123456789abcdef") == std::string::npos;
}

/// Nothing where the project has no id yet, and so no key of its own either.
Result<std::optional<fs::path>> keyPath(const Project &project, const KeyRequest &request)
{
    if (!request.file.empty()) {
        if (belongsToProject(request.file, project)) {
            return fail(ErrorCode::InvalidArgument, request.file.string(), "--key");
        }
        return std::optional(request.file);
    }
    const auto id = projectId(project);
    if (!id) {
        return id.error();
    }
    if (id->empty()) {
        return std::optional<fs::path>();
    }
    if (!isProjectId(*id)) {
        return fail(ErrorCode::Damaged, "project_id", project.path().string());
    }
    const auto path = defaultKeyPath(*id);
    return path ? Result<std::optional<fs::path>>(*path) : path.error();
}

ProjectKey keyFrom(SecretKey key, fs::path file, bool sealed, bool created)
{
    return {std::make_shared<const Pseudonymizer>(std::move(key)), std::move(file), sealed,
            created};
}

Result<ProjectKey> readKey(const fs::path &path, const KeyRequest &request)
{
    auto file = readKeyFile(path, given(request));
    if (!file) {
        return file.error();
    }
    return keyFrom(std::move(file->key), path, file->sealed, false);
}

Result<ProjectKey> createKey(const fs::path &path, const KeyRequest &request)
{
    auto key = createKeyFile(path, given(request));
    if (!key) {
        return key.error();
    }
    return keyFrom(std::move(*key), path, request.passphrase.has_value(), true);
}

Result<ProjectKey> keyForOneRun()
{
    auto key = SecretKey::random();
    if (!key) {
        return key.error();
    }
    return keyFrom(std::move(*key), {}, false, false);
}

Result<ProjectKey> checked(Result<ProjectKey> key, const Project &project)
{
    if (key) {
        if (const auto fits = checkUserNaming(project, key->pseudonyms->fingerprint()); !fits) {
            return fits.error();
        }
    }
    return key;
}

} // namespace

Result<ProjectKey> keyForImport(Project &project, const KeyRequest &request)
{
    const auto known = pseudonymFingerprint(project);
    if (!known) {
        return known.error();
    }
    if (!*known) {
        // Refused for users with ids of their own before a key is made for nothing.
        if (const auto fits = checkUserNaming(project, std::string()); !fits) {
            return fits.error();
        }
        if (!project.readOnly()) {
            if (const auto id = ensureProjectId(project); !id) {
                return id.error();
            }
        }
    }
    const auto path = keyPath(project, request);
    if (!path) {
        return path.error();
    }
    std::error_code ignored;
    const bool there = *path && fs::exists(fs::symlink_status(**path, ignored));
    if (there) {
        return checked(readKey(**path, request), project);
    }
    if (*known) {
        return fail(ErrorCode::FileMissing, {}, *path ? (*path)->string() : std::string("--key"));
    }
    return project.readOnly() ? keyForOneRun() : createKey(**path, request);
}

Result<ProjectKey> keyOf(const Project &project, const KeyRequest &request)
{
    const auto known = pseudonymFingerprint(project);
    if (!known) {
        return known.error();
    }
    if (!*known) {
        return fail(ErrorCode::NotPseudonymised, {}, project.path().string());
    }
    const auto path = keyPath(project, request);
    if (!path) {
        return path.error();
    }
    if (!*path) {
        return fail(ErrorCode::FileMissing, {}, "--key");
    }
    return checked(readKey(**path, request), project);
}

} // namespace perennial
