#include "core/base/rng.h"
#include "core/project/entity_writer.h"
#include "core/project/salvage.h"
#include "tests/support/checked.h"
#include "tests/support/damaged_file.h"
#include "tests/support/whole_project.h"

#include <sqlite3.h>

#include <QTest>

using namespace perennial;
using test::checked;
using test::DamagedFile;

namespace {

using Rows = std::vector<std::vector<std::string>>;

/// A database that takes any value in any column, as damage would leave it.
class LooseDatabase {
public:
    explicit LooseDatabase(const std::filesystem::path &path) : m_path(path)
    {
        open();
        m_schema = run("SELECT name, sql FROM sqlite_schema WHERE type = 'table'");
        run("PRAGMA journal_mode = DELETE");
        run("PRAGMA writable_schema = ON");
        run("UPDATE sqlite_schema SET sql = replace(replace(replace(sql, 'STRICT, ', ''), "
            "'STRICT', ''), ' ANY ', ' BLOB ') WHERE type = 'table'");
        close();
        open();
    }
    ~LooseDatabase()
    {
        run("PRAGMA writable_schema = ON");
        for (const auto &row : m_schema) {
            run("UPDATE sqlite_schema SET sql = '" + quoted(row[1]) + "' WHERE name = '" + row[0] +
                "'");
        }
        close();
    }

    Rows run(const std::string &sql)
    {
        Rows rows;
        const auto add = [](void *to, int count, char **values, char **) {
            auto &row = static_cast<Rows *>(to)->emplace_back();
            for (int k = 0; k < count; ++k) {
                row.emplace_back(values[k] != nullptr ? values[k] : "");
            }
            return 0;
        };
        char *message = nullptr;
        m_ok = sqlite3_exec(m_database, sql.c_str(), add, &rows, &message) == SQLITE_OK;
        sqlite3_free(message);
        return rows;
    }
    bool ok() const { return m_ok; } ///< the last one ran

private:
    void open() { sqlite3_open(m_path.c_str(), &m_database); }
    void close() { sqlite3_close(m_database); }
    static std::string quoted(std::string text)
    {
        for (auto at = text.find('\''); at != std::string::npos; at = text.find('\'', at + 2)) {
            text.insert(at, "'");
        }
        return text;
    }

