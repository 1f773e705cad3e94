#include "core/project/database.h"
#include "core/project/event_pages.h"
#include "core/project/event_store.h"
#include "core/project/purchase_store.h"
#include "core/project/recovery.h"
#include "tests/core/ingest/generated_log.h"
#include "tests/core/ingest/import_fixture.h"

#include <sys/wait.h>
#include <unistd.h>

using namespace perennial;
using test::ImportFixture;
using test::makeLog;

namespace {

constexpr int kRows = 20'000;

/// Runs the helper. @return its exit code, or minus the signal that ended it.
int runChild(const ImportFixture &fixture, const std::filesystem::path &file, const char *chunks,
             const char *limit = nullptr)
{
    const std::string project = (fixture.folder() / "test.perennial").string();
    const pid_t child = fork();
    if (child == 0) {
        execl(PERENNIAL_IMPORT_CHILD, "import_child", project.c_str(), file.c_str(), chunks, limit,
              nullptr);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

ImportOptions sameOptions(const std::filesystem::path &file)
{
    ImportOptions options;
    options.path = file;
    options.chunkRows = 1000;
    options.recipe.dedupe = Dedupe::Exact;
    return options;
}

Project reopened(const ImportFixture &fixture)
{
    return Project::open(fixture.folder() / "test.perennial", Project::Access::ReadWrite).value();
}

void compareReports(const ImportReport &a, const ImportReport &b)
{
    QVERIFY(a.totals == b.totals);
    QVERIFY(a.totals.balanced());
    QCOMPARE(a.users, b.users);
    QCOMPARE(a.items, b.items);
    QCOMPARE(a.orders, b.orders);
    QCOMPARE(a.gross, b.gross);
    QVERIFY(a.reasons == b.reasons);
    QCOMPARE(a.firstRejected.size(), b.firstRejected.size());
}

void compareProjects(Project &a, Project &b)
{
    const auto eventsA = readEvents(a, std::nullopt, Task());
    const auto eventsB = readEvents(b, std::nullopt, Task());
    QVERIFY(eventsA->user == eventsB->user);
    QVERIFY(eventsA->item == eventsB->item);
    QVERIFY(eventsA->at == eventsB->at);
    QVERIFY(eventsA->amount == eventsB->amount);
    const auto itemsA = readItems(a), itemsB = readItems(b);
    QCOMPARE(itemsA->size(), itemsB->size());
    for (std::size_t k = 0; k < itemsA->size(); ++k) {
        QCOMPARE((*itemsA)[k].key, (*itemsB)[k].key);
        QCOMPARE((*itemsA)[k].name, (*itemsB)[k].name);
        QVERIFY((*itemsA)[k].price == (*itemsB)[k].price);
    }
    const auto rejectedA = readRejected(a, readSources(a)->back().id, 0, 100'000);
    const auto rejectedB = readRejected(b, readSources(b)->back().id, 0, 100'000);
    QCOMPARE(rejectedA->size(), rejectedB->size());
    QCOMPARE(rejectedA->back().line, rejectedB->back().line);
}

} // namespace

class TestInterrupted : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void killedImportGoesOn_data();
    void killedImportGoesOn();
    void otherRecipeIsRefused();
    void changedFileIsRefused();
    void cancelLeavesTheProjectAsItWas();
    void cancelledResumeLeavesNothing();
    void fullDiskKeepsWhatIsCommitted();
    void unfinishedImportShowsNowhere();
    void fileSizeLimitKeepsTheProjectSound();
};

void TestInterrupted::killedImportGoesOn_data()
{
    QTest::addColumn<int>("chunks");
    QTest::newRow("after the first") << 1;
    QTest::newRow("in the middle") << 9;
    QTest::newRow("before the end") << 20; // everything is committed, nothing finished
}

void TestInterrupted::killedImportGoesOn()
{
    QFETCH(int, chunks);
    ImportFixture undisturbed;
    const std::string log = makeLog(kRows, 3);
    const auto whole =
        importFile(undisturbed.project(), sameOptions(undisturbed.write("log.csv", log)), Task());
    VERIFY_OK(whole);
    QVERIFY(whole->totals.duplicate.rows > 100);
    QVERIFY(whole->totals.rejected.rows > 100);

    ImportFixture fixture;
    const auto file = fixture.write("log.csv", log);
    fixture.close();
    QCOMPARE(runChild(fixture, file, std::to_string(chunks).c_str()), -SIGKILL);

    Project project = reopened(fixture);
    const auto sources = readSources(project);
    QCOMPARE(sources->size(), std::size_t{1});
    QVERIFY(sources->front().state == SourceState::Running);
    QCOMPARE(sources->front().totals.read.rows, std::min(chunks * 1000, kRows));
    QVERIFY(sources->front().totals.balanced());
    QVERIFY(verifyProject(project, Task())->sound());
    const std::int64_t kept = sources->front().totals.stored.rows;
    QCOMPARE(project.database().integer("SELECT count(*) FROM event"), kept);
    QCOMPARE(readEvents(project, std::nullopt, Task())->size(), std::size_t{0});

    const auto resumed = importFile(project, sameOptions(file), Task());
    VERIFY_OK(resumed);
    QVERIFY(resumed->resumed);
    compareReports(*resumed, *whole);
    compareProjects(project, undisturbed.project());
    QVERIFY(verifyProject(project, Task())->sound());
    QCOMPARE(readSources(project)->size(), std::size_t{1});
    COMPARE_ERROR(importFile(project, sameOptions(file), Task()), ErrorCode::AlreadyImported);
}

void TestInterrupted::otherRecipeIsRefused()
{
    ImportFixture fixture;
    const auto file = fixture.write("log.csv", makeLog(3000, 3));
    fixture.close();
    QCOMPARE(runChild(fixture, file, "2"), -SIGKILL);
    Project project = reopened(fixture);
    ImportOptions options = sameOptions(file);
    options.recipe.dedupe = Dedupe::None;
    COMPARE_ERROR(importFile(project, options, Task()), ErrorCode::UnfinishedImport);
    QCOMPARE(readSources(project)->front().totals.read.rows, 2000);
    options.restart = true;
    const auto report = importFile(project, options, Task());
    VERIFY_OK(report);
    QVERIFY(!report->resumed);
    QCOMPARE(report->totals.read.rows, 3000);
    QCOMPARE(readSources(project)->size(), std::size_t{1});
    QVERIFY(verifyProject(project, Task())->sound());
}

void TestInterrupted::changedFileIsRefused()
{
    ImportFixture fixture;
    const auto file = fixture.write("log.csv", makeLog(3000, 3));
    fixture.close();
    QCOMPARE(runChild(fixture, file, "2"), -SIGKILL);
    fixture.write("log.csv", makeLog(3000, 4));
    Project project = reopened(fixture);
    COMPARE_ERROR(importFile(project, sameOptions(file), Task()), ErrorCode::UnfinishedImport);
    QCOMPARE(readSources(project)->front().totals.read.rows, 2000);
}

void TestInterrupted::cancelLeavesTheProjectAsItWas()
{
    ImportFixture fixture;
    VERIFY_OK(fixture.import("user,at,kind,item\na,2020-01-01,view,i1\nb,2020-01-02,view,i2\n"));
    const auto before = dataHash(fixture.project());
    ImportOptions options = sameOptions(fixture.write("log.csv", makeLog(kRows, 3)));
    std::stop_source stop;
    const Task task(stop.get_token(), [&](double fraction, std::string_view) {
        if (fraction > 0.5) {
            stop.request_stop();
        }
    });
    COMPARE_ERROR(importFile(fixture.project(), options, task), ErrorCode::Cancelled);
    QCOMPARE(fixture.sourceCount(), std::size_t{1});
    QCOMPARE(*dataHash(fixture.project()), *before);
    const auto counts = readCounts(fixture.project());
    QCOMPARE(counts->events, 2);
    QCOMPARE(counts->users, 2);
    // Also what the file says of items that were there before.
    for (const ItemRecord &item : *readItems(fixture.project())) {
        QVERIFY(item.name.empty() && !item.price);
    }
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    VERIFY_OK(importFile(fixture.project(), options, Task()));
    QVERIFY(!readItems(fixture.project())->front().name.empty());
}

void TestInterrupted::cancelledResumeLeavesNothing()
{
    ImportFixture fixture;
    const auto file = fixture.write("log.csv", makeLog(5000, 3));
    fixture.close();
    QCOMPARE(runChild(fixture, file, "2"), -SIGKILL);
    Project project = reopened(fixture);
    std::stop_source stop;
    const Task task(stop.get_token(), [&](double, std::string_view stage) {
        if (stage == "importing") {
            stop.request_stop();
        }
    });
    COMPARE_ERROR(importFile(project, sameOptions(file), task), ErrorCode::Cancelled);
    QCOMPARE(readSources(project)->size(), std::size_t{0});
    QCOMPARE(readCounts(project)->events, 0);
}

void TestInterrupted::fullDiskKeepsWhatIsCommitted()
{
    ImportFixture fixture;
    const ImportOptions options = sameOptions(fixture.write("log.csv", makeLog(kRows, 3)));
    Database &database = fixture.project().database();
    const std::int64_t pages = database.integer("PRAGMA page_count");
    database.execute("PRAGMA max_page_count = " + std::to_string(pages + 120));
    COMPARE_ERROR(importFile(fixture.project(), options, Task()), ErrorCode::DiskFull);
    const auto sources = readSources(fixture.project());
    QCOMPARE(sources->size(), std::size_t{1});
    QVERIFY(sources->front().totals.read.rows > 0);
    QVERIFY(sources->front().totals.read.rows < kRows);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    database.execute("PRAGMA max_page_count = 1000000");
    const auto report = importFile(fixture.project(), options, Task());
    VERIFY_OK(report);
    QVERIFY(report->resumed);
    QCOMPARE(report->totals.read.rows, kRows);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

/// Everything that figures are made of.
struct Figures {
    std::string hash;
    std::size_t events = 0, users = 0, items = 0, buyers = 0, activeDays = 0, history = 0, rows = 0;
    std::int64_t countedUsers = 0, countedItems = 0, countedEvents = 0;
    Money gross = 0;
    bool operator==(const Figures &) const = default;
};

Figures figuresOf(const Project &project)
{
    const ProjectCounts counts = *readCounts(project);
    return {*dataHash(project),
            readEvents(project, std::nullopt, Task())->size(),
            readUsers(project)->size(),
            readItems(project)->size(),
            readUserPurchases(project, std::nullopt)->size(),
            readActiveDays(project, std::nullopt)->size(),
            readUserEvents(project, 1, 1000)->size() + readEventsOfUser(project, 1, {})->size(),
            readEventPage(project, 0, 100'000)->size(),
            counts.users,
            counts.items,
            counts.events,
            counts.gross};
}

void TestInterrupted::unfinishedImportShowsNowhere()
{
    ImportFixture fixture;
    // u1 and i1 are in the log too, a and x are not.
    VERIFY_OK(fixture.import("user,at,kind,item,quantity,price\nu1,2020-01-01,purchase,i1,1,3\n"
                             "a,2020-01-02,purchase,x,1,4.5\n"));
    const Figures before = figuresOf(fixture.project());
    QCOMPARE(before.users, std::size_t{2});
    const auto file = fixture.write("log.csv", makeLog(5000, 3));
    fixture.close();
    QCOMPARE(runChild(fixture, file, "3"), -SIGKILL);
    Project project = reopened(fixture);
    QVERIFY(project.database().integer("SELECT count(*) FROM event") > 2000);
    QVERIFY(figuresOf(project) == before);
    QCOMPARE(findUser(project, "a")->id, 2);
    QVERIFY(!findUser(project, "u7").ok());

    // Another file comes in whole meanwhile; what it shares with the hidden one is seen.
    ImportOptions other;
    other.path = fixture.write("other.csv", "user,at,kind,item\nu7,2020-02-01,view,i7\n");
    other.profile = "generic";
    VERIFY_OK(importFile(project, other, Task()));
    Figures with = figuresOf(project);
    QCOMPARE(with.users, before.users + 1);
    QCOMPARE(with.items, before.items + 1);
    QCOMPARE(with.events, before.events + 1);
    QVERIFY(findUser(project, "u7").ok());

    VERIFY_OK(importFile(project, sameOptions(file), Task()));
    with = figuresOf(project);
    QCOMPARE(static_cast<std::int64_t>(with.events),
             project.database().integer("SELECT count(*) FROM event"));
    QVERIFY(with.users > 800);
}

void TestInterrupted::fileSizeLimitKeepsTheProjectSound()
{
    ImportFixture fixture;
    const auto file = fixture.write("log.csv", makeLog(kRows, 3));
    fixture.close();
    QCOMPARE(runChild(fixture, file, "0", "700000"), 10 + static_cast<int>(ErrorCode::DiskFull));
    Project project = reopened(fixture);
    QVERIFY(verifyProject(project, Task())->sound());
    const auto report = importFile(project, sameOptions(file), Task());
    VERIFY_OK(report);
    QCOMPARE(report->totals.read.rows, kRows);
    QVERIFY(verifyProject(project, Task())->sound());
}

QTEST_GUILESS_MAIN(TestInterrupted)
#include "tst_interrupted.moc"
