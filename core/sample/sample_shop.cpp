#include "core/sample/sample_shop.h"

#include "core/project/import_store.h"
#include "core/project/project.h"
#include "core/sample/shop_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <nlohmann/json.hpp>

#include <cerrno>
#include <cstdio>

namespace perennial {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kMaxUsers = 1'000'000;

Status checkOptions(const SampleShopOptions &options)
{
    const auto outside = [](std::int64_t value, std::int64_t low, std::int64_t high) {
        return value < low || value > high;
    };
    if (outside(options.users, 1, kMaxUsers)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.users), "users");
    }
    if (outside(options.items, 20, 20'000)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.items), "items");
    }
    if (outside(options.historyDays, 30, 3'650)) {
        return fail(ErrorCode::InvalidArgument, std::to_string(options.historyDays),
                    "history_days");
    }
    if (!isValidDate(options.lastDay)) {
        return fail(ErrorCode::InvalidArgument, {}, "last_day");
    }
    return Done{};
}

void removeProject(const fs::path &path)
{
    std::error_code ignored;
    for (const char *suffix : {"", "-wal", "-shm", "-journal", ".lock"}) {
        fs::remove(path.string() + suffix, ignored);
    }
}

/// Moves a finished project to its name, never over another file, and makes the move last.
Status publish(const fs::path &from, const fs::path &to)
{
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST) {
            return fail(ErrorCode::AlreadyExists, {}, to.string());
        }
        // Some file systems know no exclusive rename; a hard link is as exclusive.
        if (link(from.c_str(), to.c_str()) != 0) {
            return fail(errno == EEXIST ? ErrorCode::AlreadyExists : ErrorCode::IoFailed, {},
                        to.string());
        }
    }
    const fs::path folder = to.has_parent_path() ? to.parent_path() : fs::path(".");
    if (const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        descriptor >= 0) {
        static_cast<void>(fsync(descriptor));
        ::close(descriptor);
    }
    return Done{};
}

Result<SampleShopReport> writeProject(const fs::path &path, const SampleShopOptions &options,
                                      const Task &task)
{
    auto project = Project::create(path);
    if (!project) {
        return project.error();
    }
    ShopWriter writer(*project, options);
    if (const auto written = writer.write(task); !written) {
        return written.error();
    }
    return writer.report();
}

} // namespace

Result<SampleShopReport> createSampleShop(const fs::path &path, const SampleShopOptions &options,
                                          const Task &task)
{
    if (const auto checked = checkOptions(options); !checked) {
        return checked.error();
    }
    std::error_code error;
    if (fs::is_directory(path, error)) {
        return fail(ErrorCode::IsDirectory, {}, path.string());
    }
    if (fs::exists(fs::symlink_status(path, error))) {
        return fail(ErrorCode::AlreadyExists, {}, path.string());
    }
    const fs::path unfinished =
        path.parent_path() /
        ("." + path.filename().string() + "." + std::to_string(getpid()) + ".new");
    auto report = writeProject(unfinished, options, task);
    if (report) {
        if (const auto published = publish(unfinished, path); !published) {
            report = published.error();
        }
    }
    removeProject(unfinished);
    if (!report) {
        Error failure = report.error();
        if (failure.where.empty() || failure.where == unfinished.string()) {
            failure.where = path.string();
        }
        return failure;
    }
    return report;
}

Result<std::optional<Day>> truthDay(const Project &project)
{
    const auto sources = readSources(project);
    if (!sources) {
        return sources.error();
    }
    if (sources->size() != 1 || sources->front().profile != kSampleProfile) {
        return std::optional<Day>();
    }
    const auto mapping = nlohmann::json::parse(sources->front().mapping, nullptr, false);
    const auto day = mapping.is_object() && mapping.contains("last_day") &&
                             mapping["last_day"].is_string()
                         ? parseIsoDate(mapping["last_day"].get<std::string>())
                         : Result<Day>(fail(ErrorCode::Damaged));
    if (!day) {
        return fail(ErrorCode::Damaged, "last_day", project.path().string());
    }
    return std::optional<Day>(*day);
}

} // namespace perennial
