#include "core/base/rng.h"
#include "core/project/event_pages.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"
#include "core/project/salvage.h"
#include "tests/support/damaged_file.h"
#include "tests/support/whole_project.h"

#include <QTest>

#include <set>

using namespace perennial;
using test::DamagedFile;

class TestSalvage : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void soundProjectComesOutWhole();
    void oneLostLeafOfEventsLosesNothingElse();
    void lostLeafOfKeysComesFromItsIndex();
    void lostKeysGetPlaceholders();
    void overwrittenHeader();
    void overwrittenSchemaPage();
    void compactedWithoutSchemaPage();
    void lostRootLeavesItsLeaves();
    void damageAnywhereEndsInAReport_data();
    void damageAnywhereEndsInAReport();
    void refusals();
    void lockedFileIsLeftAlone();
    void cancelLeavesNothing();
    void logIsReadWithTheFile();
    void removedRowsStayRemoved();
    void halfAnUnfinishedImportCounts();
    void brokenAuditIsChainedAnew();
    void lostWeightsFailTheirRun();

private:
    std::filesystem::path out() const { return m_file->folder() / "out.perennial"; }
    Result<SalvageReport> salvaged(const std::string &bytes) const;
    std::string withZeroedPage(std::size_t page) const;
    std::size_t pageOf(std::string_view text) const;
    void checkSubset() const;

    std::unique_ptr<DamagedFile> m_file;
    std::set<std::string> m_truth;
};

