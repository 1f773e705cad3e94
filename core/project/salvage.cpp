#include "core/project/salvage.h"

#include "core/project/database.h"
#include "core/project/lock.h"
#include "core/project/recovery.h"
#include "core/project/salvage_books.h"
#include "core/project/salvage_loader.h"
#include "core/project/schema.h"

#include <algorithm>

namespace perennial {

namespace fs = std::filesystem;

namespace {

/// Nobody may be writing to the file meanwhile; a file that nobody has locked gets no lock file.
Result<std::shared_ptr<ProjectLock>> holdStill(const fs::path &damaged)
{
    std::error_code error;
    if (!fs::exists(damaged.string() + ".lock", error)) {
        return std::shared_ptr<ProjectLock>();
    }
    auto lock = ProjectLock::acquire(damaged);
    if (!lock && lock.error().code == ErrorCode::Locked) {
        return lock;
    }
    return lock ? std::move(*lock) : std::shared_ptr<ProjectLock>();
}

bool anyRow(const SalvageReport &report)
{
    return std::ranges::any_of(report.tables,
                               [](const SalvagedTable &table) { return table.kept > 0; });
}

Result<SalvageReport> fill(const PageFile &file, Project &project, const fs::path &damaged,
                           const Task &task)
{
    Database &database = project.database();
    // What belongs together is put together when everything is there, and nothing is promised
    // before the end.
    database.execute("PRAGMA foreign_keys = OFF; PRAGMA synchronous = NORMAL;");
    database.execute("DELETE FROM setting; DELETE FROM audit;");
    SalvageLoader loader(file, database, task);
    if (!loader.load()) {
        const std::string versions =
            std::to_string(file.userVersion()) + "/" + std::to_string(kSchemaVersion);
        return loader.fromNewerVersion() ? fail(ErrorCode::NewerVersion, versions, damaged.string())
                                         : fail(ErrorCode::Cancelled);
    }
    SalvageReport report = loader.report();
    if (!anyRow(report)) {
        return fail(ErrorCode::NotAProject, {}, damaged.string());
    }
    task.progress(0.7, "salvaging");
    const auto status =
        restateBooks(project, loader.seals(), damaged.filename().string(), report, task);
    if (!status) {
        return status.error();
    }
    database.execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; "
                     "PRAGMA wal_checkpoint(TRUNCATE);");
    const auto verified = verifyProject(project, task);
    if (!verified) {
        return verified.error();
    }
    report.sound = verified->sound();
    task.progress(1.0, "salvaging");
    return report;
}

/// The project is closed when this returns, with its log in it.
Result<SalvageReport> salvageInto(const fs::path &work, const PageFile &file,
                                  const fs::path &damaged, const Task &task)
{
    auto project = Project::create(work);
    if (!project) {
        return project.error();
    }
    return guarded(work.string(), [&] { return fill(file, *project, damaged, task); });
}

void removeProject(const fs::path &path)
{
    std::error_code ignored;
    for (const char *suffix : {"", "-wal", "-shm"}) {
        fs::remove(path.string() + suffix, ignored);
    }
}

} // namespace

bool SalvageReport::complete() const noexcept
{
    const bool tablesComplete = std::ranges::all_of(tables, [](const SalvagedTable &table) {
        return table.unusable == 0 && table.mended == 0 && table.lostPages == 0 &&
               table.whole.value_or(true) && table.kept >= table.expected.value_or(0);
    });
    return tablesComplete && unassignedRows == 0 && damagedChunks.empty() && restated.empty() &&
           placeholders.empty() && dropped.empty() && rechainedAudit == 0;
}

Result<SalvageReport> salvageProject(const fs::path &damaged, const fs::path &out, const Task &task)
{
    const auto lock = holdStill(damaged);
    if (!lock) {
        return lock.error();
    }
    const auto file = PageFile::open(damaged);
    if (!file) {
        return file.error();
    }
    std::error_code error;
    if (fs::exists(fs::symlink_status(out, error))) {
        return fail(ErrorCode::AlreadyExists, {}, out.string());
    }
    // Under a name of its own until it is whole: a killed salvage must not look like its result.
    const fs::path work = out.string() + ".salvage";
    if (fs::exists(fs::symlink_status(work, error))) {
        return fail(ErrorCode::AlreadyExists, {}, work.string());
    }
    auto report = salvageInto(work, *file, damaged, task);
    if (report) {
        fs::rename(work, out, error);
        if (error) {
            report = fail(ErrorCode::NotWritable, error.message(), out.string());
        }
    }
    if (!report) {
        removeProject(work);
    }
    fs::remove(work.string() + ".lock", error);
    return report;
}

} // namespace perennial
