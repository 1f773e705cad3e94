#include "core/project/recovery.h"

#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/import_store.h"
#include "core/project/run_store.h"
#include "core/project/schema.h"
#include "core/project/score_stage.h"
#include "core/project/seals.h"
#include "core/project/source_rows.h"

#include <algorithm>

namespace perennial {

namespace {

using Level = VerifyFinding::Level;
using Findings = std::vector<VerifyFinding>;

// What SQLite finds. @error the check itself may end on a page that it can't read.
void askSqlite(Database &database, Findings &findings)
{
    Statement query(database, "PRAGMA integrity_check(20)");
    while (query.step()) {
        if (const std::string line = query.text(0); line != "ok") {
            findings.push_back({Level::Damage, "integrity", line, {}});
        }
    }
    Statement keys(database, "PRAGMA foreign_key_check");
    while (keys.step()) {
        findings.push_back({Level::Damage, "integrity", "foreign key: " + keys.text(0), {}});
    }
}

void checkIntegrity(Database &database, Findings &findings)
{
    try {
        askSqlite(database, findings);
    } catch (const SqlFailure &failure) {
        if (failure.code() != ErrorCode::Damaged) {
            throw;
        }
        findings.push_back({Level::Damage, "integrity", failure.what(), {}});
    }
    if (findings.empty()) {
        findings.push_back({Level::Ok, "integrity", {}, {}});
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
                        lost == 0 ? std::string() : std::to_string(lost), {}});
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
                        wrong == 0 ? std::string() : std::to_string(wrong), {}});
}

Status checkTotals(const Project &project, Findings &findings, const Task &)
{
    const auto sources = readSources(project);
    if (!sources) {
        return sources.error();
    }
    auto rows = rowsBySource(project.database());
    bool sound = true;
    for (const SourceRecord &source : *sources) {
        const SourceRows &found = rows[source.id];
        const ImportTotals &totals = source.totals;
        if (found.stored != totals.stored || !totals.balanced() ||
            found.rejected + found.excluded != totals.rejected.rows + totals.excluded.rows) {
            sound = false;
            findings.push_back({Level::Damage, "totals", source.name, {}});
        }
        if (source.state == SourceState::Running) {
            findings.push_back({Level::Warning, "unfinished_import", source.name, {}});
        }
    }
    if (sound) {
        findings.push_back({Level::Ok, "totals", {}, {}});
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
        for (const auto read : {&readWeights, &readCheckpoint, &readRunAnswers}) {
            if (const auto weights = read(project, run.id); !weights) {
                sound = false;
                findings.push_back({Level::Damage, "weights",
                                    std::to_string(run.id) + ": " + weights.error().detail, {}});
            }
        }
    }
    if (sound) {
        findings.push_back({Level::Ok, "weights", {}, {}});
    }
    return Done{};
}

Status checkLog(const Project &project, Findings &findings)
{
    const auto check = checkAudit(project);
    if (!check) {
        return check.error();
    }
    if (check->holds()) {
        findings.push_back({Level::Ok, "audit", {}, {}});
    } else {
        findings.push_back({Level::Damage, "audit",
                            check->brokenLine != 0 ? std::to_string(check->brokenLine) : "end",
                            {}});
    }
    return Done{};
}

// What was learned from a user who has been erased is still in the weights.
Status checkRetrainDue(const Project &project, Findings &findings)
{
    const auto runs = readRuns(project);
    if (!runs) {
        return runs.error();
    }
    for (const RunRecord &run : *runs) {
        if (run.champion && run.retrainDue != 0) {
            findings.push_back(
                {Level::Warning, "retrain_due", run.model + " " + std::to_string(run.id), {}});
        }
    }
    return Done{};
}

/// One finding per name, or one that says there is none.
void noteNames(Findings &findings, const char *code, const std::vector<std::string> &names)
{
    for (const std::string &name : names) {
        findings.push_back({Level::Damage, code, name, {}});
    }
    if (names.empty()) {
        findings.push_back({Level::Ok, code, {}, {}});
    }
}

Status checkStoredChunks(const Project &project, Findings &findings, const Task &task)
{
    const auto check = checkChunks(project, task);
    if (!check) {
        return check.error();
    }
    for (const ChunkDamage &damage : check->damage) {
        findings.push_back({Level::Damage, "chunks", damage.sourceName, damage});
    }
    if (check->damage.empty()) {
        findings.push_back({Level::Ok, "chunks", {}, {}});
    }
    if (check->uncovered > 0) {
        findings.push_back(
            {Level::Warning, "uncovered_chunks", std::to_string(check->uncovered), {}});
    }
    return Done{};
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
        Database &database = project.database();
        task.progress(0.0, "verifying");
        checkIntegrity(database, report.findings);
        task.progress(0.4, "verifying");
        if (!report.sound()) {
            // The other checks would read damaged pages; the chunks still say what is hit.
            const auto chunks = checkStoredChunks(project, report.findings, task);
            if (!chunks && chunks.error().code == ErrorCode::Cancelled) {
                return chunks.error();
            }
            return report;
        }
        noteNames(report.findings, "schema", schemaDifferences(database));
        if (!report.sound()) {
            return report; // the checks below ask for columns by name
        }
        checkEvents(database, report.findings);
        checkSetAside(database, report.findings);
        task.progress(0.6, "verifying");
        for (const auto check : {&checkTotals, &checkStoredChunks, &checkWeights}) {
            if (const Status status = check(project, report.findings, task); !status) {
                return status.error();
            }
        }
        std::vector<std::string> broken = brokenSeals(database);
        const auto stage = stageHolds(project);
        if (!stage) {
            return stage.error();
        }
        if (!*stage && std::ranges::find(broken, "score_block") == broken.end()) {
            broken.emplace_back("score_block");
        }
        noteNames(report.findings, "seals", broken);
        for (const auto check : {&checkLog, &checkRetrainDue}) {
            if (const Status status = check(project, report.findings); !status) {
                return status.error();
            }
        }
        task.progress(1.0, "verifying");
        return report;
    });
}

} // namespace perennial
