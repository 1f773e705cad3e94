#pragma once

#include "core/base/task.h"
#include "core/project/project.h"

#include <string>
#include <vector>

namespace perennial {

/// A check of the project file. `code` is stable; `detail` is data.
struct VerifyFinding {
    enum class Level { Ok, Warning, Damage };
    Level level = Level::Ok;
    std::string code;   ///< "integrity", "schema", "totals", "weights", "audit",
                        ///< "unfinished_import", "retrain_due"
    std::string detail; ///< audit: the broken line's id, or "end" where lines are missing there
};
struct VerifyReport {
    std::vector<VerifyFinding> findings;
    bool sound() const noexcept; ///< nothing of level Damage
};
/// SQLite's integrity check, foreign keys, control totals against the events, weights' hashes and
/// the audit chain; as warnings unfinished imports and champions that learned from an erased user.
Result<VerifyReport> verifyProject(const Project &project, const Task &task);

} // namespace perennial
