#include "core/project/audit.h"
#include "core/project/database.h"
#include "core/project/project.h"
#include "core/project/recovery.h"
#include "core/project/schema.h"
#include "core/project/settings.h"
#include "tests/support/older_project.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace perennial;
namespace fs = std::filesystem;

class TestProject : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void createdProjectIsSoundAndEmpty();
    void refusals();
    void newerVersionNamesBoth();
    void olderVersionsAreCopiedAndMigrated();
    void secondWriterIsRefusedAndReaderIsNot();
    void lockDiesWithItsProcess();
    void readOnlyFolder();
    void damageIsFound();
    void tamperedAuditIsFound();
    void cutAuditIsFound();
    void auditOfAnOlderVersionGoesOn();
    void dataOutIsLogged();
    void settingsRoundTripAndAreChecked();
    void transactionsRollBack();

private:
    fs::path file(const char *name) const
    {
        return fs::path(m_folder->path().toStdString()) / name;
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestProject::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestProject::createdProjectIsSoundAndEmpty()
{
    const fs::path path = file("a.perennial");
    {
        const auto project = Project::create(path);
        QVERIFY(project.ok());
        QVERIFY(!project->readOnly());
        QCOMPARE(project->name(), std::string("a"));
    }
    const auto project = Project::open(path, Project::Access::ReadOnly);
    QVERIFY(project.ok());
    QVERIFY(project->readOnly());
    const auto report = verifyProject(*project, Task());
    QVERIFY(report.ok() && report->sound());
    QCOMPARE(snapshotDay(*project, ProjectSettings{}).error().code, ErrorCode::NoEvents);
}

void TestProject::refusals()
{
    const auto code = [](const fs::path &path) {
        const auto project = Project::open(path, Project::Access::ReadWrite);
        return project.ok() ? ErrorCode::Internal : project.error().code;
    };
    QCOMPARE(code(file("none.perennial")), ErrorCode::FileMissing);
    QCOMPARE(code(fs::path(m_folder->path().toStdString())), ErrorCode::IsDirectory);

    QFile text(m_folder->filePath("text.perennial"));
    QVERIFY(text.open(QIODevice::WriteOnly));
    text.write("not a project, whatever its name says");
    text.close();
    QCOMPARE(code(file("text.perennial")), ErrorCode::NotAProject);

    QFile empty(m_folder->filePath("empty.perennial"));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    empty.close();
    QCOMPARE(code(file("empty.perennial")), ErrorCode::NotAProject);

    {
        Database other(file("other.perennial"), Database::Mode::ReadWriteCreate);
        other.execute("CREATE TABLE t(x)");
    }
    QCOMPARE(code(file("other.perennial")), ErrorCode::NotAProject);

    QVERIFY(Project::create(file("a.perennial")).ok());
    QCOMPARE(Project::create(file("a.perennial")).error().code, ErrorCode::AlreadyExists);
    QCOMPARE(Project::create(file("no/such/folder.perennial")).error().code,
             ErrorCode::NotWritable);
    QCOMPARE(Project::create(fs::path(m_folder->path().toStdString())).error().code,
             ErrorCode::IsDirectory);
}

void TestProject::newerVersionNamesBoth()
{
    const fs::path path = file("new.perennial");
    QVERIFY(Project::create(path).ok());
    {
        Database database(path, Database::Mode::ReadWrite);
        database.execute("PRAGMA user_version = 99");
    }
    for (const auto access : {Project::Access::ReadWrite, Project::Access::ReadOnly}) {
        const auto project = Project::open(path, access);
        QVERIFY(!project.ok());
        QCOMPARE(project.error().code, ErrorCode::NewerVersion);
        QCOMPARE(project.error().detail, "99/" + std::to_string(kSchemaVersion));
    }
}

// Each migration is walked from a file as its version wrote it, and a copy of that file stays.
void TestProject::olderVersionsAreCopiedAndMigrated()
{
    const fs::path path = file("old.perennial");
    QVERIFY(Project::create(path).ok());
    {
        Database database(path, Database::Mode::ReadWrite);
        downgradeToVersion1(database);
        database.execute("INSERT INTO user(key, region) VALUES ('u1', 'north');"
                         "INSERT INTO event(user_id, at, kind, item_id, quantity, amount, order_id, "
                         "device_id, place_id, channel_id, source_id) "
                         "VALUES (1, 5, 4, 0, 1.0, 70000, 0, 0, 0, 0, 0)");
    }
    QCOMPARE(Project::open(path, Project::Access::ReadOnly).error().code, ErrorCode::ReadOnly);
    {
        auto project = Project::open(path, Project::Access::ReadWrite);
        QVERIFY2(project.ok(), project ? "" : project.error().detail.c_str());
        Database &database = project->database();
        QCOMPARE(database.integer("PRAGMA user_version"), std::int64_t{kSchemaVersion});
        QCOMPARE(database.integer("SELECT amount FROM event"), std::int64_t{70000});
        QCOMPARE(database.integer("SELECT count(*) FROM description JOIN user ON region = 'north'"),
                 std::int64_t{0});
        QCOMPARE(database.integer("SELECT count(*) FROM set_aside_event"), std::int64_t{0});
    }
    Database copy(file("old.perennial.v1.backup"), Database::Mode::ReadOnly);
    QCOMPARE(copy.integer("PRAGMA user_version"), std::int64_t{1});
    QCOMPARE(copy.integer("SELECT count(*) FROM event"), std::int64_t{1});
}

void TestProject::secondWriterIsRefusedAndReaderIsNot()
{
    const fs::path path = file("a.perennial");
    auto writer = Project::create(path);
    QVERIFY(writer.ok());
    const auto second = Project::open(path, Project::Access::ReadWrite);
    QCOMPARE(second.error().code, ErrorCode::Locked);
    QVERIFY(second.error().detail.find("pid " + std::to_string(getpid())) == 0);
    auto reader = Project::open(path, Project::Access::ReadOnly);
    QVERIFY(reader.ok());
    QCOMPARE(writeSettings(*reader, ProjectSettings{}).error().code, ErrorCode::ReadOnly);
    {
        auto worker = writer->connect();
        QVERIFY(worker.ok() && !worker->readOnly());
        *writer = std::move(*worker);
    }
    QCOMPARE(Project::open(path, Project::Access::ReadWrite).error().code, ErrorCode::Locked);
}

void TestProject::lockDiesWithItsProcess()
{
    const fs::path path = file("a.perennial");
    const pid_t child = fork();
    if (child == 0) {
        auto project = Project::create(path);
        if (project.ok()) {
            static_cast<void>(appendAudit(*project, "test", "{}"));
        }
        raise(SIGKILL);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    QVERIFY(WIFSIGNALED(status));
    const auto project = Project::open(path, Project::Access::ReadWrite);
    QVERIFY(project.ok());
    QCOMPARE(readAudit(*project, 10)->size(), std::size_t{1});
    QVERIFY(verifyProject(*project, Task())->sound());
}

// In a child that is nobody: root, as whom tests often run, may write anywhere.
void TestProject::readOnlyFolder()
{
    const fs::path folder = file("locked");
    fs::create_directory(folder);
    QVERIFY(Project::create(folder / "a.perennial").ok());
    fs::remove(folder / "a.perennial.lock");
    chmod(m_folder->path().toUtf8().constData(), 0755);
    chmod(folder.c_str(), 0555);
    chmod((folder / "a.perennial").c_str(), 0444);
    const pid_t child = fork();
    if (child == 0) {
        if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0)) {
            _exit(100);
        }
        const auto writer = Project::open(folder / "a.perennial", Project::Access::ReadWrite);
        const auto reader = Project::open(folder / "a.perennial", Project::Access::ReadOnly);
        const auto created = Project::create(folder / "b.perennial");
        const bool right = !writer && writer.error().code == ErrorCode::NotWritable && reader &&
                           readSettings(*reader).ok() && !created &&
                           created.error().code == ErrorCode::NotWritable;
        _exit(right ? 0 : 1);
    }
    int status = 0;
    QCOMPARE(waitpid(child, &status, 0), child);
    chmod(folder.c_str(), 0755);
    QVERIFY(WIFEXITED(status));
    QCOMPARE(WEXITSTATUS(status), 0);
}

