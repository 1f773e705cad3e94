#pragma once

#include "core/base/dates.h"
#include "core/project/project.h"

#include <cstdint>
#include <string>
#include <vector>

namespace perennial {

struct AuditLine {
    std::int64_t id = 0;
    UtcSecond at = 0;
    std::string action; ///< "import", "run", "settings", "forget", "export", …
    std::string detail; ///< JSON; never a user's key, for a line can't be changed later
    std::string hash;   ///< of this line and the previous line's hash
};

/// Appends a line chained to the last one, and notes the log's new length and end. Inside a
/// transaction it is written with it or not. @error ReadOnly.
Status appendAudit(Project &project, const std::string &action, const std::string &detail);
Result<std::vector<AuditLine>> readAudit(const Project &project, std::int64_t limit); ///< newest first
/// Those of one action.
Result<std::vector<AuditLine>> readAudit(const Project &project, const std::string &action,
                                         std::int64_t limit);

/// A line that data of single users has left the project. @param what the table.
/// @return false, and no line, in a project that is open read-only.
Result<bool> logDataOut(Project &project, const std::string &what, std::int64_t rows);

/// Whether the log is what was written. The hashes are not keyed: this finds what got lost or was
/// edited, not a whole log written anew by somebody who knows how; against that, note `head`
/// elsewhere and look for it later.
struct AuditCheck {
    std::int64_t lines = 0;
    std::string head;             ///< hash of the last line, empty where there is none
    std::int64_t brokenLine = 0;  ///< id of the first line whose hash is not right, 0 = none
    bool endMissing = false;      ///< length or last hash is not what was noted
    bool holds() const noexcept { return brokenLine == 0 && !endMissing; }
};
Result<AuditCheck> checkAudit(const Project &project);

/// BLAKE2b of a line's content after the hash of the line before it (empty for the first).
std::string auditHash(const std::string &previous, const AuditLine &line);

/// Lines up to a broken link stay as they are; those behind it are numbered and chained anew, for a
/// project that was salvaged. @return how many.
Result<std::int64_t> rechainAudit(Project &project);

UtcSecond nowUtc() noexcept;

} // namespace perennial
