#include "core/base/rng.h"
#include "core/project/database.h"
#include "core/project/recovery.h"
#include "core/project/row_hasher.h"
#include "tests/core/ingest/generated_log.h"
#include "tests/core/ingest/import_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

#include <map>

using namespace perennial;
using test::ImportFixture;

/// Imports that are killed at any moment, again and again: nothing acknowledged is lost, and in the
/// end the project is the one of an undisturbed import. PERENNIAL_KILLS=N (tests/kills.sh) kills N
/// times, PERENNIAL_KILL_SEED=S at other moments.
class TestKills : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void killsLoseNothing();
    void fullDiskAnywhereLosesNothing();
    void killedLargeLoadGetsItsIndexesBack();
};

namespace {

constexpr int kRows = 12'000;
constexpr const char *kChunkRows = "400";
constexpr std::size_t kChunks = kRows / 400;

/// When a child ends: at a write, at a report, from outside after so many acknowledgements, or
/// where a file would grow past so many bytes.
struct Moment {
    long write = 0, report = 0;
    int acknowledged = 0;
    long bytes = 0;
};

struct Run {
    int code = 0; ///< exit code, or minus the signal
    std::size_t acknowledged = 0;
};

Run runChild(const std::filesystem::path &project, const std::filesystem::path &file,
             const char *chunkRows, const Moment &moment)
{
    int ends[2];
    if (pipe(ends) != 0) {
        qFatal("no pipe");
    }
    const std::string to = std::to_string(ends[1]), write = std::to_string(moment.write),
                      report = std::to_string(moment.report), bytes = std::to_string(moment.bytes);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        execl(PERENNIAL_KILL_CHILD, "kill_child", project.c_str(), file.c_str(), chunkRows,
              to.c_str(), write.c_str(), report.c_str(), bytes.c_str(), nullptr);
        _exit(127);
    }
    close(ends[1]);
    Run run;
    for (char byte = 0; read(ends[0], &byte, 1) == 1;) {
        if (static_cast<int>(++run.acknowledged) == moment.acknowledged) {
            kill(child, SIGKILL);
        }
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    run.code = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
    return run;
}

/// Every row of every table in order, without what a clock wrote.
std::map<std::string, std::string> contentOf(const Project &project)
{
    const std::map<std::string, std::string> without{
        {"source", "id, name, path, bytes, hash, profile, mapping, state, rows_read, amount_read, "
                   "rows_stored, amount_stored, rows_duplicate, amount_duplicate, rows_rejected, "
                   "amount_rejected, rows_excluded, amount_excluded, committed_bytes, "
                   "committed_lines, first_user, first_item, first_order, first_device, "
                   "first_place, first_channel"},
        {"audit", "id, action, detail"},
        {"seal", "table_name"},
    };
    Database &database = project.database();
    Statement names(database, "SELECT name FROM sqlite_master WHERE type = 'table' "
                              "AND name NOT LIKE 'sqlite_%'");
    std::map<std::string, std::string> content;
    while (names.step()) {
        const std::string table = names.text(0);
        const auto columns = without.find(table);
        // The end of the audit log has its times in it.
        const std::string rest = table == "setting" ? " WHERE key <> 'audit_head'" : "";
        Statement rows(database, "SELECT " + (columns == without.end() ? "*" : columns->second) +
                                     " FROM " + table + rest);
        content[table] = hashRows(rows);
    }
    Statement schema(database, "SELECT type, name, sql FROM sqlite_master ORDER BY name");
    content["schema"] = hashRows(schema);
    return content;
}

void verifySound(const Project &project)
{
    const auto report = verifyProject(project, Task());
    QVERIFY(report.ok());
    for (const VerifyFinding &finding : report->findings) {
        QVERIFY2(finding.level != VerifyFinding::Level::Damage,
                 (finding.code + " " + finding.detail).c_str());
        QVERIFY(finding.code != "uncovered_chunks");
    }
}

/// A project and the log beside it, under the same path for all, as the path is stored too.
class Scene {
public:
    Scene() : m_log(m_fixture.write("log.csv", test::makeLog(kRows, 3))) { m_fixture.close(); }

    std::filesystem::path project() const { return m_fixture.folder() / "killed.perennial"; }
    const std::filesystem::path &log() const { return m_log; }
    void clear() const
    {
        for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
            std::filesystem::remove(project().string() + suffix);
        }
        QVERIFY(Project::create(project()).ok());
    }
    Project open() const { return Project::open(project(), Project::Access::ReadWrite).value(); }

private:
    ImportFixture m_fixture;
    std::filesystem::path m_log;
};

Moment randomMoment(Rng &rng)
{
    Moment moment;
    switch (rng.below(4)) {
    case 0:
        moment.acknowledged = static_cast<int>(1 + rng.below(kChunks));
        break;
    case 1:
        moment.report = 1 + rng.below(kChunks + 4);
        break;
    default:
        moment.write = 1 + rng.below(5600);
        break; // an undisturbed import writes as often
    }
    return moment;
}

std::unique_ptr<Scene> g_scene;
std::map<std::string, std::string> g_truth;

