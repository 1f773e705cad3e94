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
    /// "integrity", "schema", "cleaning", "totals", "weights", "audit", "unfinished_import"
    std::string code;
    std::string detail;
};
struct VerifyReport {
    std::vector<VerifyFinding> findings;
    bool sound() const noexcept; ///< nothing of level Damage
};
/// SQLite's integrity check, foreign keys, control totals against the events, weights' hashes and
/// the audit chain.
Result<VerifyReport> verifyProject(const Project &project, const Task &task);

} // namespace perennial
