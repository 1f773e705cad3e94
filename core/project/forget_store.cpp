#include "core/project/forget_store.h"

#include "core/project/audit.h"
#include "core/project/audit_json.h"
#include "core/project/counts.h"
#include "core/project/database.h"
#include "core/project/forget_rules.h"
#include "core/project/import_store.h"
#include "core/project/key_match.h"
#include "core/project/temporary_files.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <utility>
#include <vector>

namespace perennial {

using nlohmann::json;

namespace {

constexpr const char *kForget = "forget";

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

struct KeyTable {
    const char *table, *column;
};
/// What a user's events may name that was his alone; items are the shop's.
constexpr KeyTable kOrders{"order_key", "order_id"}, kDevices{"device", "device_id"},
    kPlaces{"place", "place_id"}, kChannels{"channel", "channel_id"};

/// Rows of a dictionary that his events named and, now that they are gone, no other does.
std::string onlyHis(const KeyTable &keys)
{
    const std::string column = keys.column;
    const std::string his = "(SELECT " + column + " FROM temp.erased_event)";
    const auto usedIn = [&](const std::string &table) {
        return "(SELECT " + column + " FROM " + table + " WHERE " + column + " IN " + his + ")";
    };
    return std::string(" FROM ") + keys.table + " WHERE id IN " + his + " AND id NOT IN " +
           usedIn("event") + " AND id NOT IN " + usedIn("set_aside_event");
}

/// One user on his way out; everything happens in the transaction of whoever made it.
class Eraser {
public:
    /// @param sound chunks that are what was written: the others stay damaged (import_store.h).
    Eraser(Project &project, std::int64_t user, std::string key, std::vector<ChunkRef> sound)
        : m_project(project), m_database(project.database()), m_user(user), m_key(std::move(key)),
          m_sound(std::move(sound))
    {
    }

    Result<UserTraces> erase();

private:
    void gatherEvents();
    void markRuns();
    void keepBooks();
    void eraseEvents();
    void noteKeys(const KeyTable &keys);
    std::int64_t eraseKeys(const KeyTable &keys);
    std::int64_t eraseCoupons();
    void eraseProfile();
    void blankRejected(const KeyMatch &match);
    void eraseDefinitions(const KeyMatch &match);
    void clearSources(const KeyMatch &match);
    void countAuditLines(const KeyMatch &match);

    Project &m_project;
    Database &m_database;
    std::int64_t m_user;
    std::string m_key;
    std::vector<ChunkRef> m_sound;
    std::vector<std::string> m_erasedKeys; ///< of his orders, devices and places
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
}

/// Runs that had seen any of his events: what they learned can't be taken out of their weights.
void Eraser::markRuns()
{
    m_traces.runs = run(
        m_database,
        "UPDATE model_run SET retrain_due = ? WHERE state IN (0, 1) AND EXISTS (SELECT 1 "
        "FROM temp.erased_event e LEFT JOIN source s ON s.id = e.source_id "
        "WHERE (until_day IS NULL OR e.at < (until_day + 1) * 86400) AND "
        "(model_run.finished_at = 0 OR coalesce(s.started_at, 0) <= model_run.finished_at))",
        nowUtc());
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

void Eraser::noteKeys(const KeyTable &keys)
{
    Statement names(m_database, "SELECT key" + onlyHis(keys));
    while (names.step()) {
        m_erasedKeys.push_back(names.text(0));
    }
}

std::int64_t Eraser::eraseKeys(const KeyTable &keys)
{
    return run(m_database, "DELETE" + onlyHis(keys));
}

/// Coupons that only his events named and that no campaign has given out.
std::int64_t Eraser::eraseCoupons()
{
    m_database.execute("CREATE TEMP TABLE erased_coupon AS SELECT coupon_id AS id FROM event_offer "
                       "WHERE coupon_id <> 0 AND event_id IN (SELECT id FROM temp.erased_event)");
    eraseEvents();
    const std::int64_t erased =
        run(m_database,
            "DELETE FROM coupon WHERE id IN (SELECT id FROM temp.erased_coupon) AND "
            "id NOT IN (SELECT coupon_id FROM event_offer) AND "
            "id NOT IN (SELECT coupon_id FROM coupon_item)");
    m_database.execute("DROP TABLE temp.erased_coupon");
    return erased;
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
    run(m_database, "DELETE FROM user WHERE id = ?", m_user);
}

void Eraser::blankRejected(const KeyMatch &match)
{
    std::vector<std::pair<std::int64_t, std::int64_t>> named;
    Statement rows(m_database, "SELECT source_id, number, raw FROM rejected_row WHERE raw <> ''");
    while (rows.step()) {
        if (match.inLine(rows.text(2))) {
            named.emplace_back(rows.integer(0), rows.integer(1));
        }
    }
    for (const auto &[source, number] : named) {
        run(m_database, "UPDATE rejected_row SET raw = '' WHERE source_id = ? AND number = ?",
            source, number);
    }
    m_traces.rejectedRows = std::ssize(named);
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

Result<UserTraces> Eraser::erase()
{
    gatherEvents();
    markRuns();
    keepBooks();
    const std::int64_t coupons = eraseCoupons(); // with the events, whose coupons they are
    for (const KeyTable &keys : {kOrders, kDevices, kPlaces}) {
        noteKeys(keys); // a channel's name is nobody's
    }
    m_traces.orders = eraseKeys(kOrders);
    m_traces.otherKeys =
        coupons + eraseKeys(kDevices) + eraseKeys(kPlaces) + eraseKeys(kChannels);
    eraseProfile();
    const KeyMatch match(m_key, m_erasedKeys);
    blankRejected(match);
    eraseDefinitions(match);
    m_traces.definitions += clearRules(m_database, m_key, match);
    clearSources(match);
    countAuditLines(match);
    if (const auto hashed = rehashChunks(m_project, m_sound); !hashed) {
        return hashed.error();
    }
    m_database.execute("DROP TABLE temp.erased_event");
    const json detail{{"users", 1}, {"rows", m_traces.events + m_traces.setAsideEvents}};
    if (auto logged = appendAudit(m_project, kForget, auditDetail(detail)); !logged) {
        return logged.error();
    }
    storeCounts(m_database);
    return m_traces;
}

enum class Then { Commit, TakeBack };

Result<UserTraces> erased(Project &project, const std::string &key, const Task &task, Then then)
{
    const std::string where = project.path().string();
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, where);
    }
    return guarded(where, [&]() -> Result<UserTraces> {
        Database &database = project.database();
        database.execute("PRAGMA secure_delete = ON"); // does nothing within a transaction
        Transaction transaction(database);
        if (const auto none = checkNoImport(database, where); !none) {
            return none.error();
        }
        const auto user = findUserId(database, key);
        if (!user) {
            return fail(ErrorCode::UnknownUser, key, where);
        }
        task.progress(0.0, "erasing");
        auto sound = soundChunks(project, task);
        if (!sound) {
            return sound.error();
        }
        const auto traces = Eraser(project, *user, key, std::move(*sound)).erase();
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

Result<bool> compact(Project &project)
{
    if (project.readOnly()) {
        return fail(ErrorCode::ReadOnly, {}, project.path().string());
    }
    return guarded(project.path().string(), [&]() -> Result<bool> {
        Database &database = project.database();
        const TemporaryFiles inFiles(database); // VACUUM copies the project
        database.execute("VACUUM");
        Statement checkpoint(database, "PRAGMA wal_checkpoint(TRUNCATE)");
        return checkpoint.step() && checkpoint.integer(0) == 0;
    });
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
