#include "core/privacy/forget.h"
#include "core/project/audit.h"
#include "core/project/chunk_hash.h"
#include "core/project/counts.h"
#include "core/project/database.h"
#include "core/project/recovery.h"
#include "core/project/run_store.h"
#include "core/project/user_state_store.h"
#include "tests/support/project_fixture.h"

#include <QFile>
#include <QTest>

#include <cstdint>
#include <map>
#include <span>
#include <stop_token>
#include <vector>

using namespace perennial;
namespace fs = std::filesystem;

namespace {

// Long and odd, so that finding them in a file is no chance.
const std::string kAnna = "anna-7f3a9c@example.test";
const std::string kBert = "bert-1d2e8b@example.test";
const std::string kAnnasOrder = "ORDER-ANNA-55c1";
const std::string kSharedOrder = "ORDER-BOTH-90d7";

template <class T>
ErrorCode codeOf(const Result<T> &result)
{
    return result ? ErrorCode::Internal : result.error().code;
}

bool holds(const fs::path &path, const std::string &text)
{
    QFile file(QString::fromStdString(path.string()));
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(text.c_str());
}

} // namespace

class TestForget : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyTraceGoes();
    void noByteIsLeft();
    void deletedRowsBeforeLeaveNoBytes();
    void booksStayBalanced();
    void othersKeepWhatTheyShare();
    void definitionsThatNameHim();
    void modelsAreDue();
    void refusals();
    void cancelTakesEverythingBack();
    void cancelMidwayTakesEverythingBack();
    void damageIsNotHashedAnew();
    void compactingCanBeRepeated();
    void dryRunErasesNothing();
    void whatIsOutOfReachIsSaid();
    void aReaderKeepsTheLog();
    void lateScoresAreNotHis();
    void lateAnswersAreNotHis();
    void damagedAnswersGoWhole();

private:
    Database &database() { return m_fixture->project().database(); }
    std::int64_t count(const std::string &from)
    {
        return database().integer("SELECT count(*) FROM " + from);
    }
    void fill();
    std::optional<test::ProjectFixture> m_fixture;
    std::int64_t m_source = 0;
};

void TestForget::init()
{
    m_fixture.emplace();
    fill();
}

