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
    // What belongs together is put together when everything is there.
    database.execute("PRAGMA foreign_keys = OFF");
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
    database.execute("PRAGMA foreign_keys = ON; PRAGMA wal_checkpoint(TRUNCATE);");
    const auto verified = verifyProject(project, task);
    if (!verified) {
        return verified.error();
    }
    report.sound = verified->sound();
    task.progress(1.0, "salvaging");
    return report;
}

} // namespace

bool SalvageReport::complete() const noexcept
{
    const bool tablesComplete = std::ranges::all_of(tables, [](const SalvagedTable &table) {
        return table.unusable == 0 && table.lostPages == 0 && table.whole.value_or(true) &&
               table.kept >= table.expected.value_or(0);
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
    std::optional<Result<SalvageReport>> report;
    {
        auto project = Project::create(out);
        if (!project) {
            return project.error();
        }
        report = guarded(out.string(), [&] { return fill(*file, *project, damaged, task); });
    }
    if (!*report) {
        std::error_code ignored;
        for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
            fs::remove(out.string() + suffix, ignored);
        }
    }
    return std::move(*report);
}

} // namespace perennial
