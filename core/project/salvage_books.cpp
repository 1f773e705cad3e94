#include "core/project/salvage_books.h"

#include "core/project/audit.h"
#include "core/project/counts.h"
#include "core/project/database.h"
#include "core/project/run_answers.h"
#include "core/project/run_store.h"
#include "core/project/salvage_settle.h"
#include "core/project/schema.h"
#include "core/project/score_stage.h"
#include "core/project/seals.h"
#include "core/project/source_rows.h"
#include "core/project/stored.h"

#include <nlohmann/json.hpp>

#include <set>

namespace perennial {

namespace {

using nlohmann::json;

class Books {
public:
    Books(Project &project, SalvageReport &report)
        : m_project(project), m_database(project.database()), m_report(report)
    {
    }

    void compareSeals(const std::map<std::string, std::string> &seals);
    void expectRows();
    void dropPredictions();
    Status failRuns();
    Status restateSources();
    Status note(const std::string &from);

private:
    std::optional<bool> whole(const std::string &table) const;
    void expect(const std::string &table, std::int64_t rows);
    void restate(const SourceRecord &source, const ImportTotals &totals, bool damaged);
    static ImportTotals totalsOf(const SourceRecord &source, const SourceRows &found);

    Project &m_project;
    Database &m_database;
    SalvageReport &m_report;
};

void Books::compareSeals(const std::map<std::string, std::string> &seals)
{
    const auto now = sealsNow(m_database);
    for (SalvagedTable &table : m_report.tables) {
        const auto was = seals.find(table.name), is = now.find(table.name);
        if (was != seals.end() && is != now.end()) {
            table.whole = was->second == is->second;
        }
    }
}

std::optional<bool> Books::whole(const std::string &name) const
{
    for (const SalvagedTable &table : m_report.tables) {
        if (table.name == name) {
            return table.whole ? table.whole
                               : std::optional(table.lostPages == 0 && table.unusable == 0 &&
                                               table.mended == 0);
        }
    }
    return std::nullopt;
}

void Books::expect(const std::string &name, std::int64_t rows)
{
    for (SalvagedTable &table : m_report.tables) {
        if (table.name == name && rows > 0) {
            table.expected = rows;
        }
    }
}

/// How many rows there were, as far as the books can be read.
void Books::expectRows()
{
    // Set-aside events are events; the report counts them together under "event".
    expect("event", m_database.integer("SELECT coalesce(sum(rows_stored), 0) FROM source "
                                        "WHERE contents = 1") -
                        m_database.integer("SELECT count(*) FROM set_aside_event WHERE rules & 1 = 0"));
    expect(
        "rejected_row",
        m_database.integer("SELECT coalesce(sum(rows_rejected + rows_excluded), 0) FROM source"));
    Statement entries(m_database, "SELECT dictionary, sum(last_id - first_id + 1) FROM chunk_entry "
                                  "GROUP BY dictionary");
    while (entries.step()) {
        expect(entries.text(0), entries.integer(1));
    }
}

/// Predictions are one computation's: a part of them, or one of other data, is none.
void Books::dropPredictions()
{
    const bool rows = whole("user_state").value_or(true) &&
                      m_database.integer("SELECT EXISTS (SELECT 1 FROM user_state WHERE user_id "
                                         "NOT IN (SELECT id FROM user))") == 0;
    const bool label = whole("user_state_label").value_or(true);
    if (!rows || !label) {
        dropRows(m_database, m_report, "user_state", "1");
        dropRows(m_database, m_report, "user_state_label", "1");
    }
    if (const auto stage = stageHolds(m_project); !stage || !*stage) {
        dropRows(m_database, m_report, "score_block", "1");
    }
}

/// Runs of which weights are damaged or may be missing are of no use, but were.
Status Books::failRuns()
{
    const auto runs = readRuns(m_project);
    if (!runs) {
        return runs.error();
    }
    const bool allThere = whole("run_weight").value_or(true);
    Statement hasWeights(m_database, "SELECT EXISTS (SELECT 1 FROM run_weight WHERE run_id = ?)");
    Statement update(m_database, "UPDATE model_run SET state = ?, champion = 0 WHERE id = ?");
    for (const RunRecord &run : *runs) {
        hasWeights.bindAll(run.id);
        hasWeights.step();
        const bool weighted = hasWeights.integer(0) != 0;
        hasWeights.reset();
        if (!readRunAnswers(m_project, run.id)) { // what it said is lost, not what it learned
            dropRows(m_database, m_report, "run_weight",
                     "run_id = " + std::to_string(run.id) + " AND " + kIsAnswer);
        }
        if (readWeights(m_project, run.id) && readCheckpoint(m_project, run.id) &&
            (allThere || !weighted)) {
            continue;
        }
        update.bindAll(static_cast<int>(RunState::Failed), run.id);
        update.run();
        dropRows(m_database, m_report, "run_weight", "run_id = " + std::to_string(run.id));
    }
    return Done{};
}

ImportTotals Books::totalsOf(const SourceRecord &source, const SourceRows &found)
{
    ImportTotals totals = source.totals;
    totals.stored = found.stored;
    // The money of rejected rows is nowhere but in the totals: it stays as it was counted.
    totals.rejected.rows = found.rejected;
    totals.excluded.rows = found.excluded;
    totals.read.rows = totals.stored.rows + totals.duplicate.rows + totals.rejected.rows +
                       totals.excluded.rows + totals.erased.rows;
    totals.read.amount = 0;
    for (const ImportTotals::Line &part :
         {totals.stored, totals.duplicate, totals.rejected, totals.excluded, totals.erased}) {
        totals.read.amount = sumOf(totals.read.amount, part.amount);
    }
    return totals;
}

void Books::restate(const SourceRecord &source, const ImportTotals &totals, bool damaged)
{
    const bool unfinished = source.state == SourceState::Running;
    if (totals == source.totals && !(unfinished && damaged)) {
        return;
    }
    Statement update(m_database,
                     "UPDATE source SET rows_read = ?, amount_read = ?, rows_stored = ?, "
                     "amount_stored = ?, rows_rejected = ?, rows_excluded = ?, state = 1 "
                     "WHERE id = ?");
    update.bindAll(totals.read.rows, totals.read.amount, totals.stored.rows, totals.stored.amount,
                   totals.rejected.rows, totals.excluded.rows, source.id);
    update.run();
    m_report.restated.push_back({source.id, source.name, source.totals, totals, unfinished});
}

Status Books::restateSources()
{
    const auto sources = readSources(m_project);
    if (!sources) {
        return sources.error();
    }
    std::set<std::int64_t> damaged;
    for (const ChunkDamage &chunk : m_report.damagedChunks) {
        damaged.insert(chunk.source);
    }
    auto rows = rowsBySource(m_database);
    for (const SourceRecord &source : *sources) {
        restate(source, totalsOf(source, rows[source.id]), damaged.contains(source.id));
    }
    return Done{};
}

json toJson(const ImportTotals &totals)
{
    return {{"read", totals.read.rows},          {"stored", totals.stored.rows},
            {"rejected", totals.rejected.rows},  {"excluded", totals.excluded.rows},
            {"amount_read", totals.read.amount}, {"amount_stored", totals.stored.amount}};
}

Status Books::note(const std::string &from)
{
    json sources = json::array(), chunks = json::array();
    for (const RestatedSource &source : m_report.restated) {
        sources.push_back({{"source", source.id},
                           {"before", toJson(source.before)},
                           {"after", toJson(source.after)}});
    }
    for (const ChunkDamage &chunk : m_report.damagedChunks) {
        chunks.push_back({{"source", chunk.source},
                          {"chunk", chunk.number},
                          {"part", chunk.part},
                          {"first_line", chunk.firstLine},
                          {"last_line", chunk.lastLine}});
    }
    const json detail{{"from", from},
                      {"restated", sources},
                      {"damaged_chunks", chunks},
                      {"placeholders", m_report.placeholders},
                      {"dropped", m_report.dropped},
                      {"rechained", m_report.rechainedAudit}};
    return appendAudit(m_project, "salvage",
                       detail.dump(-1, ' ', false, json::error_handler_t::replace));
}

} // namespace

Status restateBooks(Project &project, const std::map<std::string, std::string> &seals,
                    const std::string &from, SalvageReport &report, const Task &task)
{
    Books books(project, report);
    books.compareSeals(seals);
    auto check = checkChunks(project, task);
    if (!check) {
        return check.error();
    }
    report.damagedChunks = std::move(check->damage);
    return guarded(project.path().string(), [&]() -> Status {
        Database &database = project.database();
        Transaction transaction(database);
        books.expectRows();
        settleRows(project, report);
        books.dropPredictions();
        for (const auto step : {&Books::failRuns, &Books::restateSources}) {
            if (const Status status = (books.*step)(); !status) {
                return status;
            }
        }
        Statement chunks(database, "SELECT source_id, number FROM import_chunk");
        std::vector<ChunkRef> all;
        while (chunks.step()) {
            all.push_back({chunks.integer(0), chunks.integer(1)});
        }
        if (const auto status = rehashChunks(project, all); !status) {
            return status;
        }
        const auto rechained = rechainAudit(project);
        if (!rechained) {
            return rechained.error();
        }
        report.rechainedAudit = *rechained;
        storeCounts(database);
        if (const auto status = books.note(from); !status) {
            return status;
        }
        transaction.commit();
        createEventIndexes(database);
        return Done{};
    });
}

} // namespace perennial
