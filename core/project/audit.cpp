#include "core/project/audit.h"
#include "core/project/audit_json.h"

#include "core/base/hash.h"
#include "core/project/database.h"
#include "core/project/setting_row.h"

#include <nlohmann/json.hpp>

#include <chrono>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kHead = "audit_head";

/// How long the log is and how it ends, as noted with its last line.
struct Head {
    std::int64_t lines = 0;
    std::string hash;
    bool operator==(const Head &) const = default;
};

std::optional<Head> readHead(Database &database)
{
    const json noted = json::parse(settingValue(database, kHead).value_or(""), nullptr, false);
    if (!noted.is_object() || !noted.contains("lines") || !noted["lines"].is_number_integer() ||
        !noted.contains("hash") || !noted["hash"].is_string()) {
        return std::nullopt;
    }
    return Head{noted["lines"].get<std::int64_t>(), noted["hash"].get<std::string>()};
}

void setHead(Database &database, const Head &head)
{
    setSettingValue(database, kHead, json{{"lines", head.lines}, {"hash", head.hash}}.dump());
}

void moveHead(Database &database, const std::string &hash)
{
    // One more than noted, not as many as are there: a tail cut off must still be missed.
    setHead(database, {readHead(database).value_or(Head{}).lines + 1, hash});
}

} // namespace

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
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
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
        const std::string hash = auditHash(previous, line);
        insert.bindAll(line.at, action, detail, hash);
        insert.run();
        moveHead(database, hash);
        transaction.commit();
        return Done{};
    });
}

namespace {

std::vector<AuditLine> linesOf(Statement &query)
{
    std::vector<AuditLine> lines;
    while (query.step()) {
        lines.push_back({query.integer(0), query.integer(1), query.text(2), query.text(3),
                         query.text(4)});
    }
    return lines;
}

} // namespace

Result<std::vector<AuditLine>> readAudit(const Project &project, std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<AuditLine>> {
        Statement query(project.database(), "SELECT id, at, action, detail, hash FROM audit "
                                            "ORDER BY id DESC LIMIT ?");
        query.bindAll(limit);
        return linesOf(query);
    });
}

Result<std::vector<AuditLine>> readAudit(const Project &project, const std::string &action,
                                         std::int64_t limit)
{
    return guarded(project.path().string(), [&]() -> Result<std::vector<AuditLine>> {
        Statement query(project.database(), "SELECT id, at, action, detail, hash FROM audit "
                                            "WHERE action = ? ORDER BY id DESC LIMIT ?");
        query.bindAll(action, limit);
        return linesOf(query);
    });
}

Result<bool> logDataOut(Project &project, const std::string &what, std::int64_t rows)
{
    if (project.readOnly()) {
        return false;
    }
    const auto logged =
        appendAudit(project, "export", auditDetail({{"table", what}, {"rows", rows}}));
    return logged ? Result<bool>(true) : logged.error();
}

Result<AuditCheck> checkAudit(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<AuditCheck> {
        Database &database = project.database();
        AuditCheck check;
        Statement query(database, "SELECT id, at, action, detail, hash FROM audit ORDER BY id");
        while (query.step()) {
            const AuditLine line{query.integer(0), query.integer(1), query.text(2), query.text(3),
                                 query.text(4)};
            const bool inOrder = line.id == check.lines + 1;
            if (check.brokenLine == 0 && (!inOrder || auditHash(check.head, line) != line.hash)) {
                check.brokenLine = line.id;
            }
            check.head = line.hash;
            ++check.lines;
        }
        check.endMissing = readHead(database) != Head{check.lines, check.head};
        return check;
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
        setHead(database, {number, previous});
        transaction.commit();
        return rechained;
    });
}

} // namespace perennial