// Two users with a bit of everything that a project can hold of them; Anna is user 1, Bert 2.
void TestForget::fill()
{
    m_source = m_fixture->add({
        {kAnna, "i1", EventKind::Purchase, 100'000, 10, kAnnasOrder},
        {kAnna, "i2", EventKind::View, 100'100, 0, ""},
        {kBert, "i1", EventKind::Purchase, 200'000, 20, kSharedOrder},
        {kAnna, "i1", EventKind::Purchase, 300'000, 2.5, kSharedOrder},
        {kAnna, "i1", EventKind::Refund, 400'000, -2.5, kAnnasOrder},
    });
    database().execute(
        "INSERT INTO cleaning_rule(id, kind, definition, active, saved_at) "
        "VALUES (1, 'future_time', "
        "'{\"kind\":\"future_time\",\"after\":\"1970-01-05T01:13:20Z\"}', 1, 0);"
        "INSERT INTO set_aside_event SELECT *, 2 FROM event WHERE at = 400000;"
        "DELETE FROM event WHERE at = 400000;"
        "INSERT INTO device VALUES (1, 'device-of-anna-3c'), (2, 'device-of-both');"
        "INSERT INTO place VALUES (1, 'place-of-anna-9e');"
        "INSERT INTO channel VALUES (1, 'mail');"
        "UPDATE event SET device_id = 1, place_id = 1, channel_id = 1 WHERE at = 100100;"
        "UPDATE event SET device_id = 2 WHERE at IN (200000, 300000);"
        "INSERT INTO coupon VALUES (1, 'coupon-of-anna-6b'), (2, 'coupon-of-all');"
        "INSERT INTO campaign(id, key) VALUES (1, 'spring');"
        "INSERT INTO source(id, name, path, bytes, hash, profile, mapping, state, started_at, "
        "finished_at, contents, rows_read, rows_stored, first_user, first_item, first_order, "
        "first_device, first_place, first_channel) VALUES "
        "(2, 'addressed', '', 0, 'x', '', '{}', 1, 0, 0, 5, 2, 2, 2, 2, 2, 2, 1, 1), "
        "(3, 'coupons', '', 0, 'y', '', '{}', 1, 0, 0, 6, 1, 1, 2, 2, 2, 2, 1, 1);"
        "INSERT INTO coupon_item VALUES (2, 1, 1, 3);"
        "INSERT INTO event_offer VALUES (1, 1, 1), (2, 1, 2), (3, 1, 2);"
        "INSERT INTO exposure VALUES (1, 1, 0, 2), (1, 2, 0, 2);"
        "INSERT INTO attribute VALUES (1, 1, 'age', 1, 1);"
        "INSERT INTO user_attribute VALUES (1, 1, 1, 34), (2, 1, 1, 50);"
        "INSERT INTO truth_user SELECT id, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM user;"
        "INSERT INTO truth_item VALUES (1, 1, 1, 0.5), (2, 1, 1, 0.5);"
        "INSERT INTO user_state SELECT id, 0, 0, NULL, NULL, NULL, 0, NULL, NULL, NULL, NULL, NULL, "
        "NULL, NULL "
        "FROM user;"
        "INSERT INTO user_state_label VALUES (1, 9, 180, 1, 0, 'USD', 'x', 'bg-nbd', 0, 0, 90, "
        "'{}', 0)");
    Statement rejected(database(),
                       "INSERT INTO rejected_row VALUES (?, ?, ?, 'bad_date', 'at', ?)");
    std::int64_t line = 1;
    for (const std::string &raw : {kAnna + ",x,y", "5,\"" + kBert + "\",z", "q," + kAnnasOrder}) {
        rejected.bindAll(m_source, line, line, raw);
        rejected.run();
        ++line;
    }
    database().execute("UPDATE source SET rows_read = rows_read + 3, rows_rejected = 3 WHERE id = 1");
    storeCounts(database());
    QVERIFY(rehashChunks(m_fixture->project(), {{m_source, 1}}).ok()); // all of it is meant
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
}

void TestForget::everyTraceGoes()
{
    const auto report = forgetUser(m_fixture->project(), kAnna, Task());
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    const UserTraces &erased = report->erased;
    QCOMPARE(erased.events, 3);
    QCOMPARE(erased.setAsideEvents, 1);
    QCOMPARE(erased.attributes, 1);
    QCOMPARE(erased.exposures, 1);
    QCOMPARE(erased.orders, 1);
    QCOMPARE(erased.otherKeys, 4); // a device, a place, a channel, a coupon
    QCOMPARE(erased.rejectedRows, 2);
    for (const char *table : {"event", "set_aside_event", "exposure", "user_attribute",
                              "user_state", "truth_user", "truth_item"}) {
        QCOMPARE(count(std::string(table) + " WHERE user_id = 1"), 0);
    }
    QCOMPARE(count("user"), 1);
    QCOMPARE(count("event_offer"), 1);
    QCOMPARE(count("order_key"), 1);
    QCOMPARE(count("coupon"), 1);
    QCOMPARE(count("device"), 1);
    QCOMPARE(count("rejected_row"), 3);
    QCOMPARE(count("rejected_row WHERE raw = ''"), 2);
    QCOMPARE(readCounts(m_fixture->project())->users, 1);
    QCOMPARE(readCounts(m_fixture->project())->events, 1);
    const auto log = readAudit(m_fixture->project(), 1);
    QCOMPARE(log->front().action, "forget");
    QCOMPARE(log->front().detail, R"({"rows":4,"users":1})");
    QCOMPARE(*forgottenUsers(m_fixture->project()), 1);
}

void TestForget::noByteIsLeft()
{
    const fs::path path = m_fixture->project().path();
    const fs::path log = path.string() + "-wal";
    QVERIFY(holds(log, kAnna) || holds(path, kAnna));
    const auto report = forgetUser(m_fixture->project(), kAnna, Task());
    QVERIFY(report.ok());
    QVERIFY(!report->notCompacted && report->logEmptied);
    QCOMPARE(fs::file_size(log), std::uintmax_t{0});
    for (const std::string &text :
         {kAnna, kAnnasOrder, std::string("device-of-anna-3c"), std::string("place-of-anna-9e"),
          std::string("coupon-of-anna-6b")}) {
        QVERIFY2(!holds(path, text), text.c_str());
    }
    QVERIFY(holds(path, kBert));
    QVERIFY(holds(path, kSharedOrder));
}

// What was deleted earlier, without secure_delete, lies in free pages and in the slack of pages
// that were split: the user's keys too.
void TestForget::deletedRowsBeforeLeaveNoBytes()
{
    std::vector<test::PlainEvent> events;
    for (int k = 0; k < 4000; ++k) {
        const std::string number = std::to_string((k * 7919) % 4000);
        events.push_back({k % 3 == 0 ? kAnna : "user-" + number, "i1", EventKind::Purchase,
                          500'000 + k, 1, kAnnasOrder + "-" + number});
    }
    const std::int64_t again = m_fixture->add(events);
    const fs::path path = m_fixture->project().path();
    database().execute("PRAGMA secure_delete = OFF"); // Debian's SQLite has it on, others have not
    QVERIFY(removeSource(m_fixture->project(), again).ok());
    database().execute("PRAGMA wal_checkpoint(TRUNCATE)");
    QVERIFY(holds(path, kAnnasOrder + "-3")); // this is what the test is about
    QVERIFY(forgetUser(m_fixture->project(), kAnna, Task()).ok());
    QVERIFY(!holds(path, kAnna));
    QVERIFY(!holds(path, kAnnasOrder));
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
}

void TestForget::booksStayBalanced()
{
    QVERIFY(forgetUser(m_fixture->project(), kAnna, Task()).ok());
    const ImportTotals totals = readSources(m_fixture->project())->front().totals;
    QVERIFY(totals.balanced());
    QCOMPARE(totals.read.rows, 8);
    QCOMPARE(totals.stored.rows, 1);
    QCOMPARE(totals.stored.amount, moneyFromUnits(20));
    QCOMPARE(totals.erased.rows, 4);
    QCOMPARE(totals.erased.amount, moneyFromUnits(10));
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
    database().execute("UPDATE source SET rows_erased = 3");
    QVERIFY(!verifyProject(m_fixture->project(), Task())->sound());
}

void TestForget::othersKeepWhatTheyShare()
{
    QVERIFY(forgetUser(m_fixture->project(), kAnna, Task()).ok());
    QCOMPARE(count("event e JOIN user u ON u.id = e.user_id JOIN order_key o ON o.id = e.order_id "
                   "JOIN device d ON d.id = e.device_id WHERE d.key = 'device-of-both'"),
             1);
    QCOMPARE(count("item"), 2); // the shop's, also where only Anna looked at one
    QCOMPARE(count("coupon WHERE key = 'coupon-of-all'"), 1);
    QCOMPARE(count("rejected_row WHERE raw LIKE '%bert%'"), 1);
    QVERIFY(forgetUser(m_fixture->project(), kBert, Task()).ok());
    QCOMPARE(count("user"), 0);
    QCOMPARE(count("order_key"), 0);
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
}

void TestForget::definitionsThatNameHim()
{
    Statement scenario(database(), "INSERT INTO scenario(name, definition, outcome, saved_at) "
                                   "VALUES (?, ?, ?, 0)");
    scenario.bindAll("for all", R"({"name":"for all"})", "");
    scenario.run();
    scenario.bindAll("for one", R"({"user":")" + kAnna + "\"}", "");
    scenario.run();
    scenario.bindAll("of one", "{}", R"({"best":[")" + kAnna + "\"]}");
    scenario.run();
    Statement rule(database(), "INSERT OR REPLACE INTO cleaning_rule(id, kind, definition, active, reason, saved_at) "
                               "VALUES (?, 'users', ?, 1, ?, 0)");
    rule.bindAll(1, R"({"users":[")" + kAnna + R"("]})", "asked by " + kAnna);
    rule.run();
    rule.bindAll(2, R"({"above":10})", "too large");
    rule.run();
    Statement named(database(), "UPDATE source SET name = ?1, path = ?2, mapping = ?3 WHERE id = 1");
    named.bindAll(kAnna + ".csv", "/home/x/" + kAnna + ".csv",
                  R"({"constants":{"user":")" + kAnna + R"("}})");
    named.run();
    const auto report = forgetUser(m_fixture->project(), kAnna, Task());
    QVERIFY(report.ok());
    QCOMPARE(report->erased.definitions, 3);
    QCOMPARE(report->erased.auditLines, 0);
    QCOMPARE(count("scenario"), 1);
    QCOMPARE(count("cleaning_rule WHERE definition = '{\"users\":[\"***\"]}' AND "
                   "reason = 'asked by ***' AND active = 1"),
             1);
    QCOMPARE(count("source WHERE name = '***.csv' AND path = '/home/x/***.csv' AND "
                   "mapping = '{\"constants\":{\"user\":\"***\"}}'"),
             1);
    QVERIFY(!holds(m_fixture->project().path(), kAnna));
}

void TestForget::modelsAreDue()
{
    Project &project = m_fixture->project();
    const auto add = [&](const char *model, std::optional<Day> until, RunState state) {
        RunRecord run;
        run.model = model;
        run.config = "{}";
        run.until = until;
        run.id = *beginRun(project, run);
        run.state = state;
        if (state != RunState::Running) {
            [&] { QVERIFY(finishRun(project, run, {}).ok()); }();
        }
        return run.id;
    };
    const std::int64_t before = add("bg-nbd", 0, RunState::Done); // Anna came on day 1
    const std::int64_t failed = add("bg-nbd", 5, RunState::Failed);
    const std::int64_t fit = add("gamma-gamma", 5, RunState::Done);
    const std::int64_t open = add("behavior", std::nullopt, RunState::Done);
    const std::int64_t running = add("behavior", 5, RunState::Running);
    const auto report = forgetUser(project, kAnna, Task());
    QVERIFY(report.ok());
    QCOMPARE(report->erased.runs, 3);
    const auto due = [&](std::int64_t run) { return readRun(project, run)->retrainDue > 0; };
    QVERIFY(!due(before) && !due(failed));
    QVERIFY(due(fit) && due(open) && due(running));

    const auto warnings = [&] {
        const auto verified = verifyProject(project, Task());
        return std::ranges::count(verified->findings, "retrain_due", &VerifyFinding::code);
    };
    QCOMPARE(warnings(), 2);
    // A new run takes its place and has not seen her.
    const std::int64_t fresh = add("gamma-gamma", 5, RunState::Done);
    QVERIFY(!due(fresh));
    QCOMPARE(warnings(), 1);
}

void TestForget::refusals()
{
    Project &project = m_fixture->project();
    QCOMPARE(codeOf(forgetUser(project, "nobody", Task())), ErrorCode::UnknownUser);
    QCOMPARE(codeOf(forgetUser(project, "", Task())), ErrorCode::UnknownUser);
    SourceRecord running;
    running.name = "half.csv";
    const std::int64_t source = *beginSource(project, running);
    const auto refused = forgetUser(project, kAnna, Task());
    QCOMPARE(codeOf(refused), ErrorCode::UnfinishedImport);
    QCOMPARE(refused.error().detail, "half.csv");
    QVERIFY(removeSource(project, source).ok());
    const fs::path path = project.path();
    m_fixture->close();
    auto reader = Project::open(path, Project::Access::ReadOnly);
    QCOMPARE(codeOf(forgetUser(*reader, kAnna, Task())), ErrorCode::ReadOnly);
    QVERIFY(verifyProject(*reader, Task())->sound());
}

void TestForget::cancelTakesEverythingBack()
{
    std::stop_source stop;
    stop.request_stop();
    const std::int64_t lines = count("audit");
    QCOMPARE(codeOf(forgetUser(m_fixture->project(), kAnna, Task(stop.get_token(), {}))),
             ErrorCode::Cancelled);
    QCOMPARE(count("user"), 2);
    QCOMPARE(count("event"), 4);
    QCOMPARE(count("rejected_row WHERE raw = ''"), 0);
    QCOMPARE(count("audit"), lines);
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
    QVERIFY(forgetUser(m_fixture->project(), kAnna, Task()).ok());
}

// Also once rows are gone: while the chunks that held them are hashed anew, say.
void TestForget::cancelMidwayTakesEverythingBack()
{
    for (const double at : {0.0, 0.5, 0.7}) {
        std::stop_source stop;
        const Task task(stop.get_token(), [&](double fraction, std::string_view stage) {
            QVERIFY(stage == "erasing");
            if (fraction >= at) {
                stop.request_stop();
            }
        });
        QCOMPARE(codeOf(eraseUser(m_fixture->project(), kAnna, task)), ErrorCode::Cancelled);
        QCOMPARE(count("user"), 2);
        QCOMPARE(count("event"), 4);
        QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
    }
    QVERIFY(eraseUser(m_fixture->project(), kAnna, Task()).ok());
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
}

// Neither in a chunk that held something of hers nor in one that did not.
void TestForget::damageIsNotHashedAnew()
{
    Project &project = m_fixture->project();
    const std::int64_t other = m_fixture->add({{kBert, "i1", EventKind::View, 210'000, 0, ""},
                                               {"carl", "i1", EventKind::View, 220'000, 0, ""}});
    const auto damagedSources = [&] {
        QStringList sources;
        const auto check = checkChunks(project, Task());
        for (const ChunkDamage &damage : check->damage) {
            sources << QStringLiteral("%1 %2").arg(damage.source).arg(
                QString::fromStdString(damage.part));
        }
        return sources;
    };
    QCOMPARE(damagedSources(), QStringList());
    QVERIFY(soundChunks(project, {{m_source, 1}}, Task()).value() ==
            (std::vector<ChunkRef>{{m_source, 1}}));
    database().execute("UPDATE event SET quantity = quantity + 1 WHERE at = 210000");
    QVERIFY(forgetUser(project, kAnna, Task()).ok());
    QCOMPARE(damagedSources(), QStringList{QStringLiteral("%1 events").arg(other)});
    QVERIFY(soundChunks(project, {{other, 1}}, Task())->empty());
    QVERIFY(forgetUser(project, "carl", Task()).ok()); // of that very chunk
    QVERIFY(damagedSources().contains(QStringLiteral("%1 events").arg(other)));
}

// What keeps the file from being written anew, another writer here and a full disk elsewhere, ends.
void TestForget::compactingCanBeRepeated()
{
    Project &project = m_fixture->project();
    const fs::path path = project.path();
    auto other = project.connect();
    database().execute("PRAGMA busy_timeout = 10");
    std::optional<Transaction> writing;
    const Task task({}, [&](double, std::string_view stage) {
        if (stage == "compacting" && !writing) {
            writing.emplace(other->database());
        }
    });
    const auto report = forgetUser(project, kAnna, task);
    QVERIFY(report.ok());
    QVERIFY(report->notCompacted && !report->logEmptied);
    QVERIFY(report->notCompacted->code == ErrorCode::Locked);
    QCOMPARE(count("user"), 1);
    QCOMPARE(codeOf(compact(project)), ErrorCode::Locked);
    writing.reset();
    QVERIFY(*compact(project));
    QVERIFY(!holds(path, kAnna) && !holds(path.string() + "-wal", kAnna));
}

void TestForget::dryRunErasesNothing()
{
    const auto traces = tracesOfUser(m_fixture->project(), kAnna, Task());
    QVERIFY(traces.ok());
    QCOMPARE(traces->events, 3);
    QCOMPARE(traces->orders, 1);
    QCOMPARE(count("user"), 2);
    QCOMPARE(count("event"), 4);
    QVERIFY(verifyProject(m_fixture->project(), Task())->sound());
    const UserTraces erased = forgetUser(m_fixture->project(), kAnna, Task())->erased;
    QCOMPARE(erased.events, traces->events);
    QCOMPARE(erased.setAsideEvents, traces->setAsideEvents);
    QCOMPARE(erased.orders, traces->orders);
    QCOMPARE(erased.otherKeys, traces->otherKeys);
    QCOMPARE(erased.rejectedRows, traces->rejectedRows);
    QCOMPARE(erased.attributes, traces->attributes);
}

void TestForget::whatIsOutOfReachIsSaid()
{
    const fs::path path = m_fixture->project().path();
    for (const char *suffix : {".v1.backup", ".notes", ".lock"}) {
        QFile file(QString::fromStdString(path.string()) + suffix);
        QVERIFY(file.open(QIODevice::ReadWrite));
    }
    QVERIFY(appendAudit(m_fixture->project(), "import", R"({"name":")" + kAnna + R"(.csv"})").ok());
    const auto report = forgetUser(m_fixture->project(), kAnna, Task());
    QVERIFY(report.ok());
    QCOMPARE(report->erased.auditLines, 1);
    QCOMPARE(report->backups, std::vector<std::string>{path.string() + ".v1.backup"});
}

// Whoever reads an older state needs the log; what is in it goes later.
void TestForget::aReaderKeepsTheLog()
{
    Project &project = m_fixture->project();
    const fs::path path = project.path();
    auto other = project.connect();
    other->database().execute("BEGIN");
    QCOMPARE(other->database().integer("SELECT count(*) FROM user"), 2);
    database().execute("PRAGMA busy_timeout = 10");
    const auto report = forgetUser(project, kAnna, Task());
    QVERIFY(report.ok());
    QVERIFY(!report->notCompacted && !report->logEmptied);
    QCOMPARE(other->database().integer("SELECT count(*) FROM user"), 2);
    other->database().execute("COMMIT");
    QVERIFY(*compact(project));
    QVERIFY(!holds(path, kAnna) && !holds(path.string() + "-wal", kAnna));

    Transaction writing(other->database());
    QCOMPARE(codeOf(forgetUser(project, kBert, Task())), ErrorCode::Locked);
    QCOMPARE(count("user"), 1);
}

// A scoring that read the events before she was erased writes its rows after it.
void TestForget::lateScoresAreNotHis()
{
    Project &project = m_fixture->project();
    auto states = *readUserStates(project);
    const UserStateLabel label = *readUserStateLabel(project);
    QCOMPARE(states.size(), std::size_t{2});
    QVERIFY(forgetUser(project, kAnna, Task()).ok());
    QVERIFY(writeUserStates(project, label, states).ok());
    QCOMPARE(count("user_state"), 1);
    QCOMPARE(count("user_state WHERE user_id = 1"), 0);
}

void TestForget::lateAnswersAreNotHis()
{
    Project &project = m_fixture->project();
    RunRecord begun;
    begun.model = "behavior";
    const auto run = beginRun(project, begun);
    QVERIFY(run.ok());
    QVERIFY(forgetUser(project, kAnna, Task()).ok());
    const auto list = [](const std::string &name, std::vector<std::int64_t> values) {
        WeightBlob blob;
        blob.name = name;
        blob.type = "int64";
        blob.shape = {std::ssize(values)};
        const auto bytes = std::as_bytes(std::span(values));
        blob.data.assign(bytes.begin(), bytes.end());
        return blob;
    };
    RunRecord record = *readRun(project, *run);
    record.state = RunState::Done;
    QVERIFY(finishRun(project, record, {}, {list("user", {1, 2}), list("amount/value", {7, 8})})
                .ok());
    const auto kept = *readRunAnswers(project, *run);
    QCOMPARE(kept.size(), std::size_t{2});
    for (const WeightBlob &blob : kept) {
        QCOMPARE(blob.data.size(), sizeof(std::int64_t));
    }
}

/// Lists that are not as they were written can't be trusted to say where he stands.
void TestForget::damagedAnswersGoWhole()
{
    Project &project = m_fixture->project();
    RunRecord begun;
    begun.model = "behavior";
    const auto run = beginRun(project, begun);
    QVERIFY(run.ok());
    Statement insert(database(), "INSERT INTO run_weight(run_id, number, name, type, shape, hash, "
                                 "data) VALUES (?, 900, 'answers/user', 'int64', '[1]', 'wrong', "
                                 "x'0900000000000000')");
    insert.bindAll(*run);
    insert.run();
    QVERIFY(!readRunAnswers(project, *run).ok());
    QVERIFY(!verifyProject(project, {})->sound());
    QVERIFY(forgetUser(project, kAnna, Task()).ok());
    QCOMPARE(count("run_weight WHERE name LIKE 'answers/%'"), 0);
}

QTEST_APPLESS_MAIN(TestForget)
#include "tst_forget.moc"
