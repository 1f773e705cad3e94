#include "core/base/rng.h"
#include "core/project/recovery.h"
#include "tests/support/damaged_file.h"

#include <QTest>

using namespace perennial;
using test::DamagedFile;

class TestRecovery : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void silentDamageNamesItsChunk_data();
    void silentDamageNamesItsChunk();
    void silentDamageBesideChunksIsFound_data();
    void silentDamageBesideChunksIsFound();
    void anyFlippedByteIsFoundOrChangesNothing();
    void brokenPageNamesItsChunks();
    void chunksWithoutHashesAreSaid();
    void erasureIsHashedAnewAndHidesNothing();
    void removedSourceLeavesOthersCovered();
    void setAsideEventsAreCovered();
    void newEventsNeverTakeSetAsideIds();
    void writesOfEveryKindKeepTheSeals();
};

namespace {

/// Replaces every occurrence. @return how many there were.
int replaceAll(std::string &bytes, std::string_view from, std::string_view to)
{
    int count = 0;
    for (auto at = bytes.find(from); at != std::string::npos; at = bytes.find(from, at + 1)) {
        bytes.replace(at, from.size(), to);
        ++count;
    }
    return count;
}

std::string bigEndian(std::int64_t value)
{
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

const VerifyFinding *findingOf(const VerifyReport &report, std::string_view code)
{
    for (const VerifyFinding &finding : report.findings) {
        if (finding.code == code) {
            return &finding;
        }
    }
    return nullptr;
}

Result<VerifyReport> verified(const DamagedFile &file)
{
    const auto project = Project::open(file.path(), Project::Access::ReadOnly);
    return project ? verifyProject(*project, Task()) : project.error();
}

Project writable(const DamagedFile &file)
{
    return Project::open(file.path(), Project::Access::ReadWrite).value();
}

} // namespace

void TestRecovery::silentDamageNamesItsChunk_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<int>("copies"); // a column that is in an index is there once more
    QTest::addColumn<int>("source");
    QTest::addColumn<int>("chunk");
    QTest::addColumn<QString>("part");
    const auto number = [](std::int64_t value) {
        return QByteArray::fromStdString(bigEndian(value));
    };
    QTest::newRow("amount") << number(DamagedFile::kMarkedAmount + 1)
                            << number(DamagedFile::kMarkedAmount + 0x1001) << 1 << 1 << 2
                            << "events";
    QTest::newRow("amount in the second file")
        << number(DamagedFile::kMarkedAmount + 7) << number(DamagedFile::kMarkedAmount + 0x1007)
        << 1 << 2 << 4 << "events";
    QTest::newRow("timestamp") << number(DamagedFile::kMarkedTime + 2)
                               << number(DamagedFile::kMarkedTime + 9) << 2 << 1 << 3 << "events";
    QTest::newRow("order's key") << QByteArray("order-300") << QByteArray("order-30!") << 2 << 1
                                 << 2 << "order_key";
    QTest::newRow("user's key") << QByteArray("customer-480") << QByteArray("customer-48!") << 2
                                << 1 << 2 << "user";
    QTest::newRow("rejected row") << QByteArray("rejected text 45")
                                  << QByteArray("rejected fact 45") << 1 << 1 << 3 << "rejected";
    QTest::newRow("log") << QByteArray("bytes of 5") << QByteArray("bytes of 8") << 1 << 2 << 2
                         << "events";
}

void TestRecovery::silentDamageNamesItsChunk()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(int, copies);
    QFETCH(int, source);
    QFETCH(int, chunk);
    QFETCH(QString, part);
    const DamagedFile file;
    QVERIFY(verified(file)->sound());
    std::string bytes = file.bytes();
    QCOMPARE(replaceAll(bytes, from.toStdString(), to.toStdString()), copies);
    file.put(bytes);
    const auto report = verified(file);
    QVERIFY(report.ok());
    QVERIFY(!report->sound());
    QVERIFY(findingOf(*report, "integrity")->level == VerifyFinding::Level::Ok);
    const VerifyFinding *finding = findingOf(*report, "chunks");
    QVERIFY(finding != nullptr && finding->chunk.has_value());
    QCOMPARE(QString::fromStdString(finding->chunk->part), part);
    QCOMPARE(finding->chunk->source, source);
    QCOMPARE(finding->chunk->number, chunk);
    QCOMPARE(finding->chunk->sourceName, source == 1 ? "first.csv" : "second.csv");
    QCOMPARE(finding->chunk->firstLine, (chunk - 1) * 520 + 1);
    QCOMPARE(finding->chunk->lastLine, chunk * 520);
    QCOMPARE(finding->chunk->firstByte, (chunk - 1) * 40'000);
    QCOMPARE(finding->chunk->lastByte, chunk * 40'000);
    QCOMPARE(
        std::ranges::count_if(report->findings, [](const auto &f) { return f.chunk.has_value(); }),
        1);
}

void TestRecovery::silentDamageBesideChunksIsFound_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QByteArray>("code");
    QTest::addColumn<QByteArray>("detail");
    QTest::newRow("item's name") << QByteArray("name of 33") << QByteArray("nane of 33")
                                 << QByteArray("seals") << QByteArray("item");
    QTest::newRow("setting") << QByteArray("\"users_with_purchase\":")
                             << QByteArray("\"users_with_purchase\"\t") << QByteArray("seals")
                             << QByteArray("setting");
    QTest::newRow("source") << QByteArray("second.csvsecond.csv")
                            << QByteArray("secend.csvsecond.csv") << QByteArray("seals")
                            << QByteArray("source");
    QTest::newRow("tensor") << QByteArray(40, '\7') << QByteArray(39, '\7') + '\6'
                            << QByteArray("weights") << QByteArray("1: embedding");
    QTest::newRow("schema") << QByteArray("mean_order_value REAL")
                            << QByteArray("mean_order_valve REAL") << QByteArray("schema")
                            << QByteArray("truth_user");
}

