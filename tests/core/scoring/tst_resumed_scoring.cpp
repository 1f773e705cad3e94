#include "core/base/rng.h"
#include "core/behavior/train.h"
#include "core/neural/runtime.h"
#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/forget_store.h"
#include "core/project/recovery.h"
#include "core/project/run_store.h"
#include "core/project/user_state_store.h"
#include "core/scoring/score_users.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <stop_token>

using namespace perennial;
using namespace perennial::test;

namespace {

constexpr int kHorizon = 30, kBefore = 7; ///< days: of this scoring, and of the one before
constexpr std::int64_t kUsers = 220;

std::vector<PlainEvent> purchases()
{
    Rng rng(5);
    std::vector<PlainEvent> events;
    for (int user = 0; user < kUsers; ++user) {
        const double perDay = rng.uniform() < 0.5 ? 0.10 : 0.015;
        for (double day = 60 * rng.uniform(); day < 150; day += rng.exponential() / perDay) {
            events.push_back({"c" + std::to_string(user), "i" + std::to_string(rng.below(20)),
                              EventKind::Purchase, static_cast<UtcSecond>(day * 86400),
                              5 + 20 * rng.uniform(), {}});
        }
    }
    return events;
}

BehaviorConfig smallConfig()
{
    BehaviorConfig config;
    config.device = "cpu";
    config.horizonDays = kHorizon;
    config.dimension = 16;
    config.sequenceLength = 12;
    config.epochs = 1;
    config.refitEpochs = 0;
    return config;
}

ScoreOptions smallBlocks(int horizon = kHorizon)
{
    ScoreOptions options;
    options.horizonDays = horizon;
    options.usersPerBlock = 16;
    return options;
}

bool sameBits(const std::optional<double> &a, const std::optional<double> &b)
{
    return a.has_value() == b.has_value() && (!a || std::memcmp(&*a, &*b, sizeof *a) == 0);
}

bool same(const UserState &a, const UserState &b)
{
    return a.user == b.user && a.stage == b.stage && a.orders == b.orders &&
           a.firstDay == b.firstDay && a.lastDay == b.lastDay && a.lastOrderDay == b.lastOrderDay &&
           sameBits(a.realised, b.realised) && sameBits(a.pAlive, b.pAlive) &&
           sameBits(a.churnRisk, b.churnRisk) && sameBits(a.expectedOrders, b.expectedOrders) &&
           sameBits(a.predictedValue, b.predictedValue) &&
           sameBits(a.predictedLower, b.predictedLower) &&
           sameBits(a.predictedUpper, b.predictedUpper) &&
           sameBits(a.behaviorValue, b.behaviorValue);
}

/// @return the child's exit code, or minus the signal.
int runChild(const std::filesystem::path &project, long write)
{
    const std::string number = std::to_string(write);
    const pid_t child = fork();
    if (child == 0) {
        execl(PERENNIAL_SCORE_CHILD, "score_child", project.c_str(), number.c_str(), nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

class TestResumedScoring : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void killedAtAnyMoment();
    void cancelledAndGoneOnWith();
    void progressNeverFalls();
    void otherQuestionsStartAnew_data();
    void otherQuestionsStartAnew();
    void damagedBlocksAreScoredAgain();
    void erasedUsersLeaveNothing();
    void aDamagedModelIsSaid();

private:
    Project open() const { return Project::open(m_copy, Project::Access::ReadWrite).value(); }
    /// Stops a scoring when the behaviour model has answered for about half of the users.
    std::int64_t stopHalfway(Project &project) const
    {
        std::stop_source stop;
        const Task task(stop.get_token(), [&](double, std::string_view) {
            if (project.database().integer("SELECT count(*) FROM score_block") >= 6) {
                stop.request_stop();
            }
        });
        const auto report = scoreUsers(project, smallBlocks(), task);
        return !report && report.error().code == ErrorCode::Cancelled
                   ? project.database().integer("SELECT count(*) FROM score_block")
                   : -1;
    }
    bool hasTruth(const Project &project) const
    {
        return std::ranges::equal(*readUserStates(project), m_truth, same);
    }

    ProjectFixture m_fixture;
    std::filesystem::path m_origin, m_copy;
    std::vector<UserState> m_before, m_truth;
};

void TestResumedScoring::initTestCase()
{
    prepareTorchRuntime();
    m_fixture.add(purchases());
    Project &project = m_fixture.project();
    const auto trained = trainBehaviorModel(project, smallConfig(), {}, {});
    QVERIFY2(trained.ok(), trained ? "" : trained.error().detail.c_str());
    QVERIFY(scoreUsers(project, smallBlocks(kBefore), {}).ok());
    m_before = *readUserStates(project);
    QVERIFY(emptyLog(project).ok()); // all of it is in the file that is copied
    m_origin = project.path();
    m_copy = m_fixture.folder() / "copy.perennial";
    init();
    Project undisturbed = open();
    const auto report = scoreUsers(undisturbed, smallBlocks(), {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY(report->notes.empty());
    QCOMPARE(report->label.behaviorRun, trained->run);
    QCOMPARE(report->label.churnSource, std::string("behavior"));
    QCOMPARE(report->resumedUsers, 0);
    m_truth = *readUserStates(undisturbed);
    QCOMPARE(static_cast<std::int64_t>(m_truth.size()), kUsers);
    QCOMPARE(undisturbed.database().integer("SELECT count(*) FROM score_block"), 0);
}

/// A copy of the project as it was before the scoring.
void TestResumedScoring::init()
{
    for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
        std::filesystem::remove(m_copy.string() + suffix);
    }
    std::filesystem::copy_file(m_origin, m_copy);
}

// PERENNIAL_KILLS=N kills N scorings, PERENNIAL_KILL_SEED=S at other moments.
void TestResumedScoring::killedAtAnyMoment()
{
    const int asked = qEnvironmentVariableIntValue("PERENNIAL_KILLS");
    const int wanted = asked > 0 ? asked : 12;
    Rng rng(static_cast<std::uint64_t>(qEnvironmentVariableIntValue("PERENNIAL_KILL_SEED")) + 3);
    int kills = 0, staged = 0;
    for (int tries = 0; kills < wanted && tries < 20 * wanted; ++tries) {
        init();
        bool killed = false;
        for (bool done = false; !done;) {
            // Half of the attempts that follow a kill are killed again.
            const long write = !killed || rng.below(2) == 0 ? 1 + rng.below(400) : 0;
            const int code = runChild(m_copy, write);
            const QByteArray said = "write " + QByteArray::number(static_cast<qlonglong>(write)) +
                                    " code " + QByteArray::number(code);
            QVERIFY2(code == 0 || code == -SIGKILL, said);
            killed = killed || code != 0;
            kills += code != 0 ? 1 : 0;
            Project project = open();
            QVERIFY2(verifyProject(project, {})->sound(), said);
            done = readUserStateLabel(project)->horizonDays == kHorizon;
            QVERIFY2(done || code != 0, said);
            // The scores before stay in sight until the others are complete.
            QVERIFY2(done ? hasTruth(project)
                          : std::ranges::equal(*readUserStates(project), m_before, same),
                     said);
            staged += project.database().integer("SELECT count(*) FROM score_block") > 0 ? 1 : 0;
        }
    }
    qInfo("%d kills, %d of them with answers kept", kills, staged);
    QVERIFY(kills >= wanted && staged > 0);
}

void TestResumedScoring::cancelledAndGoneOnWith()
{
    Project project = open();
    const std::int64_t blocks = stopHalfway(project);
    QVERIFY(blocks >= 6 && blocks < 14);
    QVERIFY(std::ranges::equal(*readUserStates(project), m_before, same));
    QVERIFY(verifyProject(project, {})->sound());
    const auto report = scoreUsers(project, smallBlocks(), {});
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QCOMPARE(report->resumedUsers, blocks * 16); // every user has events
    QVERIFY(hasTruth(project));
    QCOMPARE(project.database().integer("SELECT count(*) FROM score_block"), 0);
    QVERIFY(verifyProject(project, {})->sound());
    // Done is done: the next one begins at the first user.
    QCOMPARE(scoreUsers(project, smallBlocks(), {})->resumedUsers, 0);
    QVERIFY(hasTruth(project));
}

void TestResumedScoring::progressNeverFalls()
{
    Project project = open();
    std::vector<double> fractions;
    const Task task({}, [&](double fraction, std::string_view) { fractions.push_back(fraction); });
    QVERIFY(scoreUsers(project, smallBlocks(), task).ok());
    QVERIFY(std::ranges::is_sorted(fractions));
    QVERIFY(fractions.front() >= 0 && fractions.back() == 1);
    // Gone on with, it tells how much of the rest is done: the time left follows from that.
    init();
    Project again = open();
    QVERIFY(stopHalfway(again) > 0);
    fractions.clear();
    QVERIFY(scoreUsers(again, smallBlocks(), task).ok());
    QVERIFY(std::ranges::is_sorted(fractions));
    QVERIFY(fractions.front() < 0.1);
}

void TestResumedScoring::otherQuestionsStartAnew_data()
{
    QTest::addColumn<QString>("change");
    QTest::newRow("more events") << QStringLiteral("data");
    QTest::newRow("another day") << QStringLiteral("day");
    QTest::newRow("another run") << QStringLiteral("run");
    QTest::newRow("other blocks") << QStringLiteral("blocks");
}

void TestResumedScoring::otherQuestionsStartAnew()
{
    QFETCH(QString, change);
    const auto asked = [&](Project &project) {
        ScoreOptions options = smallBlocks();
        if (change == "data") {
            SourceRecord source;
            source.name = "more";
            source.hash = "more";
            const std::int64_t id = *beginSource(project, source);
            auto writer = EventWriter::open(project, id);
            EventRow row;
            if (!writer->begin()) {
                qFatal("no writer");
            }
            row.user = *writer->code(Dictionary::User, "c3");
            row.item = *writer->code(Dictionary::Item, "i4");
            row.kind = EventKind::Purchase;
            row.at = 149 * 86400;
            row.amount = 70000;
            ImportChunk chunk;
            chunk.totals.read = {1, 70000};
            chunk.totals.stored = chunk.totals.read;
            if (!writer->add(row) || !writer->log(chunk) || !writer->commit() ||
                !finishSource(project, id)) {
                qFatal("no event");
            }
        } else if (change == "day") {
            options.until = 155; // a later one than that of the last event
        } else if (change == "run") {
            if (!trainBehaviorModel(project, smallConfig(), {}, {})) {
                qFatal("no run");
            }
        } else {
            options.usersPerBlock = 32;
        }
        return options;
    };
    std::vector<UserState> rows[2];
    for (const bool stopped : {true, false}) {
        init();
        Project project = open();
        if (stopped) {
            QVERIFY(stopHalfway(project) > 0);
        }
        const ScoreOptions options = asked(project);
        const auto report = scoreUsers(project, options, {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QCOMPARE(report->resumedUsers, 0);
        QVERIFY(report->label.behaviorRun > 0);
        rows[stopped ? 0 : 1] = *readUserStates(project);
        QCOMPARE(project.database().integer("SELECT count(*) FROM score_block"), 0);
    }
    QVERIFY(std::ranges::equal(rows[0], rows[1], same));
}

void TestResumedScoring::damagedBlocksAreScoredAgain()
{
    for (const char *harm : {"UPDATE score_block SET data = zeroblob(length(data)) "
                             "WHERE first_user = 33",
                             "DELETE FROM score_block WHERE first_user = 33"}) {
        init();
        Project project = open();
        QVERIFY(stopHalfway(project) > 0);
        {
            Database other(m_copy, Database::Mode::ReadWrite); // keeps no seals
            other.execute(harm);
        }
        QVERIFY(!verifyProject(project, {})->sound());
        const auto report = scoreUsers(project, smallBlocks(), {});
        QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
        QCOMPARE(report->resumedUsers, 32); // those before it
        QVERIFY(hasTruth(project));
        QVERIFY(verifyProject(project, {})->sound());
    }
}

void TestResumedScoring::erasedUsersLeaveNothing()
{
    Project project = open();
    QVERIFY(stopHalfway(project) > 0);
    const auto erased = eraseUser(project, "c3", {});
    QVERIFY2(erased.ok(), erased ? "" : erased.error().detail.c_str());
    QCOMPARE(project.database().integer("SELECT count(*) FROM score_block"), 0);
    const auto report = scoreUsers(project, smallBlocks(), {});
    QVERIFY(report.ok());
    QCOMPARE(report->users, kUsers - 1);
    QCOMPARE(report->resumedUsers, 0);
}

void TestResumedScoring::aDamagedModelIsSaid()
{
    Project project = open();
    {
        Database other(m_copy, Database::Mode::ReadWrite);
        other.execute("UPDATE run_weight SET data = zeroblob(length(data)) WHERE name = 'item.own'");
    }
    const auto report = scoreUsers(project, smallBlocks(), {});
    QVERIFY(report.ok());
    QVERIFY(report->notes == std::vector{ScoreNote::BehaviorFailed});
    QVERIFY(report->behaviorError.starts_with("run ") &&
            report->behaviorError.ends_with(": item.own"));
    QCOMPARE(report->label.behaviorRun, 0);
    QVERIFY(report->label.churnSource != "behavior");
}

QTEST_GUILESS_MAIN(TestResumedScoring)
#include "tst_resumed_scoring.moc"
