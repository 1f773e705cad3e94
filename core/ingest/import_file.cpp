#include "core/ingest/import_file.h"

#include "core/ingest/clean_text.h"
#include "core/project/user_naming.h"

#include <algorithm>

namespace perennial {

namespace {

constexpr std::size_t kShownBytes = 120; // of a row, in an error

/// The recipe as the project keeps it: the user of all rows is named as the rows are.
std::string keptRecipe(const ImportPlan &plan, const ImportOptions &options)
{
    ImportRecipe recipe = plan.recipe;
    if (const auto user = recipe.constants.find(Role::User);
        options.pseudonyms && user != recipe.constants.end()) {
        user->second = options.pseudonyms->pseudonym(user->second);
    }
    const int column = plan.role(Role::User).column;
    return storedRecipe(recipe, column >= 0 ? std::optional(column + 1) : std::nullopt);
}

/// "bad_date (line 2: a,x,view)".
std::string mainReason(const ImportReport &report)
{
    const auto most = std::ranges::max_element(
        report.reasons, {}, [](const auto &reason) { return reason.second; });
    if (most == report.reasons.end()) {
        return {};
    }
    const auto first = std::ranges::find(report.firstRejected, most->first, &RejectedRow::reason);
    if (first == report.firstRejected.end()) {
        return most->first;
    }
    const std::string_view row = cutUtf8(first->raw, kShownBytes);
    return most->first + " (line " + std::to_string(first->line) +
           (row.empty() ? "" : ": " + std::string(row)) + ")";
}

} // namespace

Result<ImportFile> openImportFile(const ImportOptions &options, const Task &task)
{
    const std::string where = options.path.string();
    const auto requested = requestedRecipe(options);
    if (!requested) {
        return requested.error();
    }
    auto text = TextSource::open(options.path, requested->recipe.encoding);
    if (!text) {
        return text.error();
    }
    const auto sample = sampleCsv(*text, requested->recipe);
    if (!sample) {
        return sample.error();
    }
    if (!sample->anyRow) {
        return fail(ErrorCode::EmptyFile, {}, where);
    }
    auto plan = makePlan(*requested, *sample, where);
    if (!plan) {
        return plan.error();
    }
    plan->hidesText = plan->hidesText || options.pseudonyms != nullptr;
    auto hash = text->bytes().hash(task);
    if (!hash) {
        return hash.error();
    }
    std::error_code ignored;
    SourceRecord record;
    record.name = options.path.filename().string();
    record.path = std::filesystem::absolute(options.path, ignored).lexically_normal().string();
    record.bytes = text->bytes().size();
    record.hash = std::move(*hash);
    record.profile = plan->profile;
    record.mapping = keptRecipe(*plan, options);
    record.contents = plan->contents;
    return ImportFile{std::move(*text), std::move(*plan), std::move(record)};
}

Status settleNaming(Project &project, const ImportOptions &options)
{
    std::optional<std::string> fingerprint;
    if (options.pseudonyms) {
        fingerprint = options.pseudonyms->fingerprint();
    }
    return options.dryRun ? checkUserNaming(project, fingerprint)
                          : settleUserNaming(project, fingerprint);
}

Status checkUsable(const TextSource &text, const ImportReport &report, const std::string &where)
{
    if (text.bytes().changed()) {
        return fail(ErrorCode::BadData, "changed", where);
    }
    if (report.totals.read.rows == 0) {
        return fail(ErrorCode::EmptyFile, {}, where);
    }
    return report.totals.stored.rows > 0 ? Status(Done{})
                                         : fail(ErrorCode::NothingUsable, mainReason(report), where);
}

} // namespace perennial
