#include "core/segment/segment_file.h"

#include <nlohmann/json.hpp>

#include <fstream>

namespace perennial {

namespace {

constexpr std::size_t kBlock = 1024 * 1024; // bytes

} // namespace

Status writeSegmentFile(const std::filesystem::path &path, const SegmentRule &rule,
                        Overwrite overwrite)
{
    auto file = AtomicFile::create(path, overwrite);
    if (!file) {
        return file.error();
    }
    file->write(nlohmann::ordered_json::parse(segmentJson(rule)).dump(2));
    file->write("\n");
    return file->finish();
}

Result<SegmentRule> readSegmentFile(const std::filesystem::path &path)
{
    const std::string name = path.string();
    std::error_code problem;
    const auto status = std::filesystem::status(path, problem);
    if (!std::filesystem::exists(status)) {
        return fail(ErrorCode::FileMissing, {}, name);
    }
    if (std::filesystem::is_directory(status)) {
        return fail(ErrorCode::IsDirectory, {}, name);
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorCode::NotReadable, {}, name);
    }
    // What comes from a pipe has no size to ask for.
    std::string text, block(kBlock, '\0');
    while (file && text.size() <= kLargestSegmentFile) {
        file.read(block.data(), static_cast<std::streamsize>(block.size()));
        text.append(block, 0, static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad()) {
        return fail(ErrorCode::NotReadable, {}, name);
    }
    if (text.size() > kLargestSegmentFile) {
        return fail(ErrorCode::BadData, "too large", name);
    }
    if (text.empty()) {
        return fail(ErrorCode::EmptyFile, {}, name);
    }
    auto rule = segmentFromJson(text);
    if (!rule) {
        Error error = rule.error();
        error.where = error.where.empty() ? name : name + " (" + error.where + ")";
        return error;
    }
    return rule;
}

} // namespace perennial
