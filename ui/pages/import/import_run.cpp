#include "ui/pages/import/import_run.h"

#include "core/ingest/own_profiles.h"
#include "core/project/user_naming.h"

namespace perennial {

namespace {

/// What has come in is in, whether its answers can be kept or not.
void remember(const std::string &name, ImportOutcome &outcome)
{
    const ImportReport &report = outcome.report;
    const Status saved = saveOwnProfile({name, report.header, 0, false, report.recipe});
    outcome.profile = name;
    if (!saved) {
        outcome.profileProblem = saved.error();
    }
}

Result<ImportOutcome> importInto(Project &project, const ImportRequest &request, const Task &task)
{
    ImportOptions options = request.options;
    std::optional<ProjectKey> used;
    if (request.key) {
        auto key = keyForImport(project, *request.key);
        if (!key) {
            return key.error();
        }
        options.pseudonyms = key->pseudonyms;
        used.emplace(*std::move(key));
    }
    auto report = importFile(project, options, task);
    if (!report) {
        return report.error();
    }
    ImportOutcome outcome{*std::move(report), std::move(used), {}, std::nullopt};
    if (!request.rememberAs.empty() && !options.dryRun) {
        remember(request.rememberAs, outcome);
    }
    return outcome;
}

} // namespace

Result<ImportOutcome> runImport(Project &project, const ImportRequest &request, const Task &task)
{
    if (!request.options.dryRun) {
        return importInto(project, request, task);
    }
    auto reader = Project::open(project.path(), Project::Access::ReadOnly);
    return reader ? importInto(*reader, request, task) : reader.error();
}

Result<UserNaming> userNaming(const Project &project)
{
    const auto fingerprint = pseudonymFingerprint(project);
    if (!fingerprint) {
        return fingerprint.error();
    }
    if (*fingerprint) {
        return UserNaming::Pseudonyms;
    }
    // Whether pseudonyms of some key could be added.
    const Status open = checkUserNaming(project, std::string());
    if (!open && open.error().code != ErrorCode::NotPseudonymised) {
        return open.error();
    }
    return open ? UserNaming::Open : UserNaming::Ids;
}

} // namespace perennial
