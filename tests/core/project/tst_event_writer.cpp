#include "core/project/database.h"
#include "core/project/event_store.h"
#include "core/project/recovery.h"
#include "tests/support/project_fixture.h"

#include <QTest>

using namespace perennial;
using test::ProjectFixture;

namespace {

/// One writer into one source, which logs what it commits.
class Load {
public:
    explicit Load(Project &project)
        : m_project(project), m_source(*beginSource(project, {})),
          m_writer(*EventWriter::open(project, m_source))
    {
    }

    EventWriter &writer() { return m_writer; }

    /// Adds events of as many users by turns; every third has an offer. @return the first failure.
    Status add(int count, int users = 50)
    {
        for (int k = 0; k < count; ++k) {
            if (const Status added = addOne(m_added++, users); !added) {
                return added;
            }
        }
        return Done{};
    }

    Status commit()
    {
        ImportChunk chunk;
        chunk.totals.read.rows = chunk.totals.stored.rows = m_added;
        chunk.committedLines = chunk.committedBytes = m_added;
        const Status logged = m_writer.log(chunk);
        return logged ? m_writer.commit() : logged;
    }

    /// Back to as many events as stay.
    void forget(int left) { m_added = left; }

    Status finish()
    {
        const Status indexed = buildEventIndexes(m_project);
        return indexed ? finishSource(m_project, m_source) : indexed;
    }

private:
    Status addOne(int k, int users)
    {
        EventRow row;
        const auto user = m_writer.code(Dictionary::User, "u" + std::to_string(k % users));
        const auto item = m_writer.code(Dictionary::Item, "i" + std::to_string(k % 7));
        if (!user || !item) {
            return user ? item.error() : user.error();
        }
        row.user = *user;
        row.item = *item;
        row.kind = EventKind::View;
        row.at = k;
        if (k % 3 == 0) {
            row.campaign = *m_writer.code(Dictionary::Campaign, "c" + std::to_string(k % 5));
            row.coupon = k % 2 == 0 ? *m_writer.code(Dictionary::Coupon, "p") : 0;
        }
        return m_writer.add(row);
    }

    Project &m_project;
    std::int64_t m_source;
    EventWriter m_writer;
    int m_added = 0;
};

std::int64_t number(ProjectFixture &fixture, const std::string &sql)
{
    return fixture.project().database().integer("SELECT " + sql);
}

std::int64_t count(ProjectFixture &fixture, const std::string &table)
{
    return number(fixture, "count(*) FROM " + table);
}

/// Events whose number, offer or user is not that of the row that was added.
std::int64_t strayEvents(ProjectFixture &fixture, std::int64_t firstId, int users)
{
    return number(
        fixture,
        "count(*) FROM event e LEFT JOIN event_offer o ON o.event_id = e.id JOIN user u ON "
        "u.id = e.user_id LEFT JOIN campaign c ON c.id = o.campaign_id WHERE e.id <> e.at + " +
            std::to_string(firstId) + " OR u.key <> 'u' || (e.at % " + std::to_string(users) +
            ") OR (o.event_id IS NULL) <> (e.at % 3 <> 0) OR (e.at % 3 = 0 AND (c.key <> 'c' || "
            "(e.at % 5) OR (o.coupon_id <> 0) <> (e.at % 2 = 0)))");
}

void allowPages(ProjectFixture &fixture, std::int64_t more)
{
    Database &database = fixture.project().database();
    const std::int64_t pages = more < 0 ? 1'000'000'000 : database.integer("PRAGMA page_count");
    database.execute("PRAGMA max_page_count = " + std::to_string(pages + std::max(more, {})));
}

} // namespace

class TestEventWriter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manyHandOnsInAChunk_data();
    void manyHandOnsInAChunk();
    void rolledBackAfterHandOnsNothingStays();
    void destroyedAfterHandOnsNothingStays();
    void aFullDiskIsTold_data();
    void aFullDiskIsTold();
    void aFailureStaysUntilTheRollback();
    void describedBetweenHandOns();
    void anOddIdLeavesNoChunkOpen();
    void anIdThatIsSetAsideIsNotGivenOut();
    void twoWritersByTurns();
    void keysOfAnotherWriterAreNoneOfIts();
};

