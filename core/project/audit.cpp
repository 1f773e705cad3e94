#include "core/project/audit.h"

#include "core/base/hash.h"
#include "core/project/database.h"

#include <chrono>

namespace perennial {

UtcSecond nowUtc() noexcept
{
    return std::chrono::duration_cast<std::chrono::seconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

std::string auditHash(const std::string &previous, const AuditLine &line)
{
    // Lengths in front, so that no two different lines spell the same text.
    std::string text = previous;
    for (const std::string &part : {std::to_string(line.at), line.action, line.detail}) {
        text += "|" + std::to_string(part.size()) + ":" + part;
    }
    return hashHex(text);
}

Status appendAudit(Project &project, const std::string &action, const std::string &detail)
{
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        Statement last(database, "SELECT hash FROM audit ORDER BY id DESC LIMIT 1");
        const std::string previous = last.step() ? last.text(0) : std::string();
        last.reset();
        AuditLine line;
        line.at = nowUtc();
        line.action = action;
        line.detail = detail;
        Statement insert(database,
                         "INSERT INTO audit(at, action, detail, hash) VALUES (?, ?, ?, ?)");
        insert.bindAll(line.at, action, detail, auditHash(previous, line));
        insert.run();
        transaction.commit();
        return Done{};
    });
}

Result<std::vector<AuditLine>> readAudit(const Project &project, std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<AuditLine>> {
        Statement query(project.database(), "SELECT id, at, action, detail, hash FROM audit "
                                            "ORDER BY id DESC LIMIT ?");
        query.bindAll(limit);
        std::vector<AuditLine> lines;
        while (query.step()) {
            lines.push_back({query.integer(0), query.integer(1), query.text(2), query.text(3),
                             query.text(4)});
        }
        return lines;
    });
}

Result<std::int64_t> rechainAudit(Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::int64_t> {
        Database &database = project.database();
        Transaction transaction(database);
        Statement query(database, "SELECT id, at, action, detail, hash FROM audit ORDER BY id");
        std::vector<AuditLine> lines;
        while (query.step()) {
            lines.push_back({query.integer(0), query.integer(1), query.text(2), query.text(3),
                             query.text(4)});
        }
        Statement remove(database, "DELETE FROM audit WHERE id = ?");
        Statement insert(database, "INSERT INTO audit(id, at, action, detail, hash) "
                                   "VALUES (?, ?, ?, ?, ?)");
        std::string previous;
        std::int64_t number = 0, rechained = 0;
        for (const AuditLine &line : lines) {
            ++number;
            const std::string hash = auditHash(previous, line);
            if (hash != line.hash || line.id != number) {
                remove.bindAll(line.id); // ids ascend from 1: the number below is free or this one
                remove.run();
                insert.bindAll(number, line.at, line.action, line.detail, hash);
                insert.run();
                ++rechained;
            }
            previous = hash;
        }
        transaction.commit();
        return rechained;
    });
}

} // namespace perennial
