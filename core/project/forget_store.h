#pragma once

#include "core/base/task.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>

namespace perennial {

/// What a project holds of one user.
struct UserTraces {
    std::int64_t events = 0, setAsideEvents = 0;
    std::int64_t attributes = 0, exposures = 0; ///< rows
    /// Keys that nobody else had: orders, and devices, places, channels and coupons.
    std::int64_t orders = 0, otherKeys = 0;
    std::int64_t rejectedRows = 0; ///< whose text names him
    std::int64_t definitions = 0;  ///< saved segments, scenarios, reports and rules that name him
    std::int64_t runs = 0;         ///< models that learned from him and are due to be trained again
    /// Lines of the audit log that name him, by a file's name say. They are chained and stay.
    std::int64_t auditLines = 0;
};

/// Takes a user out of the project in one transaction: his events, also those set aside, his
/// attributes, scores and known truth, his key, keys that only he had, what names him in rejected
/// rows and definitions. Freed cells are overwritten (secure_delete). The books of his sources move
/// his rows from stored to erased, and the audit log gets a line without his key. Active cleaning
/// rules look at the rest anew.
/// The bytes of old pages and of the write-ahead log go with `compact` (compact.h).
/// @param task stage "erasing".
/// @error UnknownUser (detail: the key), UnfinishedImport (detail: its file), ReadOnly, Cancelled.
Result<UserTraces> eraseUser(Project &project, const std::string &key, const Task &task);

/// What eraseUser would take, without doing it: runs it, but for the hashes, and takes it back.
/// @error as above.
Result<UserTraces> tracesOfUser(Project &project, const std::string &key, const Task &task);

/// How often somebody was forgotten.
Result<std::int64_t> forgottenUsers(const Project &project);

} // namespace perennial