// 4096 events are handed on at once: just below, at and past that, and several times over.
void TestEventWriter::manyHandOnsInAChunk_data()
{
    QTest::addColumn<int>("events");
    for (const int events : {0, 1, 4095, 4096, 4097, 8192, 20'001}) {
        QTest::addRow("%d", events) << events;
    }
}

void TestEventWriter::manyHandOnsInAChunk()
{
    QFETCH(int, events);
    ProjectFixture fixture;
    {
        Load load(fixture.project());
        for (int chunk = 0; chunk < 2; ++chunk) {
            QVERIFY(load.writer().begin().ok());
            QVERIFY(load.add(events).ok());
            QVERIFY(load.commit().ok());
        }
        QVERIFY(load.finish().ok());
    }
    QCOMPARE(count(fixture, "event"), 2 * events);
    QCOMPARE(count(fixture, "event_offer"), (2 * events + 2) / 3);
    QCOMPARE(number(fixture, "coalesce(max(id), 0) FROM event"), 2 * events);
    QCOMPARE(strayEvents(fixture, 1, 50), 0);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestEventWriter::rolledBackAfterHandOnsNothingStays()
{
    ProjectFixture fixture;
    Load load(fixture.project());
    QVERIFY(load.writer().begin().ok());
    QVERIFY(load.add(5000).ok());
    QVERIFY(load.commit().ok());
    for (const int lost : {1, 4096, 13'000}) {
        QVERIFY(load.writer().begin().ok());
        QVERIFY(load.add(lost, 9000).ok()); // also of new users
        QVERIFY(load.writer().rollback().ok());
        load.forget(5000);
        QVERIFY(!fixture.project().database().inTransaction());
        QCOMPARE(count(fixture, "event"), 5000);
        QCOMPARE(count(fixture, "event_offer"), 1667);
        QCOMPARE(count(fixture, "user"), 50);
    }
    // Ids of events and keys go on where they had been, and what is committed is not rolled back.
    QVERIFY(load.writer().begin().ok());
    QCOMPARE(*load.writer().code(Dictionary::User, "next"), 51);
    QVERIFY(load.add(4500).ok());
    QVERIFY(load.commit().ok());
    QVERIFY(load.writer().rollback().ok());
    QVERIFY(load.writer().begin().ok());
    QCOMPARE(*load.writer().code(Dictionary::User, "next"), 51);
    QVERIFY(load.add(4500).ok());
    QVERIFY(load.commit().ok());
    QVERIFY(load.finish().ok());
    QCOMPARE(count(fixture, "event"), 14'000);
    QCOMPARE(strayEvents(fixture, 1, 50), 0);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestEventWriter::destroyedAfterHandOnsNothingStays()
{
    ProjectFixture fixture;
    for (const int events : {100, 4096, 30'000}) {
        Load load(fixture.project());
        QVERIFY(load.writer().begin().ok());
        QVERIFY(load.add(events).ok());
    }
    QVERIFY(!fixture.project().database().inTransaction());
    for (const char *table : {"event", "event_offer", "user", "item", "campaign", "coupon"}) {
        QVERIFY2(count(fixture, table) == 0, table);
    }
}

void TestEventWriter::aFullDiskIsTold_data()
{
    QTest::addColumn<int>("events");
    QTest::newRow("by commit") << 3000;
    QTest::newRow("by commit, handed on before") << 4096;
    QTest::newRow("before") << 500'000;
}

void TestEventWriter::aFullDiskIsTold()
{
    QFETCH(int, events);
    ProjectFixture fixture;
    Load load(fixture.project());
    QVERIFY(load.writer().begin().ok());
    QVERIFY(load.add(300).ok());
    QVERIFY(load.commit().ok());
    allowPages(fixture, 3);
    QVERIFY(load.writer().begin().ok());
    Status told = load.add(events, 90);
    const bool early = !told;
    QCOMPARE(early, events > 100'000);
    if (told) {
        told = load.commit();
    }
    QVERIFY(!told);
    QCOMPARE(told.error().code, ErrorCode::DiskFull);
    if (early) { // as whoever gets an error does; a commit that fails has done so
        QVERIFY(load.writer().rollback().ok());
    }
    QVERIFY(load.writer().rollback().ok());
    QVERIFY(!fixture.project().database().inTransaction());
    allowPages(fixture, -1);
    QCOMPARE(count(fixture, "event"), 300);
    QCOMPARE(count(fixture, "event_offer"), 100);
    QCOMPARE(count(fixture, "user"), 50);
    QCOMPARE(count(fixture, "import_chunk"), 1);
    // With room again it goes on.
    load.forget(300);
    QVERIFY(load.writer().begin().ok());
    QVERIFY(load.add(6000).ok());
    QVERIFY(load.commit().ok());
    QVERIFY(load.finish().ok());
    QCOMPARE(count(fixture, "event"), 6300);
    QCOMPARE(strayEvents(fixture, 1, 50), 0);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

// A chunk must not be committed with a hole where a batch could not be written.
void TestEventWriter::aFailureStaysUntilTheRollback()
{
    ProjectFixture fixture;
    Load load(fixture.project());
    QVERIFY(load.writer().begin().ok());
    allowPages(fixture, 3);
    QVERIFY(!load.add(500'000));
    allowPages(fixture, -1);
    EventRow row;
    row.user = 1;
    for (int k = 0; k < 5000; ++k) {
        static_cast<void>(load.writer().add(row));
    }
    const Status described = load.writer().describeUser(1, {});
    QVERIFY(!described && described.error().code == ErrorCode::DiskFull);
    const Status committed = load.writer().commit();
    QVERIFY(!committed && committed.error().code == ErrorCode::DiskFull);
    QCOMPARE(count(fixture, "event"), 0);
    QCOMPARE(count(fixture, "user"), 0);
    QVERIFY(load.writer().begin().ok()); // commit has rolled back
    load.forget(0);
    QVERIFY(load.add(10).ok());
    QVERIFY(load.writer().commit().ok());
    QCOMPARE(count(fixture, "event"), 10);
}

void TestEventWriter::describedBetweenHandOns()
{
    ProjectFixture fixture;
    Load load(fixture.project());
    QVERIFY(load.writer().begin().ok());
    for (int k = 0; k < 12; ++k) {
        QVERIFY(load.add(1000).ok());
        const std::string key = "i" + std::to_string(k % 7);
        const auto item = load.writer().code(Dictionary::Item, key);
        ItemAttributes attributes;
        const std::string name = "name of " + key;
        attributes.name = name;
        QVERIFY(load.writer().describeItem(*item, attributes).ok());
    }
    QVERIFY(load.commit().ok());
    QVERIFY(load.finish().ok());
    QCOMPARE(strayEvents(fixture, 1, 50), 0);
    QCOMPARE(count(fixture, "item WHERE name = 'name of ' || key"), 7);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

void TestEventWriter::anOddIdLeavesNoChunkOpen()
{
    ProjectFixture fixture;
    fixture.add({{"a", "x", EventKind::View, 1, 0, ""}});
    fixture.project().database().execute("UPDATE event SET id = 1 << 60");
    Load load(fixture.project());
    const Status begun = load.writer().begin();
    QVERIFY(!begun);
    QCOMPARE(begun.error().code, ErrorCode::Damaged);
    QVERIFY(!fixture.project().database().inTransaction());
}

void TestEventWriter::anIdThatIsSetAsideIsNotGivenOut()
{
    ProjectFixture fixture;
    Load load(fixture.project());
    QVERIFY(load.writer().begin().ok());
    QVERIFY(load.add(10).ok());
    QVERIFY(load.commit().ok());
    fixture.project().database().execute(
        "INSERT INTO set_aside_event SELECT *, 2 FROM event WHERE id > 7; "
        "DELETE FROM event WHERE id > 7");
    QVERIFY(load.writer().begin().ok());
    QVERIFY(load.add(5000).ok());
    QVERIFY(load.commit().ok());
    QCOMPARE(count(fixture, "event WHERE id IN (SELECT id FROM set_aside_event)"), 0);
    QCOMPARE(number(fixture, "max(id) FROM event"), 5010);
    QCOMPARE(strayEvents(fixture, 1, 50), 0);
}

void TestEventWriter::twoWritersByTurns()
{
    ProjectFixture fixture;
    {
        Load first(fixture.project());
        QVERIFY(first.writer().begin().ok());
        QVERIFY(first.add(5000).ok());
        QVERIFY(first.commit().ok());
        Load second(fixture.project()); // while the first is there
        QVERIFY(second.writer().begin().ok());
        QVERIFY(second.add(4500).ok());
        QVERIFY(second.commit().ok());
        QVERIFY(first.writer().begin().ok());
        QVERIFY(first.add(4500).ok());
        QVERIFY(first.commit().ok());
        QVERIFY(first.finish().ok());
        QVERIFY(second.finish().ok());
    }
    QCOMPARE(count(fixture, "event"), 14'000);
    QCOMPARE(count(fixture, "event WHERE source_id = 2 AND id BETWEEN 5001 AND 9500"), 4500);
    QCOMPARE(count(fixture, "user"), 50);
    QCOMPARE(count(fixture, "event_offer"), 1667 + 1500 + 1500);
    QVERIFY(verifyProject(fixture.project(), Task())->sound());
}

// A writer knows the keys that were there when it was opened, and its own.
void TestEventWriter::keysOfAnotherWriterAreNoneOfIts()
{
    ProjectFixture fixture;
    Load first(fixture.project());
    Load second(fixture.project());
    QVERIFY(first.writer().begin().ok());
    QVERIFY(first.add(10).ok());
    QVERIFY(first.commit().ok());
    QVERIFY(second.writer().begin().ok());
    QVERIFY(second.add(10, 3).ok());
    QVERIFY(!second.commit()); // rather than events of somebody else
    QCOMPARE(count(fixture, "event"), 10);
    QCOMPARE(count(fixture, "user"), 10);
}

QTEST_APPLESS_MAIN(TestEventWriter)
#include "tst_event_writer.moc"