void TestProject::damageIsFound()
{
    const fs::path path = file("a.perennial");
    {
        auto project = Project::create(path);
        for (int k = 0; k < 500; ++k) {
            QVERIFY(appendAudit(*project, "test", std::string(200, 'x')).ok());
        }
    }
    QFile bytes(QString::fromStdString(path.string()));
    QVERIFY(bytes.open(QIODevice::ReadWrite));
    const auto size = bytes.size();
    bytes.seek(size - 4096 * 4);
    bytes.write(QByteArray(4096, '\x5a'));
    bytes.close();
    const auto project = Project::open(path, Project::Access::ReadOnly);
    QVERIFY(project.ok());
    const auto report = verifyProject(*project, Task());
    QVERIFY(!report.ok() || !report->sound());
}

void TestProject::tamperedAuditIsFound()
{
    auto project = Project::create(file("a.perennial"));
    QVERIFY(appendAudit(*project, "import", "{}").ok());
    QVERIFY(appendAudit(*project, "score", "{}").ok());
    QVERIFY(verifyProject(*project, Task())->sound());
    project->database().execute("UPDATE audit SET detail = '{\"x\":1}' WHERE id = 1");
    QVERIFY(!verifyProject(*project, Task())->sound());
}

// What is left of a chain whose end was cut off holds by itself.
void TestProject::cutAuditIsFound()
{
    auto project = Project::create(file("a.perennial"));
    QVERIFY(checkAudit(*project)->holds());
    QCOMPARE(checkAudit(*project)->lines, std::int64_t{0});
    for (const char *action : {"import", "score", "export"}) {
        QVERIFY(appendAudit(*project, action, "{}").ok());
    }
    const AuditCheck whole = *checkAudit(*project);
    QVERIFY(whole.holds());
    QCOMPARE(whole.lines, std::int64_t{3});
    QCOMPARE(whole.head, readAudit(*project, 1)->front().hash);
    Database &database = project->database();
    const auto broken = [&](const char *change) {
        Transaction transaction(database);
        database.execute(change);
        const bool found =
            !checkAudit(*project)->holds() && !verifyProject(*project, Task())->sound();
        // Nor does a line that is added later make it whole.
        return found && appendAudit(*project, "more", "{}").ok() && !checkAudit(*project)->holds();
    };
    QVERIFY(broken("DELETE FROM audit WHERE id = 3"));
    QVERIFY(broken("DELETE FROM audit WHERE id > 1"));
    QVERIFY(broken("DELETE FROM audit"));
    QVERIFY(broken("DELETE FROM audit WHERE id = 1"));
    QVERIFY(broken("DELETE FROM audit WHERE id = 2"));
    QVERIFY(broken("UPDATE setting SET value = 'x' WHERE key = 'audit_head'"));
    QVERIFY(broken("DELETE FROM setting WHERE key = 'audit_head'"));
    QVERIFY(checkAudit(*project)->holds());
}

