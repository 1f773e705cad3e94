#pragma once

#include "core/base/task.h"
#include "core/project/chunk_hash.h"
#include "core/project/project.h"

#include <optional>
#include <string>
#include <vector>

namespace perennial {

/// A check of the project file. `code` is stable; `detail` is data.
struct VerifyFinding {
    enum class Level { Ok, Warning, Damage };
    Level level = Level::Ok;
    /// "integrity", "schema", "events", "cleaning", "totals", "chunks", "uncovered_chunks" (detail:
    /// how many), "seals" (detail: the table), "weights", "audit" (detail: the broken line's id, or
    /// "end" where lines are missing there), "unfinished_import", "retrain_due"
    std::string code;
    std::string detail;
    std::optional<ChunkDamage> chunk; ///< of "chunks"
};
struct VerifyReport {
    std::vector<VerifyFinding> findings;
    bool sound() const noexcept; ///< nothing of level Damage
};
/// SQLite's integrity check, the schema, control totals against the events, the hash of every
/// chunk's rows, the seals of the other tables, weights' hashes and the audit chain; as warnings
/// unfinished imports and champions that learned from an erased user. Where pages are broken only
/// the chunks are asked further: which lines of which file are hit. @error Cancelled.
Result<VerifyReport> verifyProject(const Project &project, const Task &task);

} // namespace perennial
