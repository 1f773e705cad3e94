#include "app/verbs/arguments.h"

#include <filesystem>
#include <fstream>

namespace perennial {

namespace {

constexpr std::size_t kLargestText = 4 << 20;

} // namespace

Result<std::optional<Day>> dayArgument(const std::string &text, const char *option)
{
    if (text.empty()) {
        return std::optional<Day>();
    }
    const auto day = parseIsoDate(text);
    if (!day) {
        return fail(ErrorCode::InvalidArgument, text, option);
    }
    return std::optional(*day);
}

Result<std::optional<Period>> periodArgument(const std::string &text, const char *option)
{
    if (text.empty()) {
        return std::optional<Period>();
    }
    const auto period = periodFromName(text);
    if (!period) {
        return fail(ErrorCode::InvalidArgument, text, option);
    }
    return period;
}

Result<std::optional<int>> horizonArgument(const std::string &text, const char *option)
{
    if (text.empty()) {
        return std::optional<int>();
    }
    const auto days = parseHorizon(text);
    if (!days) {
        return fail(days.error().code, text, option);
    }
    return std::optional(*days);
}

Result<std::string> readTextFile(const std::string &path)
{
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) {
        return fail(ErrorCode::FileMissing, {}, path);
    }
    if (std::filesystem::is_directory(status)) {
        return fail(ErrorCode::IsDirectory, {}, path);
    }
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        return fail(ErrorCode::NotReadable, {}, path);
    }
    // One byte more than allowed: what comes from a pipe has no size to ask for.
    std::string text(kLargestText + 1, '\0');
    file.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(file.gcount()));
    if (file.bad()) {
        return fail(ErrorCode::NotReadable, {}, path);
    }
    if (text.size() > kLargestText) {
        return fail(ErrorCode::BadConfiguration, "larger than 4 MiB", path);
    }
    return text;
}

} // namespace perennial
