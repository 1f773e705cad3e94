#include "core/project/forget_store.h"

#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/counts.h"
#include "core/project/database.h"
#include "core/project/forget_rules.h"
#include "core/project/import_store.h"
#include "core/project/interruptible.h"
#include "core/project/key_match.h"
#include "core/project/own_keys.h"
#include "core/project/rejected_rows.h"
#include "core/project/run_answers.h"
#include "core/project/touched_chunks.h"

#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <utility>
#include <vector>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kForget = "forget", *kErasing = "erasing"; // line of the log, stage

std::int64_t run(Database &database, const std::string &sql, const auto &...values)
{
    Statement statement(database, sql);
    statement.bindAll(values...);
    statement.run();
    return database.changes();
}

std::optional<std::int64_t> findUserId(Database &database, const std::string &key)
{
    // Also whom a cleaning rule hides: he is to be erased all the same.
    Statement query(database, "SELECT id FROM user WHERE key = ?");
    query.bindAll(key);
    return query.step() ? std::optional(query.integer(0)) : std::nullopt;
}

Status checkNoImport(Database &database, const std::string &where)
{
    Statement running(database, "SELECT name FROM source WHERE state = 0 LIMIT 1");
    return running.step() ? fail(ErrorCode::UnfinishedImport, running.text(0), where)
                          : Status(Done{});
}

enum class Then { Commit, TakeBack };

/// One user on his way out; everything happens in the transaction of whoever made it.
class Eraser {
public:
    Eraser(Project &project, std::int64_t user, std::string key, const Task &task)
        : m_project(project), m_database(project.database()), m_user(user), m_key(std::move(key)),
          m_task(task)
    {
    }

    /// @param then what is taken back is only counted: no hashes, no line of the log.
    Result<UserTraces> erase(Then then);

private:
    void gatherEvents();
    void gatherKeys();
    void gatherRejected(const KeyMatch &match);
    Result<std::vector<ChunkRef>> soundTouched();
    void markRuns();
    void keepBooks();
    void eraseEvents();
    void eraseOwnKeys();
    void eraseProfile();
    void blankRejected();
    void eraseDefinitions(const KeyMatch &match);
    void clearNotes(const KeyMatch &match);
    void clearSources(const KeyMatch &match);
    void countAuditLines(const KeyMatch &match);
    Status closeBooks(const std::vector<ChunkRef> &sound);

    Project &m_project;
    Database &m_database;
    std::int64_t m_user;
    std::string m_key;
    const Task &m_task;
    std::array<OwnKeys, kOwnDictionaries> m_own;
    std::vector<std::string> m_ownTexts; ///< of his orders, devices and places
    /// Rejected rows that name him: source and number.
    std::vector<std::pair<std::int64_t, std::int64_t>> m_rejected;
    UserTraces m_traces;
};

void Eraser::gatherEvents()
{
    m_database.execute("CREATE TEMP TABLE erased_event AS SELECT * FROM event LIMIT 0");
    m_traces.events =
        run(m_database, "INSERT INTO temp.erased_event SELECT * FROM event WHERE user_id = ? AND "
                        "id NOT IN (SELECT id FROM set_aside_event)", // but for capped copies
            m_user);
    m_traces.setAsideEvents =
        run(m_database,
            "INSERT INTO temp.erased_event SELECT id, user_id, at, kind, item_id, quantity, "
            "amount, order_id, device_id, place_id, channel_id, source_id FROM set_aside_event "
            "WHERE user_id = ?",
            m_user);
    m_database.execute("CREATE INDEX temp.erased_event_id ON erased_event(id)");
}

void Eraser::gatherKeys()
{
    m_own = findOwnKeys(m_database, m_user);
    for (const OwnDictionary known : {kOwnOrders, kOwnDevices, kOwnPlaces}) {
        const auto texts = keyTexts(m_database, m_own[known]); // a channel's name is nobody's
        m_ownTexts.insert(m_ownTexts.end(), texts.begin(), texts.end());
    }
}

void Eraser::gatherRejected(const KeyMatch &match)
{
    visitRejected(m_database, [&](const RejectedText &rejected, const RowMarks &marks) {
        if (match.inLine(rejected.row.raw, marks)) {
            m_rejected.emplace_back(rejected.source, rejected.number);
        }
    });
    m_traces.rejectedRows = std::ssize(m_rejected);
}

/// Of the chunks that hold something of his, those that are what was written: the others stay
/// damaged, and what is not touched need not be read.
Result<std::vector<ChunkRef>> Eraser::soundTouched()
{
    TouchedChunks touched(m_database);
    touched.addErasedEvents();
    touched.addKeys({"user", {m_user}});
    for (const OwnKeys &keys : m_own) {
        touched.addKeys(keys);
    }
    for (const auto &[source, number] : m_rejected) {
        touched.addRejected(source, number);
    }
    return soundChunks(m_project, touched.chunks(), m_task);
}

