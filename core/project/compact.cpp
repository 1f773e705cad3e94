#include "core/project/compact.h"

#include "core/project/database.h"
#include "core/project/temporary_files.h"

namespace perennial {

Result<bool> compact(Project &project)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Result<bool> {
        Database &database = project.database();
        const TemporaryFiles inFiles(database); // VACUUM copies the project
        database.execute("VACUUM");
        Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        return checkpoint.step() && checkpoint.integer(0) == 0;
    });
}

} // namespace perennial
