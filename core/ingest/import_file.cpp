#include "core/ingest/import_file.h"

namespace perennial {

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
    record.mapping = recipeToJson(plan->recipe);
    record.contents = plan->contents;
    return ImportFile{std::move(*text), std::move(*plan), std::move(record)};
}

} // namespace perennial
