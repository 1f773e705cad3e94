#include "core/project/attribute_store.h"
#include "core/project/database.h"
#include "core/project/entity_writer.h"
#include "core/project/event_pages.h"
#include "core/project/event_store.h"
#include "core/project/import_store.h"
#include "core/project/purchase_store.h"
#include "core/project/recovery.h"
#include "core/project/row_hasher.h"
#include "core/project/run_store.h"
#include "core/project/settings.h"
#include "core/project/truth_store.h"
#include "core/project/user_state_store.h"
#include "tests/support/project_fixture.h"

#include <QTest>

#include <functional>
#include <optional>

using namespace perennial;
using test::ProjectFixture;

namespace {

using Reader = std::function<std::optional<ErrorCode>(const Project &)>;

template <class Read>
Reader reader(Read read)
{
    return [read](const Project &project) -> std::optional<ErrorCode> {
        const auto result = read(project);
        return result ? std::nullopt : std::optional(result.error().code);
    };
}

void fill(ProjectFixture &fixture)
{
    fixture.add({{"u1", "i1", EventKind::Purchase, 86400, 2.5, "o1"},
                 {"u1", "i2", EventKind::Purchase, 90000, 4.0, "o1"},
                 {"u2", "i1", EventKind::View, 86400, 0.0, ""}});
}

} // namespace
Q_DECLARE_METATYPE(Reader)

/// A file that other hands have changed is a sound database with any values in it.
class TestStoredValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void valuesThatNobodyWrites_data();
    void valuesThatNobodyWrites();
    void countsThatNobodyWritesAreCountedAnew();
    void settingsThatNobodyWritesAreTheDefaults();
    void textsWithoutBytes();
    void noMoreIdsThanTablesHold();
    void noMoreIdsOfDescribedEntities();
    void eventsAfterTheLastId();
    void sumsThatOverflowAreDamage();
};

void TestStoredValues::valuesThatNobodyWrites_data()
{
    QTest::addColumn<QString>("sql");
    QTest::addColumn<Reader>("read");
    const auto row = [](const char *sql, Reader read) {
        QTest::newRow(sql) << QString(sql) << std::move(read);
    };
    const auto events = reader([](const Project &p) { return readEvents(p, {}, Task()); });
    const auto users = reader([](const Project &p) { return readUsers(p); });
    const auto items = reader([](const Project &p) { return readItems(p); });
    const auto page = reader([](const Project &p) { return readEventPage(p, 0, 10); });
    const auto history = reader([](const Project &p) { return readUserEvents(p, 1, 10); });
    const auto purchases = reader([](const Project &p) { return readUserPurchases(p, {}); });
    const auto days = reader([](const Project &p) { return readActiveDays(p, {}); });
    const auto attribute =
        reader([](const Project &p) { return readAttributesOf(p, Entity::User, 1); });
    const auto campaigns = reader([](const Project &p) { return readCampaigns(p); });
    const auto truth = reader([](const Project &p) { return readTruth(p); });
    const auto sources = reader([](const Project &p) { return readSources(p); });
    // Ids index tables; a large one asks for memory without end.
    row("UPDATE user SET id = 4611686018427387904 WHERE id = 2", events);
    row("UPDATE user SET id = 2147483647 WHERE id = 2", events);
    row("UPDATE user SET id = -5 WHERE id = 2", users);
    row("UPDATE item SET id = -5 WHERE id = 1", items);
    row("UPDATE event SET user_id = 4294967297 WHERE id = 1", events);
    row("UPDATE event SET item_id = -1 WHERE id = 1", events);
    row("UPDATE event SET order_id = 9223372036854775807 WHERE id = 1", events);
    row("UPDATE event SET user_id = -3 WHERE id = 1", purchases);
    row("UPDATE event SET user_id = 0 WHERE id = 1", days);
    row("UPDATE event SET kind = 11 WHERE id = 1", events);
    row("UPDATE event SET kind = 200 WHERE id = 1", page);
    row("UPDATE event SET kind = 0 WHERE id = 1", history);
    // Times past the calendar overflow where days are counted.
    row("UPDATE event SET at = 9223372036854775807 WHERE id = 1", page);
    row("UPDATE event SET at = -9223372036854775807 WHERE id = 1", events);
    row("UPDATE event SET at = 300000000000000 WHERE id = 1", purchases);
    row("UPDATE user SET signup_day = 2147483647 WHERE id = 1", users);
    row("UPDATE event SET amount = 9223372036854775807 WHERE id = 1", events);
    row("UPDATE event SET amount = 9223372036854775807 WHERE kind = 4", purchases);
    row("UPDATE source SET rows_stored = -1", sources);
    row("UPDATE source SET committed_bytes = 9223372036854775807", sources);
    row("INSERT INTO attribute VALUES (1, 1, 'born', 3, 0);"
        "INSERT INTO user_attribute VALUES (1, 1, 1, 9223372036854775807)",
        attribute);
    row("INSERT INTO attribute VALUES (1, 1, 'born', 4, 0);"
        "INSERT INTO user_attribute VALUES (1, 1, 1, 1)",
        attribute);
    row("INSERT INTO campaign VALUES (1, 'c', '', 9223372036854775807, NULL)", campaigns);
    row("INSERT INTO truth_user VALUES (1, 1, 1, 1, 9223372036854775807, 1, 1, 1, 1, 1, 1, 1)",
        truth);
    row("INSERT INTO model_run VALUES (1, 'm', 1, 0, 0, NULL, 4294967296, '', 0, '{}', '{}', '', "
        "0, 0, '', '')",
        reader([](const Project &p) { return readRuns(p); }));
    row("INSERT INTO model_run VALUES (1, 'm', 7, 0, 0, NULL, 0, '', 0, '{}', '{}', '', 0, 0, '', '')",
        reader([](const Project &p) { return readRuns(p); }));
    row("INSERT INTO user_state VALUES (1, 0, 1, 1, 2147483647, 1, 1, 1, 1, 1, 1, 1, 1, 1);"
        "INSERT INTO user_state_label VALUES (1, 1, 1, 1, 0, '', '', '', 0, 0, 90, '', 0)",
        reader([](const Project &p) { return readUserStates(p); }));
}