/// Runs that had seen any of his events: what they learned can't be taken out of their weights.
/// Checkpoints are of no use on other data, and would keep what was learned. What runs said of him
/// goes as well.
void Eraser::markRuns()
{
    m_traces.runs = run(
        m_database,
        "UPDATE model_run SET retrain_due = ? WHERE state IN (0, 1) AND EXISTS (SELECT 1 "
        "FROM temp.erased_event e LEFT JOIN source s ON s.id = e.source_id "
        "WHERE (until_day IS NULL OR e.at < (until_day + 1) * 86400) AND "
        "(model_run.finished_at = 0 OR coalesce(s.started_at, 0) <= model_run.finished_at))",
        nowUtc());
    run(m_database, "DELETE FROM run_weight WHERE substr(name, 1, 11) = 'checkpoint/'");
    eraseAnswersOf(m_database, m_user);
}

/// The totals of his sources still add up: his rows are erased ones now.
void Eraser::keepBooks()
{
    Statement rows(m_database,
                   "SELECT source_id, count(*), sum(amount) FROM (SELECT source_id, amount FROM "
                   "temp.erased_event UNION ALL SELECT source_id, 0 FROM description "
                   "WHERE entity = 1 AND entity_id = ?1 UNION ALL SELECT source_id, 0 FROM "
                   "exposure WHERE user_id = ?1) GROUP BY source_id");
    rows.bindAll(m_user);
    Statement move(m_database, "UPDATE source SET rows_stored = rows_stored - ?2, "
                               "amount_stored = amount_stored - ?3, "
                               "rows_erased = rows_erased + ?2, "
                               "amount_erased = amount_erased + ?3 WHERE id = ?1");
    while (rows.step()) {
        move.bindAll(rows.integer(0), rows.integer(1), rows.integer(2));
        move.run();
    }
}

void Eraser::eraseEvents()
{
    run(m_database,
        "DELETE FROM event_offer WHERE event_id IN (SELECT id FROM temp.erased_event)");
    run(m_database, "DELETE FROM event WHERE user_id = ?", m_user);
    run(m_database, "DELETE FROM set_aside_event WHERE user_id = ?", m_user);
}

void Eraser::eraseOwnKeys()
{
    m_traces.orders = eraseKeys(m_database, m_own[kOwnOrders]);
    for (const OwnDictionary other : {kOwnDevices, kOwnPlaces, kOwnChannels, kOwnCoupons}) {
        m_traces.otherKeys += eraseKeys(m_database, m_own[other]);
    }
}

void Eraser::eraseProfile()
{
    m_traces.attributes =
        run(m_database, "DELETE FROM user_attribute WHERE user_id = ?", m_user);
    run(m_database, "DELETE FROM description WHERE entity = 1 AND entity_id = ?", m_user);
    m_traces.exposures = run(m_database, "DELETE FROM exposure WHERE user_id = ?", m_user);
    for (const char *table : {"user_state", "truth_user", "truth_item"}) {
        run(m_database, std::string("DELETE FROM ") + table + " WHERE user_id = ?", m_user);
    }
    run(m_database, "DELETE FROM score_block"); // of other data, and his scores among them
    run(m_database, "DELETE FROM user WHERE id = ?", m_user);
}

void Eraser::blankRejected()
{
    Statement blank(m_database,
                    "UPDATE rejected_row SET raw = '' WHERE source_id = ? AND number = ?");
    for (const auto &[source, number] : m_rejected) {
        blank.bindAll(source, number);
        blank.run();
    }
}

void Eraser::eraseDefinitions(const KeyMatch &match)
{
    for (const std::string table : {"segment", "scenario", "report_definition"}) {
        const std::string outcome = table == "scenario" ? "outcome" : "''";
        Statement rows(m_database, "SELECT id, name, definition, " + outcome + " FROM " + table);
        std::vector<std::int64_t> named;
        while (rows.step()) {
            if (match.inText(rows.text(1)) || match.inJson(rows.text(2)) ||
                match.inJson(rows.text(3))) {
                named.push_back(rows.integer(0));
            }
        }
        for (const std::int64_t id : named) {
            run(m_database, "DELETE FROM " + table + " WHERE id = ?", id);
        }
        m_traces.definitions += std::ssize(named);
    }
}