/// What is there after a kill: all that was acknowledged, and in order.
void verifyKilled(const Project &project, std::size_t acknowledged)
{
    verifySound(project);
    const auto sources = readSources(project);
    QVERIFY(sources->size() <= 1);
    if (sources->empty()) {
        QCOMPARE(acknowledged, std::size_t{0});
        return;
    }
    const SourceRecord &source = sources->front();
    const auto chunks = readChunks(project, source.id);
    QVERIFY(chunks->size() >= acknowledged);
    QVERIFY(source.totals.balanced());
    QCOMPARE(project.database().integer("SELECT count(*) FROM event"), source.totals.stored.rows);
    QCOMPARE(source.totals.read.rows, chunks->empty() ? 0 : chunks->back().rowsRead);
    QCOMPARE(source.totals.read.rows, std::min<std::int64_t>(400 * std::ssize(*chunks), kRows));
}

} // namespace

void TestKills::initTestCase()
{
    g_scene = std::make_unique<Scene>();
    g_scene->clear();
    const Run run = runChild(g_scene->project(), g_scene->log(), kChunkRows, {});
    QCOMPARE(run.code, 0);
    QVERIFY(run.acknowledged >= kChunks); // the end of the file may close one more
    const Project project = g_scene->open();
    verifySound(project);
    const auto totals = readSources(project)->front().totals;
    QVERIFY(totals.duplicate.rows > 50 && totals.rejected.rows > 50);
    g_truth = contentOf(project);
}

void TestKills::killsLoseNothing()
{
    const int asked = qEnvironmentVariableIntValue("PERENNIAL_KILLS");
    const int wanted = asked > 0 ? asked : 50;
    Rng rng(static_cast<std::uint64_t>(qEnvironmentVariableIntValue("PERENNIAL_KILL_SEED")) + 11);
    int kills = 0, resumes = 0;
    while (kills < wanted) {
        g_scene->clear();
        std::size_t acknowledged = 0;
        bool killed = false;
        for (bool ended = false; !ended;) {
            // Half of the attempts that follow a kill are killed again, so that each import ends.
            const bool again = !killed || rng.below(2) == 0;
            const Moment moment = again ? randomMoment(rng) : Moment();
            const Run run = runChild(g_scene->project(), g_scene->log(), kChunkRows, moment);
            // Killed after its last commit, an import is done.
            const bool done =
                killed && run.code == 10 + static_cast<int>(ErrorCode::AlreadyImported);
            ended = run.code == 0 || done;
            QVERIFY2(ended || run.code == -SIGKILL, std::to_string(run.code).c_str());
            killed = true;
            kills += ended ? 0 : 1;
            acknowledged = std::max(acknowledged, run.acknowledged);
            if (!ended) {
                ++resumes;
                const Project project = g_scene->open();
                verifyKilled(project, acknowledged);
                if (QTest::currentTestFailed()) {
                    qWarning("killed at write %ld, report %ld, acknowledgement %d", moment.write,
                             moment.report, moment.acknowledged);
                    return;
                }
            }
        }
        const Project project = g_scene->open();
        verifySound(project);
        for (const auto &[table, content] : contentOf(project)) {
            QVERIFY2(content == g_truth.at(table), table.c_str());
        }
    }
    qInfo("%d kills", kills);
    QVERIFY(resumes > wanted / 2);
}

// A disk that is full at any byte: what is acknowledged stays, and with more room it goes on.
void TestKills::fullDiskAnywhereLosesNothing()
{
    Rng rng(5);
    std::size_t full = 0, begun = 0;
    for (int k = 0; k < 12; ++k) {
        g_scene->clear();
        Moment moment;
        moment.bytes = 300'000 + 200'000 * k + rng.below(200'000);
        const Run run = runChild(g_scene->project(), g_scene->log(), kChunkRows, moment);
        const std::string said = std::to_string(moment.bytes) + " bytes, acknowledged " +
                                 std::to_string(run.acknowledged);
        QVERIFY2(run.code == 0 || run.code == 10 + static_cast<int>(ErrorCode::DiskFull),
                 said.c_str());
        qInfo("%s", said.c_str());
        verifyKilled(g_scene->open(), run.acknowledged);
        if (QTest::currentTestFailed()) {
            return;
        }
        if (run.code != 0) {
            ++full;
            begun += run.acknowledged > 0 ? 1 : 0;
            const Run rest = runChild(g_scene->project(), g_scene->log(), kChunkRows, {});
            QCOMPARE(rest.code, 0);
            QVERIFY(rest.acknowledged >= kChunks);
        }
        const Project project = g_scene->open();
        verifySound(project);
        for (const auto &[table, content] : contentOf(project)) {
            QVERIFY2(content == g_truth.at(table), (said + " " + table).c_str());
        }
    }
    QVERIFY(full > 5);
    QVERIFY(begun > 5); // most disks fill up in the middle, behind what must not be lost
}

// A large load drops the indexes on events; they come back without it.
void TestKills::killedLargeLoadGetsItsIndexesBack()
{
    ImportFixture fixture;
    const auto log = fixture.write("large.csv", test::makeLog(60'000, 4));
    const auto path = fixture.folder() / "test.perennial";
    fixture.close();
    QCOMPARE(runChild(path, log, "10000", {0, 0, 2, 0}).code, -SIGKILL);
    const auto indexes = [](const Project &project) {
        return project.database().integer("SELECT count(*) FROM sqlite_master WHERE "
                                          "name IN ('event_money', 'event_user')");
    };
    QCOMPARE(indexes(Project::open(path, Project::Access::ReadOnly).value()), 0);
    QCOMPARE(indexes(Project::open(path, Project::Access::ReadWrite).value()), 2);
}

QTEST_GUILESS_MAIN(TestKills)
#include "tst_kills.moc"