void TestRecovery::silentDamageBesideChunksIsFound()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, to);
    QFETCH(QByteArray, code);
    QFETCH(QByteArray, detail);
    const DamagedFile file;
    std::string bytes = file.bytes();
    const auto at = bytes.find(from.toStdString());
    QVERIFY(at != std::string::npos);
    bytes.replace(at, static_cast<std::size_t>(from.size()), to.toStdString());
    file.put(bytes);
    const auto report = verified(file);
    QVERIFY(report.ok());
    QVERIFY(findingOf(*report, "integrity")->level == VerifyFinding::Level::Ok);
    const VerifyFinding *finding = findingOf(*report, code.toStdString());
    QVERIFY(finding != nullptr && finding->level == VerifyFinding::Level::Damage);
    QCOMPARE(QByteArray::fromStdString(finding->detail), detail);
}

// Wherever a byte flips, either it is found or what the file says is what it said.
void TestRecovery::anyFlippedByteIsFoundOrChangesNothing()
{
    const DamagedFile file;
    const auto truth = test::contentOf(file.path());
    // PERENNIAL_FLIPS=N tries more than a test run has time for.
    const int asked = qEnvironmentVariableIntValue("PERENNIAL_FLIPS");
    const int flips = asked > 0 ? asked : 400;
    Rng rng(20 + static_cast<std::uint64_t>(asked));
    int found = 0;
    for (int k = 0; k < flips; ++k) {
        std::string bytes = file.bytes();
        // A third in the header and the schema, where little bytes decide much.
        const auto reach = static_cast<std::uint32_t>(k % 3 == 0 ? 16'384 : bytes.size());
        const std::size_t at = rng.below(reach);
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1 + rng.below(255)));
        file.put(bytes);
        const auto report = verified(file);
        if (!report || !report->sound()) {
            ++found;
            continue;
        }
        try {
            for (const auto &[table, hash] : test::contentOf(file.path())) {
                QVERIFY2(truth.at(table) == hash, (table + " " + std::to_string(at)).c_str());
            }
        } catch (const SqlFailure &failure) {
            QFAIL((std::to_string(at) + ": " + failure.what()).c_str());
        }
    }
    QVERIFY2(found > flips / 3, std::to_string(found).c_str());
}

// A page that SQLite itself refuses: still said which lines it held.
void TestRecovery::brokenPageNamesItsChunks()
{
    const DamagedFile file;
    std::string bytes = file.bytes();
    const auto at = bytes.find(bigEndian(DamagedFile::kMarkedAmount + 5));
    QVERIFY(at != std::string::npos);
    std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at / 4096 * 4096), 4096, '\0');
    file.put(bytes);
    const auto report = verified(file);
    QVERIFY2(report.ok(), report ? "" : report.error().detail.c_str());
    QVERIFY(findingOf(*report, "integrity")->level == VerifyFinding::Level::Damage);
    QVERIFY(std::ranges::any_of(report->findings, [](const VerifyFinding &finding) {
        return finding.chunk && finding.chunk->source == 2 && finding.chunk->number == 2 &&
               finding.chunk->part == "events";
    }));
}

void TestRecovery::chunksWithoutHashesAreSaid()
{
    const DamagedFile file;
    {
        auto project = writable(file);
        project.database().execute("UPDATE import_chunk SET rows_hash = '' WHERE source_id = 1");
    }
    const auto report = verified(file);
    QVERIFY(report->sound());
    QCOMPARE(findingOf(*report, "uncovered_chunks")->detail, std::string("4"));
    QVERIFY(findingOf(*report, "uncovered_chunks")->level == VerifyFinding::Level::Warning);
}