void TestProject::auditOfAnOlderVersionGoesOn()
{
    const fs::path path = file("old.perennial");
    std::string head;
    {
        auto project = Project::create(path);
        QVERIFY(appendAudit(*project, "import", "{}").ok());
        head = checkAudit(*project)->head;
    }
    {
        Database database(path, Database::Mode::ReadWrite);
        downgradeToVersion1(database);
    }
    auto project = Project::open(path, Project::Access::ReadWrite);
    QVERIFY(project.ok());
    QVERIFY(checkAudit(*project)->holds());
    QCOMPARE(checkAudit(*project)->head, head);
    QVERIFY(appendAudit(*project, "score", "{}").ok());
    QVERIFY(checkAudit(*project)->holds());
}

void TestProject::dataOutIsLogged()
{
    const fs::path path = file("a.perennial");
    {
        auto project = Project::create(path);
        QVERIFY(*logDataOut(*project, "users", 12));
        QCOMPARE(readAudit(*project, 1)->front().action, "export");
        QCOMPARE(readAudit(*project, 1)->front().detail, R"({"rows":12,"table":"users"})");
    }
    auto reader = Project::open(path, Project::Access::ReadOnly);
    QVERIFY(!*logDataOut(*reader, "users", 12));
    QCOMPARE(appendAudit(*reader, "x", "{}").error().code, ErrorCode::ReadOnly);
    QCOMPARE(checkAudit(*reader)->lines, std::int64_t{1});
}

void TestProject::settingsRoundTripAndAreChecked()
{
    auto project = Project::create(file("a.perennial"));
    QVERIFY(*readSettings(*project) == ProjectSettings{});
    ProjectSettings settings;
    settings.currency = "GBP";
    settings.margin = 0.4;
    settings.discountPerYear = 0.15;
    settings.horizonDays = 273;
    settings.snapshot = 14790;
    settings.period = Period::Month;
    settings.firstPurchaseInSpend = true;
    settings.stages.churnedAfterDays = 120;
    QVERIFY(writeSettings(*project, settings).ok());
    QVERIFY(*readSettings(*project) == settings);
    QCOMPARE(*snapshotDay(*project, settings), 14790);

    const auto refused = [&](auto change) {
        ProjectSettings wrong = settings;
        change(wrong);
        const auto status = writeSettings(*project, wrong);
        return status.ok() ? ErrorCode::Internal : status.error().code;
    };
    QCOMPARE(refused([](auto &s) { s.horizonDays = 0; }), ErrorCode::HorizonNotPositive);
    QCOMPARE(refused([](auto &s) { s.margin = 0; }), ErrorCode::InvalidArgument);
    QCOMPARE(refused([](auto &s) { s.margin = std::nan(""); }), ErrorCode::InvalidArgument);
    QCOMPARE(refused([](auto &s) { s.discountPerYear = 1; }), ErrorCode::InvalidArgument);
    QCOMPARE(refused([](auto &s) { s.currency = "<b>"; }), ErrorCode::InvalidArgument);
    QCOMPARE(refused([](auto &s) { s.stages.churnedAfterDays = 30; }), ErrorCode::InvalidArgument);
    QVERIFY(*readSettings(*project) == settings);
}

void TestProject::transactionsRollBack()
{
    auto project = Project::create(file("a.perennial"));
    Database &database = project->database();
    {
        Transaction outer(database);
        QVERIFY(appendAudit(*project, "kept", "{}").ok());
        {
            Transaction inner(database);
            database.execute("DELETE FROM audit");
        }
        outer.commit();
    }
    QCOMPARE(readAudit(*project, 10)->size(), std::size_t{1});
    {
        Transaction outer(database);
        QVERIFY(appendAudit(*project, "dropped", "{}").ok());
    }
    QCOMPARE(readAudit(*project, 10)->size(), std::size_t{1});
}

QTEST_APPLESS_MAIN(TestProject)
#include "tst_project.moc"
