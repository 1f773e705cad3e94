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
    std::string action; ///< "import", "fit", "settings", …
    std::string detail; ///< JSON
    std::string hash;   ///< of this line and the previous line's hash
};

/// Appends a line chained to the last one. Inside a transaction it is written with it or not.
Status appendAudit(Project &project, const std::string &action, const std::string &detail);
Result<std::vector<AuditLine>> readAudit(const Project &project, std::int64_t limit); ///< newest first

/// BLAKE2b of a line's content after the hash of the line before it (empty for the first).
std::string auditHash(const std::string &previous, const AuditLine &line);

/// Lines up to a broken link stay as they are; those behind it are numbered and chained anew, for a
/// project that was salvaged. @return how many.
Result<std::int64_t> rechainAudit(Project &project);

UtcSecond nowUtc() noexcept;

} // namespace perennial