void TestRecovery::erasureIsHashedAnewAndHidesNothing()
{
    const DamagedFile file;
    auto project = writable(file);
    Database &database = project.database();
    // Damage in the last chunk; after it the rows of a user are erased.
    database.execute("UPDATE event SET quantity = quantity + 1 WHERE id = 3900");
    const auto sound = soundChunks(project, Task());
    QCOMPARE(sound->size(), std::size_t{7});
    {
        Transaction transaction(database);
        database.execute("DELETE FROM event WHERE user_id = 5; DELETE FROM user WHERE id = 5;"
                         "DELETE FROM rejected_row WHERE source_id = 2 AND number = 3;");
        QVERIFY(!soundChunks(project, Task())->empty());
        QVERIFY(soundChunks(project, Task())->size() < 7);
        QVERIFY(rehashChunks(project, *sound).ok());
        transaction.commit();
    }
    const auto check = checkChunks(project, Task());
    QCOMPARE(check->damage.size(), std::size_t{1});
    QCOMPARE(check->damage[0].source, 2);
    QCOMPARE(check->damage[0].number, 4);
}

void TestRecovery::removedSourceLeavesOthersCovered()
{
    test::ProjectFixture fixture;
    const std::int64_t first = fixture.add(
        {{"a", "x", EventKind::View, 100, 0, ""}, {"b", "y", EventKind::View, 200, 0, ""}});
    // What the second source knows without an event is still its own.
    const std::int64_t second = *beginSource(fixture.project(), {});
    auto writer = EventWriter::open(fixture.project(), second);
    QVERIFY(writer->begin().ok());
    QVERIFY(writer->code(Dictionary::Item, "never bought").ok());
    EventRow row;
    row.user = *writer->code(Dictionary::User, "a");
    QVERIFY(writer->add(row).ok());
    ImportChunk chunk;
    chunk.totals.read.rows = chunk.totals.stored.rows = 1;
    QVERIFY(logChunk(fixture.project(), second, chunk).ok());
    QVERIFY(writer->commit().ok());
    QVERIFY(finishSource(fixture.project(), second).ok());
    QVERIFY(removeSource(fixture.project(), first).ok());
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
    Database &database = fixture.project().database();
    QCOMPARE(database.integer("SELECT count(*) FROM item"), 1);
    QCOMPARE(database.integer("SELECT count(*) FROM user"), 1);
}

void TestRecovery::setAsideEventsAreCovered()
{
    const DamagedFile file;
    auto project = writable(file);
    Database &database = project.database();
    database.execute("INSERT INTO set_aside_event SELECT *, 2 FROM event WHERE id % 7 = 0;"
                     "DELETE FROM event WHERE id % 7 = 0;"
                     "INSERT INTO event_offer VALUES (15, 1, 1)");
    // An offer that no chunk wrote is one row too many.
    QCOMPARE(checkChunks(project, Task())->damage.size(), std::size_t{1});
    database.execute("DELETE FROM event_offer");
    QCOMPARE(checkChunks(project, Task())->damage.size(), std::size_t{0});
    database.execute("UPDATE set_aside_event SET amount = amount + 1 WHERE id = 700");
    const auto check = checkChunks(project, Task());
    QCOMPARE(check->damage.size(), std::size_t{1});
    QCOMPARE(check->damage[0].number, 2);
}

void TestRecovery::newEventsNeverTakeSetAsideIds()
{
    test::ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::View, 100, 0, ""}, {"a", "x", EventKind::View, 200, 0, ""}});
    Database &database = fixture.project().database();
    database.execute("INSERT INTO set_aside_event SELECT *, 2 FROM event WHERE id = 2;"
                     "DELETE FROM event WHERE id = 2");
    fixture.add({{"b", "x", EventKind::View, 300, 0, ""}});
    QCOMPARE(database.integer("SELECT max(id) FROM event"), 3);
    QVERIFY(checkChunks(fixture.project(), Task())->damage.empty());
}

// In a transaction, alone, by a cascade, of several statements: the seal follows.
void TestRecovery::writesOfEveryKindKeepTheSeals()
{
    const DamagedFile file;
    {
        auto project = writable(file);
        Database &database = project.database();
        Statement alone(database, "UPDATE model_run SET device = 'cuda:0'");
        alone.run();
        database.execute("UPDATE scenario SET outcome = '[]';"
                         "DELETE FROM setting WHERE key <> 'audit_head'");
        Statement rolledBack(database, "DELETE FROM scenario");
        {
            Transaction transaction(database);
            rolledBack.run();
        }
        Transaction transaction(database);
        database.execute("DELETE FROM model_run");
        transaction.commit();
        QCOMPARE(database.integer("SELECT count(*) FROM run_epoch"), 0);
    }
    const auto report = verified(file);
    QVERIFY2(report->sound(), report->findings.back().code.c_str());
}

QTEST_APPLESS_MAIN(TestRecovery)
#include "tst_recovery.moc"