void TestStoredValues::valuesThatNobodyWrites()
{
    QFETCH(QString, sql);
    QFETCH(Reader, read);
    ProjectFixture fixture;
    fill(fixture);
    fixture.project().database().execute(sql.toStdString());
    QCOMPARE(read(fixture.project()), std::optional(ErrorCode::Damaged));
}

void TestStoredValues::countsThatNobodyWritesAreCountedAnew()
{
    ProjectFixture fixture;
    fill(fixture);
    const auto counts = readCounts(fixture.project());
    for (const char *change :
         {"json_set(value, '$.users', 1e300)", "json_set(value, '$.last_day', 1e300)",
          "json_set(value, '$.first_day', 2147483648)", "json_set(value, '$.gross', 'x')",
          "json_remove(value, '$.orders')", "'[1, 2]'", "'{'"}) {
        fixture.project().database().execute(std::string("UPDATE setting SET value = ") + change +
                                             " WHERE key = 'counts'");
        const auto again = readCounts(fixture.project());
        QVERIFY2(again && again->users == 2 && again->lastDay == counts->lastDay &&
                     again->gross == counts->gross && again->orders == counts->orders,
                 change);
    }
}

void TestStoredValues::settingsThatNobodyWritesAreTheDefaults()
{
    ProjectFixture fixture;
    for (const char *value :
         {R"({"horizon_days": 1e300})", R"({"horizon_days": 99999999999})",
          R"({"stages": {"dormant_after_days": -1e300, "loyal_orders": 18446744073709551615}})",
          R"({"stages": {"churned_after_days": 9223372036854775807}})"}) {
        fixture.project().database().execute(
            std::string("INSERT OR REPLACE INTO setting VALUES ('project', '") + value + "')");
        const auto settings = readSettings(fixture.project());
        QVERIFY2(settings && *settings == ProjectSettings{}, value);
    }
}

// Found by fuzzing: a value that is NULL where a text belongs comes without an address.
void TestStoredValues::textsWithoutBytes()
{
    RowHasher none, empty, other;
    none.text(std::string_view());
    empty.text("");
    other.null();
    const std::string hash = none.hex();
    QCOMPARE(hash, empty.hex());
    QVERIFY(hash != other.hex());
}

void TestStoredValues::noMoreIdsThanTablesHold()
{
    ProjectFixture fixture;
    fill(fixture);
    fixture.project().database().execute("UPDATE user SET id = 100000000 WHERE id = 2");
    auto writer = EventWriter::open(fixture.project(), 1);
    QVERIFY(writer.ok() && writer->begin().ok());
    QCOMPARE(*writer->code(Dictionary::User, "u2"), std::int64_t{100'000'000});
    QCOMPARE(writer->code(Dictionary::User, "u3").error().code, ErrorCode::OutOfMemory);
    QVERIFY(writer->rollback().ok());
    fixture.project().database().execute("UPDATE user SET id = 9223372036854775807 WHERE id > 2");
    QCOMPARE(EventWriter::open(fixture.project(), 1).error().code, ErrorCode::Damaged);
}

void TestStoredValues::noMoreIdsOfDescribedEntities()
{
    ProjectFixture fixture;
    fill(fixture);
    Database &database = fixture.project().database();
    database.execute("UPDATE user SET id = 100000000 WHERE id = 2");
    auto writer = EntityWriter::open(fixture.project(), SourceRecord());
    QVERIFY(writer.ok());
    QCOMPARE(*writer->code(Entity::User, "u2"), std::int64_t{100'000'000});
    QCOMPARE(writer->code(Entity::User, "u3").error().code, ErrorCode::OutOfMemory);
    database.execute("UPDATE user SET id = -3 WHERE key = 'u1'");
    QCOMPARE(writer->code(Entity::User, "u1").error().code, ErrorCode::Damaged);
    database.execute("INSERT INTO attribute VALUES (1, 1, 'age', 77, 0)");
    QCOMPARE(writer->attribute(Entity::User, "age", AttributeType::Text, false).error().code,
             ErrorCode::Damaged);
}

// The next id would be none.
void TestStoredValues::eventsAfterTheLastId()
{
    ProjectFixture fixture;
    fill(fixture);
    fixture.project().database().execute("UPDATE event SET id = 9223372036854775807 WHERE id = 3");
    auto writer = EventWriter::open(fixture.project(), 1);
    QVERIFY(writer.ok());
    QCOMPARE(writer->begin().error().code, ErrorCode::Damaged);
}

void TestStoredValues::sumsThatOverflowAreDamage()
{
    ProjectFixture fixture;
    fill(fixture);
    fixture.project().database().execute(
        "UPDATE event SET amount = 9000000000000000000; DELETE FROM setting;"
        "UPDATE source SET amount_stored = 9223372036854775807, amount_duplicate = "
        "9223372036854775807");
    QCOMPARE(readCounts(fixture.project()).error().code, ErrorCode::Damaged);
    QCOMPARE(verifyProject(fixture.project(), Task()).error().code, ErrorCode::Damaged);
    QVERIFY(!readSources(fixture.project())->front().totals.balanced());
}

QTEST_APPLESS_MAIN(TestStoredValues)
#include "tst_stored_values.moc"
