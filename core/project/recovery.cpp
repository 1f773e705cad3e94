#include "core/project/recovery.h"

#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/import_store.h"
#include "core/project/run_store.h"

#include <algorithm>

namespace perennial {

namespace {

using Level = VerifyFinding::Level;
using Findings = std::vector<VerifyFinding>;

void checkIntegrity(Database &database, Findings &findings)
{
    Statement query(database, "PRAGMA integrity_check(20)");
    bool sound = true;
    while (query.step()) {
        const std::string line = query.text(0);
        if (line != "ok") {
            sound = false;
            findings.push_back({Level::Damage, "integrity", line});
        }
    }
    Statement keys(database, "PRAGMA foreign_key_check");
    while (keys.step()) {
        sound = false;
        findings.push_back({Level::Damage, "integrity", "foreign key: " + keys.text(0)});
    }
    if (sound) {
        findings.push_back({Level::Ok, "integrity", {}});
    }
}

// Ids that point nowhere: readable pages can still hold nonsense.
void checkEvents(Database &database, Findings &findings)
{
    const std::int64_t lost = database.integer(
        "SELECT count(*) FROM event e WHERE NOT EXISTS (SELECT 1 FROM user WHERE id = e.user_id) "
        "OR (e.item_id <> 0 AND NOT EXISTS (SELECT 1 FROM item WHERE id = e.item_id)) "
        "OR e.kind NOT BETWEEN 1 AND 10");
    findings.push_back({lost == 0 ? Level::Ok : Level::Damage, "events",
                        lost == 0 ? std::string() : std::to_string(lost)});
}

// Every event in one of the two tables, a capped one in both, and nothing set aside by a rule that
// is off.
void checkSetAside(Database &database, Findings &findings)
{
    const std::int64_t wrong = database.integer(
        "SELECT count(*) FROM set_aside_event s WHERE (s.rules & 1) <> "
        "EXISTS (SELECT 1 FROM event WHERE id = s.id) OR (s.rules & ~1) = 0 OR (s.rules & ~1) & "
        "~(SELECT coalesce(sum(1 << id), 0) FROM cleaning_rule WHERE active = 1)");
    findings.push_back({wrong == 0 ? Level::Ok : Level::Damage, "cleaning",
                        wrong == 0 ? std::string() : std::to_string(wrong)});
}

Status checkTotals(const Project &project, Findings &findings)
{
    const auto sources = readSources(project);
    if (!sources) {
        return sources.error();
    }
    Statement events(project.database(),
                     "SELECT count(*), coalesce(sum(amount), 0) FROM (SELECT amount FROM event "
                     "WHERE source_id = ?1 AND id NOT IN (SELECT id FROM set_aside_event) "
                     "UNION ALL SELECT amount FROM set_aside_event WHERE source_id = ?1)");
    bool sound = true;
    for (const SourceRecord &source : *sources) {
        events.bindAll(source.id);
        events.step();
        const ImportTotals::Line found{events.integer(0), events.integer(1)};
        const auto rejected = source.totals.rejected.rows + source.totals.excluded.rows;
        Statement kept(project.database(), "SELECT count(*) FROM rejected_row "
                                           "WHERE source_id = ?");
        kept.bindAll(source.id);
        kept.step();
        if (found != source.totals.stored || !source.totals.balanced() ||
            kept.integer(0) != rejected) {
            sound = false;
            findings.push_back({Level::Damage, "totals", source.name});
        }
        if (source.state == SourceState::Running) {
            findings.push_back({Level::Warning, "unfinished_import", source.name});
        }
    }
    if (sound) {
        findings.push_back({Level::Ok, "totals", {}});
    }
    return Done{};
}

Status checkWeights(const Project &project, Findings &findings, const Task &task)
{
    const auto runs = readRuns(project);
    if (!runs) {
        return runs.error();
    }
    bool sound = true;
    for (const RunRecord &run : *runs) {
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (const auto weights = readWeights(project, run.id); !weights) {
            sound = false;
            findings.push_back({Level::Damage, "weights",
                                std::to_string(run.id) + ": " + weights.error().detail});
        }
    }
    if (sound) {
        findings.push_back({Level::Ok, "weights", {}});
    }
    return Done{};
}

void checkAudit(Database &database, Findings &findings)
{
    Statement query(database, "SELECT id, at, action, detail, hash FROM audit ORDER BY id");
    std::string previous;
    while (query.step()) {
        const AuditLine line{query.integer(0), query.integer(1), query.text(2), query.text(3),
                             query.text(4)};
        if (auditHash(previous, line) != line.hash) {
            findings.push_back({Level::Damage, "audit", std::to_string(line.id)});
            return;
        }
        previous = line.hash;
    }
    findings.push_back({Level::Ok, "audit", {}});
}

} // namespace

bool VerifyReport::sound() const noexcept
{
    return std::ranges::none_of(findings, [](const VerifyFinding &finding) {
        return finding.level == VerifyFinding::Level::Damage;
    });
}

Result<VerifyReport> verifyProject(const Project &project, const Task &task)
{
    return guarded(project.path().string(), [&]() -> Result<VerifyReport> {
        VerifyReport report;
        task.progress(0.0, "verifying");
        checkIntegrity(project.database(), report.findings);
        if (!report.sound()) {
            return report; // the other checks would read damaged pages
        }
        task.progress(0.5, "verifying");
        checkEvents(project.database(), report.findings);
        checkSetAside(project.database(), report.findings);
        for (const Status &status : {checkTotals(project, report.findings),
                                     checkWeights(project, report.findings, task)}) {
            if (!status) {
                return status.error();
            }
        }
        checkAudit(project.database(), report.findings);
        task.progress(1.0, "verifying");
        return report;
    });
}

} // namespace perennial