namespace {

constexpr std::size_t kPage = 4096;

std::string bigEndian(std::int64_t value)
{
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

const SalvagedTable &tableOf(const SalvageReport &report, std::string_view name)
{
    return *std::ranges::find(report.tables, name, &SalvagedTable::name);
}

/// Everything a user can read of the data, a line a row.
std::set<std::string> linesOf(const std::filesystem::path &path)
{
    const auto project = Project::open(path, Project::Access::ReadOnly).value();
    std::set<std::string> lines;
    for (const NamedEvent &event : readEventPage(project, 0, 100'000).value()) {
        std::string line = "event";
        for (const std::string &part :
             {std::to_string(event.id), std::to_string(event.at),
              std::to_string(static_cast<int>(event.kind)), event.user, event.item, event.order,
              event.device, event.place, event.channel, std::to_string(event.quantity),
              std::to_string(event.amount), std::to_string(event.source)}) {
            line += "|" + part;
        }
        lines.insert(line);
    }
    for (const std::int64_t source : {1, 2}) {
        for (const RejectedRow &row : readRejected(project, source, 0, 100'000).value()) {
            lines.insert("rejected|" + std::to_string(row.line) + row.reason + row.raw);
        }
    }
    for (const ItemRecord &item : readItems(project).value()) {
        lines.insert("item|" + item.key + "|" + item.name + "|" + item.category);
    }
    return lines;
}

} // namespace

void TestSalvage::initTestCase()
{
    m_file = std::make_unique<DamagedFile>();
    m_truth = linesOf(m_file->path());
    QVERIFY(m_truth.size() > 4000);
}

Result<SalvageReport> TestSalvage::salvaged(const std::string &bytes) const
{
    for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
        std::filesystem::remove(out().string() + suffix);
    }
    m_file->put(bytes);
    auto report = salvageProject(m_file->path(), out(), Task());
    if (test::readBytes(m_file->path()) != bytes) {
        qFatal("the damaged file was changed");
    }
    return report;
}

std::string TestSalvage::withZeroedPage(std::size_t page) const
{
    std::string bytes = m_file->bytes();
    return bytes.replace((page - 1) * kPage, kPage, std::string(kPage, '\0'));
}

std::size_t TestSalvage::pageOf(std::string_view text) const
{
    return m_file->bytes().find(text) / kPage + 1;
}

/// What came out was in, but for the names of lost keys, and items of which only the key is left.
void TestSalvage::checkSubset() const
{
    for (const std::string &line : linesOf(out())) {
        const bool bare = line.starts_with("item|") && line.ends_with("||");
        const auto whole = m_truth.lower_bound(line.substr(0, line.size() - 1));
        const bool known =
            m_truth.contains(line) ||
            (bare && whole != m_truth.end() && whole->starts_with(line.substr(0, line.size() - 1)));
        QVERIFY2(known || line.find("lost-") != std::string::npos, line.c_str());
    }
}

void TestSalvage::soundProjectComesOutWhole()
{
    const auto report = salvaged(m_file->bytes());
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY(report->sound);
    QVERIFY(report->complete());
    QVERIFY(report->headerReadable && report->schemaReadable && report->freeListReadable);
    QCOMPARE(tableOf(*report, "event").kept, 4000);
    QCOMPARE(*tableOf(*report, "event").expected, 4000);
    auto before = test::contentOf(m_file->path()), after = test::contentOf(out());
    for (const char *table : {"audit", "setting", "seal"}) { // these say what was done
        before.erase(table);
        after.erase(table);
    }
    QVERIFY(before == after);
}

void TestSalvage::oneLostLeafOfEventsLosesNothingElse()
{
    const std::size_t page = pageOf(bigEndian(DamagedFile::kMarkedAmount + 5));
    const auto report = salvaged(withZeroedPage(page));
    QVERIFY(report.ok());
    QVERIFY(report->sound);
    QVERIFY(!report->complete());
    const SalvagedTable &event = tableOf(*report, "event");
    QCOMPARE(event.lostPages, 1);
    QCOMPARE(*event.expected, 4000);
    QVERIFY(event.kept < 4000 && event.kept > 3800);
    for (const SalvagedTable &table : report->tables) {
        QVERIFY2(table.name == "event" || table.lostPages + table.unusable == 0,
                 table.name.c_str());
    }
    checkSubset();
    // All that is gone is events, and the report names their chunk.
    const auto lines = linesOf(out());
    std::vector<std::string> gone;
    std::ranges::set_difference(m_truth, lines, std::back_inserter(gone));
    QCOMPARE(std::ssize(gone), 4000 - event.kept);
    for (const std::string &line : gone) {
        QVERIFY(line.starts_with("event|"));
    }
    QVERIFY(!report->damagedChunks.empty());
    for (const ChunkDamage &chunk : report->damagedChunks) {
        QCOMPARE(chunk.part, std::string("events"));
        QCOMPARE(chunk.sourceName, std::string("second.csv"));
    }
    QCOMPARE(report->restated.size(), std::size_t{1});
    QCOMPARE(report->restated[0].before.stored.rows, 2000);
    QCOMPARE(report->restated[0].after.stored.rows, event.kept - 2000);
    QVERIFY(report->restated[0].after.balanced());
    const auto project = Project::open(out(), Project::Access::ReadWrite);
    QCOMPARE(readCounts(*project)->events, event.kept);
    QVERIFY(verifyProject(*project, Task())->sound());
    QCOMPARE(readAudit(*project, 1)->front().action, std::string("salvage"));
}

void TestSalvage::lostLeafOfKeysComesFromItsIndex()
{
    // The first copy of a key is the table's: its page was made before the index's.
    const auto report = salvaged(withZeroedPage(pageOf("order-700")));
    QVERIFY(report.ok());
    QVERIFY(report->sound);
    QVERIFY(report->placeholders.empty());
    QCOMPARE(tableOf(*report, "order_key").kept, 1334);
    QVERIFY(linesOf(out()) == m_truth);
}

void TestSalvage::lostKeysGetPlaceholders()
{
    std::string bytes = m_file->bytes();
    for (auto at = bytes.find("order-700"); at != std::string::npos; at = bytes.find("order-700")) {
        bytes.replace(at / kPage * kPage, kPage, std::string(kPage, '\0'));
    }
    const auto report = salvaged(bytes);
    QVERIFY(report.ok());
    QVERIFY(report->sound);
    QVERIFY(report->placeholders.at("order_key") > 0);
    QCOMPARE(tableOf(*report, "event").kept, 4000);
    checkSubset();
    const auto project = Project::open(out(), Project::Access::ReadOnly).value();
    QCOMPARE(project.database().integer("SELECT count(*) FROM order_key WHERE key = "
                                        "'lost-' || id"),
             report->placeholders.at("order_key"));
}

void TestSalvage::overwrittenHeader()
{
    std::string bytes = m_file->bytes();
    bytes.replace(0, 100, std::string(100, '\xA5'));
    const auto report = salvaged(bytes);
    QVERIFY(report.ok());
    QVERIFY(report->sound);
    QVERIFY(!report->headerReadable);
    QVERIFY(report->schemaReadable);
    QVERIFY(linesOf(out()) == m_truth);
    QVERIFY(report->damagedChunks.empty());
}

void TestSalvage::overwrittenSchemaPage()
{
    std::string bytes = m_file->bytes();
    bytes.replace(0, kPage, std::string(kPage, '\x5A'));
    const auto report = salvaged(bytes);
    QVERIFY(report.ok());
    QVERIFY(report->sound);
    QVERIFY(!report->headerReadable && !report->schemaReadable);
    QVERIFY(linesOf(out()) == m_truth);
    QVERIFY(report->damagedChunks.empty());
    QCOMPARE(tableOf(*report, "run_weight").kept, 1);
    QCOMPARE(tableOf(*report, "scenario").kept, 1);
}

// Compacting numbers the pages anew.
void TestSalvage::compactedWithoutSchemaPage()
{
    const DamagedFile file;
    {
        Database database(file.path(), Database::Mode::ReadWrite);
        database.execute("VACUUM; PRAGMA journal_mode = DELETE");
    }
    {
        const auto project = Project::open(file.path(), Project::Access::ReadOnly).value();
        QVERIFY(verifyProject(project, Task())->sound());
    }
    std::string bytes = test::readBytes(file.path());
    bytes.replace(0, kPage, std::string(kPage, '\0'));
    const auto report = salvaged(bytes);
    QVERIFY(report.ok() && report->sound);
    QVERIFY(linesOf(out()) == m_truth);
    QVERIFY(report->damagedChunks.empty());
}

// The page that the others hang from is gone; they are told by their rows.
void TestSalvage::lostRootLeavesItsLeaves()
{
    for (const char *table : {"event", "rejected_row", "user"}) {
        m_file->put(m_file->bytes());
        std::int64_t root = 0;
        {
            Database database(m_file->path(), Database::Mode::ReadOnly);
            Statement query(database, "SELECT rootpage FROM sqlite_master WHERE name = ?");
            query.bindAll(table);
            QVERIFY(query.step());
            root = query.integer(0);
        }
        const auto report = salvaged(withZeroedPage(static_cast<std::size_t>(root)));
        QVERIFY2(report.ok() && report->sound, table);
        // A tree without rowids keeps some rows in the page that is gone.
        const std::size_t inRoot = std::string(table) == "rejected_row" ? 3 : 0;
        QVERIFY2(linesOf(out()).size() >= m_truth.size() - inRoot, table);
        checkSubset();
    }
}

void TestSalvage::damageAnywhereEndsInAReport_data()
{
    QTest::addColumn<QString>("damage");
    QTest::addColumn<int>("times");
    QTest::newRow("truncated") << "truncate" << 25;
    QTest::newRow("zeroed pages") << "zero" << 40;
    QTest::newRow("garbage page") << "garbage" << 40;
    QTest::newRow("swapped pages") << "swap" << 25;
    QTest::newRow("many bytes") << "bytes" << 60;
    QTest::newRow("schema bytes") << "schema" << 60;
    QTest::newRow("noise") << "noise" << 10;
}

void TestSalvage::damageAnywhereEndsInAReport()
{
    QFETCH(QString, damage);
    QFETCH(int, times);
    // PERENNIAL_DAMAGES=N tries N times as many.
    const int more = std::max(qEnvironmentVariableIntValue("PERENNIAL_DAMAGES"), 1);
    Rng rng(6 + static_cast<std::uint64_t>(more));
    const auto size = static_cast<std::uint32_t>(m_file->bytes().size());
    const auto noise = [&rng](std::string &bytes, std::size_t at, std::size_t length) {
        for (std::size_t k = at; k < std::min(at + length, bytes.size()); ++k) {
            bytes[k] = static_cast<char>(rng.below(256));
        }
    };
    for (int k = 0; k < times * more; ++k) {
        std::string bytes = m_file->bytes();
        const std::size_t page = rng.below(size / kPage) * kPage;
        if (damage == "truncate") {
            bytes.resize(1 + rng.below(size));
        } else if (damage == "zero") {
            for (int zeroed = 0; zeroed < 1 + k % 4; ++zeroed) {
                bytes.replace(rng.below(size / kPage) * kPage, kPage, std::string(kPage, '\0'));
            }
        } else if (damage == "garbage") {
            noise(bytes, page, kPage);
        } else if (damage == "swap") {
            const std::size_t other = rng.below(size / kPage) * kPage;
            const std::string first = bytes.substr(page, kPage);
            bytes.replace(page, kPage, bytes, other, kPage);
            bytes.replace(other, kPage, first);
        } else if (damage == "noise") {
            noise(bytes, 0, size);
        } else {
            for (int flipped = 0; flipped < 20; ++flipped) {
                bytes[rng.below(damage == "schema" ? 8192 : size)] =
                    static_cast<char>(rng.below(256));
            }
        }
        const auto report = salvaged(bytes);
        if (!report) {
            QVERIFY2(report.error().code == ErrorCode::NotAProject ||
                         report.error().code == ErrorCode::NewerVersion,
                     (std::to_string(k) + " " + report.error().detail).c_str());
            QVERIFY(!std::filesystem::exists(out()));
            continue;
        }
        const auto project = Project::open(out(), Project::Access::ReadOnly).value();
        const std::string failures = test::ProjectReading(project).failures();
        QVERIFY2(report->sound && failures.empty(), (std::to_string(k) + " " + failures).c_str());
        if (damage != "bytes" && damage != "schema") { // those change values within whole rows
            checkSubset();
        }
    }
}

void TestSalvage::refusals()
{
    m_file->put(m_file->bytes());
    const auto code = [&](const std::filesystem::path &from, const std::filesystem::path &to) {
        const auto report = salvageProject(from, to, Task());
        return report ? ErrorCode::Internal : report.error().code;
    };
    const auto folder = m_file->folder();
    QCOMPARE(code(folder / "none.perennial", folder / "x.perennial"), ErrorCode::FileMissing);
    QCOMPARE(code(folder, folder / "x.perennial"), ErrorCode::IsDirectory);
    QCOMPARE(code(m_file->path(), m_file->path()), ErrorCode::AlreadyExists);
    QCOMPARE(code(m_file->path(), folder / "no" / "x.perennial"), ErrorCode::NotWritable);
    test::writeBytes(folder / "empty.perennial", "");
    QCOMPARE(code(folder / "empty.perennial", folder / "x.perennial"), ErrorCode::EmptyFile);
    {
        Database other(folder / "other.db", Database::Mode::ReadWriteCreate);
        other.execute("CREATE TABLE t(x); INSERT INTO t VALUES (1)");
    }
    QCOMPARE(code(folder / "other.db", folder / "x.perennial"), ErrorCode::NotAProject);
    {
        Database newer(m_file->path(), Database::Mode::ReadWrite);
        newer.execute("PRAGMA user_version = 99");
    }
    {
        const auto report = salvageProject(m_file->path(), folder / "v.perennial", Task());
        QVERIFY(report.ok() && report->complete()); // the number alone is a broken byte
        Database newer(m_file->path(), Database::Mode::ReadWrite);
        newer.execute("CREATE TABLE invention(x)");
    }
    QCOMPARE(code(m_file->path(), folder / "x.perennial"), ErrorCode::NewerVersion);
    QVERIFY(!std::filesystem::exists(folder / "x.perennial"));
}

void TestSalvage::lockedFileIsLeftAlone()
{
    m_file->put(m_file->bytes());
    const auto writer = Project::open(m_file->path(), Project::Access::ReadWrite);
    const auto report = salvageProject(m_file->path(), m_file->folder() / "y.perennial", Task());
    QVERIFY(!report.ok());
    QCOMPARE(report.error().code, ErrorCode::Locked);
}

void TestSalvage::cancelLeavesNothing()
{
    m_file->put(m_file->bytes());
    const auto to = m_file->folder() / "z.perennial";
    for (const double when : {-1.0, 0.3, 0.65}) {
        std::stop_source stop;
        const Task task(stop.get_token(), [&](double fraction, std::string_view) {
            if (fraction > when) {
                stop.request_stop();
            }
        });
        const auto report = salvageProject(m_file->path(), to, task);
        QVERIFY(!report.ok());
        QCOMPARE(report.error().code, ErrorCode::Cancelled);
        for (const char *suffix : {"", ".salvage", ".salvage-wal", ".salvage.lock"}) {
            QVERIFY(!std::filesystem::exists(to.string() + suffix));
        }
    }
}

// A killed program leaves a log with what it had committed, and perhaps the start of more.
void TestSalvage::logIsReadWithTheFile()
{
    m_file->put(m_file->bytes());
    const auto copy = m_file->folder() / "logged.perennial";
    {
        auto project = Project::open(m_file->path(), Project::Access::ReadWrite).value();
        Database &database = project.database();
        database.execute("PRAGMA wal_autocheckpoint = 0");
        ScenarioRecord scenario;
        scenario.name = "in the log";
        QVERIFY(saveScenario(project, scenario).ok());
        test::writeBytes(copy, test::readBytes(m_file->path()));
        const std::string log = test::readBytes(m_file->path().string() + "-wal");
        QVERIFY(log.size() > kPage);
        test::writeBytes(copy.string() + "-wal", log + std::string(3000, '\x11'));
    }
    const std::string before = test::readBytes(copy);
    const auto report = salvageProject(copy, m_file->folder() / "unlogged.perennial", Task());
    QVERIFY(report.ok());
    QVERIFY(report->sound && report->logFrames > 0);
    QCOMPARE(tableOf(*report, "scenario").kept, 2);
    QVERIFY(test::readBytes(copy) == before);
}

// Unused pages still hold what was taken out; it must not come back, with or without their list.
void TestSalvage::removedRowsStayRemoved()
{
    const DamagedFile file;
    {
        auto project = Project::open(file.path(), Project::Access::ReadWrite).value();
        QVERIFY(removeSource(project, 2).ok());
    }
    for (const bool headerToo : {false, true}) {
        std::string bytes = test::readBytes(file.path());
        if (headerToo) {
            bytes.replace(0, 100, std::string(100, '\0'));
        }
        // An event's page is broken, so that unused pages are looked at.
        const std::size_t at = bytes.find(bigEndian(DamagedFile::kMarkedAmount + 1)) / kPage;
        bytes.replace(at * kPage, kPage, std::string(kPage, '\0'));
        const auto report = salvaged(bytes);
        QVERIFY(report.ok() && report->sound);
        const auto project = Project::open(out(), Project::Access::ReadOnly).value();
        QCOMPARE(project.database().integer("SELECT count(*) FROM event WHERE source_id = 2"), 0);
        QVERIFY(project.database().integer("SELECT max(id) FROM event") <= 2000);
    }
}

void TestSalvage::halfAnUnfinishedImportCounts()
{
    const DamagedFile file;
    {
        Database database(file.path(), Database::Mode::ReadWrite);
        database.execute("UPDATE source SET state = 0 WHERE id = 2; PRAGMA journal_mode = DELETE");
    }
    const std::string unfinished = test::readBytes(file.path());
    // Nothing of it is lost: it can still be taken up.
    QVERIFY(salvaged(unfinished)->restated.empty());
    QVERIFY(readSources(Project::open(out(), Project::Access::ReadOnly).value())->at(1).state ==
            SourceState::Running);
    std::string bytes = unfinished;
    const std::size_t at = bytes.find(bigEndian(DamagedFile::kMarkedAmount + 5)) / kPage;
    bytes.replace(at * kPage, kPage, std::string(kPage, '\0'));
    const auto report = salvaged(bytes);
    QVERIFY(report->sound);
    QVERIFY(report->restated.at(0).wasUnfinished);
    const auto project = Project::open(out(), Project::Access::ReadOnly).value();
    QVERIFY(readCounts(project)->events > 3800);
}

void TestSalvage::brokenAuditIsChainedAnew()
{
    const DamagedFile file;
    {
        Database database(file.path(), Database::Mode::ReadWrite);
        database.execute("UPDATE audit SET detail = '{\"x\":1}' WHERE id = 2;"
                         "PRAGMA journal_mode = DELETE");
    }
    const auto report = salvaged(test::readBytes(file.path()));
    QVERIFY(report.ok() && report->sound);
    QVERIFY(report->rechainedAudit > 0);
    QVERIFY(!report->complete());
}

void TestSalvage::lostWeightsFailTheirRun()
{
    std::string bytes = m_file->bytes();
    const auto at = bytes.find(std::string(4000, '\7'));
    QVERIFY(at != std::string::npos);
    bytes[at + 2000] = '\0';
    const auto report = salvaged(bytes);
    QVERIFY(report.ok() && report->sound);
    QCOMPARE(report->dropped.at("run_weight"), 1);
    const auto project = Project::open(out(), Project::Access::ReadOnly).value();
    QVERIFY(readRuns(project)->front().state == RunState::Failed);
    QVERIFY(linesOf(out()) == m_truth);
}

QTEST_APPLESS_MAIN(TestSalvage)
#include "tst_salvage.moc"