/// What somebody wrote beside a run.
void Eraser::clearNotes(const KeyMatch &match)
{
    struct Note {
        std::int64_t run;
        std::string note, tags;
    };
    std::vector<Note> named;
    Statement rows(m_database, "SELECT id, note, tags FROM model_run");
    while (rows.step()) {
        if (match.inText(rows.text(1)) || match.inText(rows.text(2))) {
            named.push_back({rows.integer(0), match.without(rows.text(1)),
                             match.without(rows.text(2))});
        }
    }
    for (const Note &one : named) {
        run(m_database, "UPDATE model_run SET note = ?2, tags = ?3 WHERE id = ?1", one.run, one.note,
            one.tags);
    }
    m_traces.definitions += std::ssize(named);
}

/// A file may have been named after him, or imported with him as the user of all its rows.
void Eraser::clearSources(const KeyMatch &match)
{
    struct Source {
        std::int64_t id;
        std::string name, path, mapping;
    };
    std::vector<Source> named;
    Statement rows(m_database, "SELECT id, name, path, mapping FROM source");
    while (rows.step()) {
        if (match.inText(rows.text(1)) || match.inText(rows.text(2)) ||
            match.inJson(rows.text(3))) {
            named.push_back({rows.integer(0), match.without(rows.text(1)),
                             match.without(rows.text(2)), match.withoutInJson(rows.text(3))});
        }
    }
    for (const Source &source : named) {
        run(m_database, "UPDATE source SET name = ?2, path = ?3, mapping = ?4 WHERE id = ?1",
            source.id, source.name, source.path, source.mapping);
    }
}

void Eraser::countAuditLines(const KeyMatch &match)
{
    Statement lines(m_database, "SELECT detail FROM audit");
    while (lines.step()) {
        m_traces.auditLines += match.inJson(lines.text(0)) ? 1 : 0;
    }
}

Status Eraser::closeBooks(const std::vector<ChunkRef> &sound)
{
    if (auto hashed = rehashChunks(m_project, sound, m_task); !hashed) {
        return hashed;
    }
    const json detail{{"users", 1}, {"rows", m_traces.events + m_traces.setAsideEvents}};
    if (auto logged = appendAudit(m_project, kForget, auditDetail(detail)); !logged) {
        return logged;
    }
    storeCounts(m_database);
    return Done{};
}

Result<UserTraces> Eraser::erase(Then then)
{
    gatherEvents();
    gatherKeys();
    const KeyMatch match(m_key, m_ownTexts);
    gatherRejected(match);
    std::vector<ChunkRef> sound;
    if (then == Then::Commit) {
        auto touched = soundTouched();
        if (!touched) {
            return touched.error();
        }
        sound = std::move(*touched);
    }
    m_task.progress(0.5, kErasing);
    markRuns();
    keepBooks();
    eraseEvents();
    eraseOwnKeys();
    eraseProfile();
    blankRejected();
    eraseDefinitions(match);
    m_traces.definitions += clearRules(m_database, m_key, match);
    clearNotes(match);
    clearSources(match);
    countAuditLines(match);
    m_task.progress(0.7, kErasing);
    if (then == Then::Commit) {
        if (const auto closed = closeBooks(sound); !closed) {
            return closed.error();
        }
    }
    m_database.execute("DROP TABLE temp.erased_event");
    return m_traces;
}

Result<UserTraces> erased(Project &project, const std::string &key, const Task &task, Then then)
{
    const std::string where = project.path().string();
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, where);
    }
    return guarded(where, [&]() -> Result<UserTraces> {
        Database &database = project.database();
        database.execute("PRAGMA secure_delete = ON"); // does nothing within a transaction
        const Interruptible interruptible(database, task);
        Transaction transaction(database);
        if (const auto none = checkNoImport(database, where); !none) {
            return none.error();
        }
        const auto user = findUserId(database, key);
        if (!user) {
            return fail(ErrorCode::UnknownUser, key, where);
        }
        task.progress(0.0, kErasing);
        const auto traces = Eraser(project, *user, key, task).erase(then);
        if (!traces) {
            return traces.error();
        }
        if (then == Then::Commit) {
            cleanWithoutHim(database, task);
        }
        if (task.cancelled()) {
            return fail(ErrorCode::Cancelled);
        }
        if (then == Then::Commit) {
            transaction.commit();
        }
        return *traces;
    });
}

} // namespace

Result<UserTraces> eraseUser(Project &project, const std::string &key, const Task &task)
{
    return erased(project, key, task, Then::Commit);
}

Result<UserTraces> tracesOfUser(Project &project, const std::string &key, const Task &task)
{
    return erased(project, key, task, Then::TakeBack);
}

Result<std::int64_t> forgottenUsers(const Project &project)
{
    return guarded(project.path().string(), [&]() -> Result<std::int64_t> {
        Statement count(project.database(), "SELECT count(*) FROM audit WHERE action = ?");
        count.bindAll(kForget);
        count.step();
        return count.integer(0);
    });
}

} // namespace perennial