    std::filesystem::path m_path;
    sqlite3 *m_database = nullptr;
    Rows m_schema;
    bool m_ok = true;
};

SourceRecord source(const char *name, Contents contents)
{
    SourceRecord record;
    record.name = record.hash = name;
    record.contents = contents;
    return record;
}

/// One row of each: what a source of descriptions counts.
void finish(Project &project, EntityWriter &writer, std::int64_t rows)
{
    ImportChunk chunk;
    chunk.totals.read.rows = chunk.totals.stored.rows = rows;
    chunk.committedLines = rows;
    checked(logChunk(project, writer.source(), chunk));
    checked(finishSource(project, writer.source()));
    checked(writer.commit());
}

void addUsers(Project &project)
{
    auto writer = checked(EntityWriter::open(project, source("users.csv", Contents::Users)));
    const auto signup =
        checked(writer.attribute(Entity::User, "signup", AttributeType::Date, false));
    const auto age = checked(writer.attribute(Entity::User, "age", AttributeType::Number, true));
    const auto plan = checked(writer.attribute(Entity::User, "plan", AttributeType::Text, false));
    for (int k = 0; k < 50; ++k) {
        const auto user = checked(writer.code(Entity::User, "customer-" + std::to_string(k)));
        checked(writer.describe(Entity::User, user));
        checked(writer.set(Entity::User, user, signup, Day{17'000 + k}));
        checked(writer.set(Entity::User, user, age, 20.5 + k));
        checked(writer.set(Entity::User, user, plan, std::string(k % 2 == 0 ? "gold" : "basic")));
    }
    finish(project, writer, 50);
}

void addCampaigns(Project &project)
{
    auto writer =
        checked(EntityWriter::open(project, source("campaigns.csv", Contents::Campaigns)));
    const auto campaign = checked(writer.code(Entity::Campaign, "spring"));
    checked(writer.describe(Entity::Campaign, campaign));
    checked(writer.setCampaign(campaign, "mail", Day{18'300}, Day{18'330}));
    finish(project, writer, 1);
    auto shown = checked(EntityWriter::open(project, source("shown.csv", Contents::Exposures)));
    for (std::int64_t user = 1; user <= 20; ++user) {
        checked(shown.addExposure(campaign, user, 1'580'000'000));
    }
    finish(project, shown, 20);
    auto coupons = checked(EntityWriter::open(project, source("coupons.csv", Contents::Coupons)));
    const auto coupon = checked(coupons.couponCode("ten"));
    for (std::int64_t item = 1; item <= 5; ++item) {
        checked(coupons.addCouponItem(coupon, campaign, item));
    }
    finish(project, coupons, 5);
}

void addPredictions(Project &project)
{
    UserStateLabel label;
    label.snapshot = 18'400;
    label.horizonDays = 180;
    label.currency = "USD";
    label.detail = "{}";
    std::vector<UserState> states(100);
    for (std::size_t k = 0; k < states.size(); ++k) {
        states[k].user = static_cast<std::int64_t>(k) + 1;
        states[k].stage = Stage::Converted;
        states[k].firstDay = states[k].lastDay = 18'300;
    }
    checked(writeUserStates(project, label, states));
    TruthUser truth;
    truth.user = 1;
    checked(writeTruth(project, {truth}, {{1, 1, 1, 0.5}}));
}

/// Everything that DamagedFile has, and a few rows of every other kind.
std::string richBytes(const DamagedFile &file)
{
    {
        auto project = checked(Project::open(file.path(), Project::Access::ReadWrite));
        addUsers(project);
        addCampaigns(project);
        addPredictions(project);
        AmountQuantileRule small;
        small.lower = 0.05;
        small.upper = 1.0;
        small.action = CleaningAction::SetAside;
        checked(addCleaningRule(project, small, "", Task()));
        AmountQuantileRule cap;
        cap.upper = 0.95;
        cap.action = CleaningAction::Cap;
        checked(addCleaningRule(project, cap, "too much", Task()));
        checked(ignoreFinding(project, "gaps", "known"));
        ProjectSettings settings;
        settings.horizonDays = 90;
        checked(writeSettings(project, settings));
    }
    {
        Database database(file.path(), Database::Mode::ReadWrite);
        database.execute("PRAGMA journal_mode = DELETE");
    }
    return test::readBytes(file.path());
}

} // namespace

/// Values that no version of the program writes, in rows that can be read: salvage says what is
/// lost, and whatever it makes can be read as a whole.
class TestSalvagedValues : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void nothingOddNothingLost();
    void oneOddValue_data();
    void oneOddValue();
    void sourcesKeepWhatIsNotOdd();
    void runsKeepWhatIsNotOdd();
    void attributesAreToldByTheirValues();
    void keysOfBrokenRowsComeFromTheirIndex();
    void whatOnlyDescriptionsTellOfGetsAPlaceholder();
    void oneUnfittingRowDoesNotLoseATable();
    void anyOddValues();

private:
    std::filesystem::path out() const { return m_file.folder() / "out.perennial"; }
    SalvageReport salvaged();
    std::string failures() const;
    SalvageReport afterChange(const std::string &sql);

    DamagedFile m_file;
    std::string m_bytes;
};

namespace {

const SalvagedTable &tableOf(const SalvageReport &report, std::string_view name)
{
    return *std::ranges::find(report.tables, name, &SalvagedTable::name);
}

} // namespace

void TestSalvagedValues::initTestCase()
{
    m_bytes = richBytes(m_file);
}

SalvageReport TestSalvagedValues::salvaged()
{
    for (const char *suffix : {"", "-wal", "-shm", ".lock"}) {
        std::filesystem::remove(out().string() + suffix);
    }
    std::filesystem::remove(m_file.path().string() + ".lock");
    return checked(salvageProject(m_file.path(), out(), Task()));
}

/// What of the new project does not read.
std::string TestSalvagedValues::failures() const
{
    const auto project = checked(Project::open(out(), Project::Access::ReadOnly));
    return test::ProjectReading(project).failures();
}

SalvageReport TestSalvagedValues::afterChange(const std::string &sql)
{
    m_file.put(m_bytes);
    {
        LooseDatabase database(m_file.path());
        database.run(sql);
        if (!database.ok()) {
            qFatal("%s", sql.c_str());
        }
    }
    return salvaged();
}

void TestSalvagedValues::nothingOddNothingLost()
{
    m_file.put(m_bytes);
    const SalvageReport report = salvaged();
    QVERIFY(report.sound && report.complete());
    QCOMPARE(failures(), std::string());
    QVERIFY(afterChange("SELECT 1").complete()); // the loose schema itself changes nothing
}

void TestSalvagedValues::oneOddValue_data()
{
    QTest::addColumn<QString>("sql");
    for (const char *sql :
         {"UPDATE event SET kind = 11 WHERE id = 150",
          "UPDATE event SET at = 9223372036854775807 WHERE id = 150",
          "UPDATE event SET amount = 9223372036854775807 WHERE id = 150",
          "UPDATE event SET amount = 'ten' WHERE id = 150",
          "UPDATE event SET user_id = 2000000000 WHERE id = 150",
          "UPDATE event SET place_id = -1 WHERE id = 150",
          "UPDATE event SET source_id = 4611686018427387904 WHERE id = 150",
          "UPDATE event SET source_id = 3 WHERE id = 150",
          "UPDATE exposure SET source_id = 1 WHERE user_id = 4",
          "UPDATE description SET source_id = 2 WHERE entity_id = 4",
          "UPDATE set_aside_event SET rules = -1 WHERE id IN (SELECT min(id) FROM set_aside_event)",
          "UPDATE set_aside_event SET rules = 4 WHERE rules = 2",
          "UPDATE user SET id = 2000000000 WHERE id = 3",
          "UPDATE user SET signup_day = 2147483648 WHERE id = 3",
          "UPDATE user SET region = x'FFFE' WHERE id = 3",
          "UPDATE item SET id = -5 WHERE id = 3",
          "UPDATE item SET price = 'dear' WHERE id = 3",
          "UPDATE order_key SET id = 1000000000000 WHERE id = 3",
          "UPDATE source SET contents = 9 WHERE id = 1",
          "UPDATE source SET contents = 3 WHERE id = 1",
          "UPDATE source SET contents = 'x' WHERE id = 3",
          "UPDATE source SET rows_stored = -1 WHERE id = 1",
          "UPDATE source SET rows_read = 9223372036854775807 WHERE id = 2",
          "UPDATE source SET amount_duplicate = 9223372036854775807 WHERE id = 2",
          "UPDATE source SET started_at = 'yesterday' WHERE id = 2",
          "UPDATE source SET mapping = x'FF00' WHERE id = 2",
          "UPDATE source SET id = 9223372036854775807 WHERE id = 2",
          "UPDATE model_run SET state = 7",
          "UPDATE model_run SET state = 'done'",
          "UPDATE model_run SET until_day = 9223372036854775807",
          "UPDATE model_run SET horizon_days = 9223372036854775807",
          "UPDATE model_run SET id = -4",
          "UPDATE run_epoch SET epoch = 9223372036854775807 WHERE epoch = 1",
          "UPDATE run_weight SET shape = '{}'",
          "UPDATE user_state SET stage = 7 WHERE user_id = 4",
          "UPDATE user_state SET last_day = 2147483647 WHERE user_id = 4",
          "UPDATE user_state_label SET snapshot = 9223372036854775807",
          "UPDATE truth_user SET dropout_day = 9223372036854775807",
          "UPDATE setting SET value = '{\"currency' WHERE key = 'project'",
          "UPDATE setting SET value = '{\"currency\": 4}' WHERE key = 'project'",
          "UPDATE cleaning_rule SET definition = '{' WHERE id = 1",
          "UPDATE cleaning_rule SET definition = 4 WHERE id = 2",
          "UPDATE cleaning_rule SET active = 7 WHERE id = 1",
          "UPDATE attribute SET type = 9 WHERE name = 'age'",
          "UPDATE attribute SET type = 'text' WHERE name = 'signup'",
          "UPDATE attribute SET entity = 12 WHERE name = 'plan'",
          "UPDATE attribute SET id = 0 WHERE name = 'plan'",
          "UPDATE user_attribute SET value = 9223372036854775807 WHERE user_id = 1",
          "UPDATE user_attribute SET value = x'FF' WHERE user_id = 1",
          "UPDATE campaign SET first_day = 9223372036854775807",
          "UPDATE exposure SET at = 9223372036854775807 WHERE user_id = 2",
          "UPDATE description SET entity = 200 WHERE entity_id = 5",
          "UPDATE import_chunk SET last_rejected = -1 WHERE source_id = 1 AND number = 2",
          "UPDATE import_chunk SET committed_lines = 'x' WHERE source_id = 1 AND number = 2",
          "UPDATE chunk_entry SET last_id = 9223372036854775807 WHERE dictionary = 'user'",
          "UPDATE chunk_entry SET dictionary = 'nothing' WHERE dictionary = 'item'",
          "UPDATE rejected_row SET number = -9223372036854775807 WHERE number = 3",
          "UPDATE audit SET id = -3 WHERE id = 2",
          "UPDATE audit SET at = 'now' WHERE id = 2"}) {
        QTest::newRow(sql) << sql;
    }
}

void TestSalvagedValues::oneOddValue()
{
    QFETCH(QString, sql);
    const SalvageReport report = afterChange(sql.toStdString());
    QVERIFY(!report.complete());
    QCOMPARE(failures(), std::string());
    QVERIFY(report.sound);
}

void TestSalvagedValues::sourcesKeepWhatIsNotOdd()
{
    const SalvageReport report =
        afterChange("UPDATE source SET contents = 77, state = 5, finished_at = 'x' WHERE id = 3");
    QCOMPARE(tableOf(report, "source").mended, 3);
    QVERIFY(report.placeholders.find("source") == report.placeholders.end());
    const auto project = checked(Project::open(out(), Project::Access::ReadOnly));
    const auto sources = checked(readSources(project));
    QCOMPARE(sources.size(), std::size_t{6});
    QCOMPARE(sources[2].name, std::string("users.csv"));
    QVERIFY(sources[2].contents == Contents::Users); // its rows tell
    QVERIFY(sources[2].state == SourceState::Done);
    QCOMPARE(sources[2].totals.stored.rows, 50);
}

void TestSalvagedValues::runsKeepWhatIsNotOdd()
{
    afterChange("UPDATE model_run SET horizon_days = 'x', until_day = -9223372036854775807");
    const auto project = checked(Project::open(out(), Project::Access::ReadOnly));
    const auto runs = checked(readRuns(project));
    QCOMPARE(runs.size(), std::size_t{1});
    QVERIFY(runs[0].state == RunState::Done && !runs[0].until && runs[0].horizonDays == 0);
    QCOMPARE(checked(readWeights(project, runs[0].id)).size(), std::size_t{1});
}

void TestSalvagedValues::attributesAreToldByTheirValues()
{
    for (const char *sql :
         {"UPDATE attribute SET type = 0, entity = 100", "DELETE FROM attribute"}) {
        const SalvageReport report = afterChange(sql);
        QCOMPARE(failures(), std::string());
        const auto project = checked(Project::open(out(), Project::Access::ReadOnly));
        const auto attributes = checked(readAttributes(project, Entity::User));
        QCOMPARE(attributes.size(), std::size_t{3});
        const AttributeType types[] = {AttributeType::Date, AttributeType::Number,
                                       AttributeType::Text};
        for (std::size_t k = 0; k < 3; ++k) {
            QVERIFY(attributes[k].type == types[k]);
            QCOMPARE(checked(readAttributeColumn(project, attributes[k])).ids.size(),
                     std::size_t{50});
        }
        QVERIFY(!report.dropped.contains("user_attribute"));
    }
}

// A row of which a value is broken loses no key that the index over keys still has.
void TestSalvagedValues::keysOfBrokenRowsComeFromTheirIndex()
{
    const SalvageReport report = afterChange("UPDATE user SET channel = 7 WHERE id = 3; "
                                             "UPDATE user SET signup_day = 'x' WHERE id = 4");
    QCOMPARE(tableOf(report, "user").kept, 611);
    QVERIFY(!report.placeholders.contains("user"));
    const auto project = checked(Project::open(out(), Project::Access::ReadOnly));
    QVERIFY(!readUsers(project)->at(2).key.starts_with("lost"));
}

void TestSalvagedValues::whatOnlyDescriptionsTellOfGetsAPlaceholder()
{
    // A user without events, whose key is lost, keeps what was said of him.
    const SalvageReport report = afterChange(
        "DELETE FROM event WHERE user_id = 5; DELETE FROM set_aside_event WHERE user_id = 5;"
        "DELETE FROM user WHERE id = 5");
    QCOMPARE(report.placeholders.at("user"), 1);
    QVERIFY(!report.dropped.contains("user_attribute"));
    QVERIFY(!report.dropped.contains("description"));
    QCOMPARE(failures(), std::string());
}

// Without the list of tables a tree is told by its rows: one that does not fit is one row lost.
void TestSalvagedValues::oneUnfittingRowDoesNotLoseATable()
{
    m_file.put(m_bytes);
    {
        LooseDatabase database(m_file.path());
        database.run("UPDATE user SET key = x'FF00' WHERE id = 3");
        database.run("UPDATE event SET kind = 99 WHERE id = 150");
    }
    std::string bytes = test::readBytes(m_file.path());
    bytes.replace(0, 4096, std::string(4096, '\0'));
    m_file.put(bytes);
    const SalvageReport report = salvaged();
    QVERIFY(report.sound);
    QCOMPARE(tableOf(report, "event").unusable, 1);
    QVERIFY(tableOf(report, "event").kept > 3700); // the rest is set aside
    QVERIFY(tableOf(report, "user").unusable >= 1);
    QVERIFY(tableOf(report, "user").kept >= 610);
    QCOMPARE(failures(), std::string());
}

void TestSalvagedValues::anyOddValues()
{
    const int more = std::max(qEnvironmentVariableIntValue("PERENNIAL_DAMAGES"), 1);
    Rng rng(17 + static_cast<std::uint64_t>(more));
    const std::vector<std::string> values{"-1",
                                          "0",
                                          "1",
                                          "3",
                                          "11",
                                          "255",
                                          "2147483647",
                                          "4294967296",
                                          "9223372036854775807",
                                          "-9223372036854775807",
                                          "1e300",
                                          "-2.5",
                                          "'text'",
                                          "''",
                                          "'{}'",
                                          "x'FF00FE'",
                                          "NULL"};
    for (int k = 0; k < 40 * more; ++k) {
        m_file.put(m_bytes);
        std::string said;
        {
            LooseDatabase database(m_file.path());
            const Rows columns = database.run(
                "SELECT m.name, p.name FROM sqlite_schema m JOIN pragma_table_info(m.name) p "
                "WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'");
            for (std::uint32_t change = 1 + rng.below(4); change > 0; --change) {
                const auto &column = columns[rng.below(static_cast<std::uint32_t>(columns.size()))];
                const std::string where = rng.below(8) == 0
                                              ? ""
                                              : " WHERE " + column[1] + " IN (SELECT " + column[1] +
                                                    " FROM " + column[0] + " LIMIT 1 OFFSET " +
                                                    std::to_string(rng.below(5)) + ")";
                const std::string sql =
                    "UPDATE OR IGNORE " + column[0] + " SET " + column[1] + " = " +
                    values[rng.below(static_cast<std::uint32_t>(values.size()))] + where;
                database.run(sql);
                said += sql + "; ";
            }
        }
        const SalvageReport report = salvaged();
        QVERIFY2(report.sound && failures().empty(), (said + failures()).c_str());
    }
}

QTEST_APPLESS_MAIN(TestSalvagedValues)
#include "tst_salvaged_values.moc"
